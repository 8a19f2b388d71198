"""A room holds one session at a time, and no more people than it has seats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduling.rules.base import Case, Person, Violation
from scheduling.rules.coupling import Coupling, Stretch, hold
from wfm.model import Room, Workforce

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from scheduling.problem import Block

Session = tuple[int, int, str, str]
"""Start, end, activity and first attendee."""


class Rooms(Coupling):
    """Seats are no matter of time: the scenario is at fault where a group is larger than its room."""

    name = "rooms"

    def check(self, case: Case) -> Iterator[Violation]:
        for room in case.workforce.rooms:
            held = sorted(self._sessions(case, room))
            for start, _, activity, first in held:
                there = [s for s in held if s[0] <= start < s[1]]
                if len(there) > room.count:
                    day = case.axis.day_index(case.axis.local(start).date())
                    others = ", ".join(sorted({s[2] for s in there} - {activity})) or "another group"
                    text = f"{activity} at {case.clock(start)} finds no free {room.name} beside {others}"
                    yield case.violation(self.name, first, day, text)
        yield from self._crowded(case)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        used = {activity.room for activity in person.workforce.activities}
        told = [f"{room.name} has {_many(room.count, 'session')} at a time" for room in person.workforce.rooms if room.name in used]
        return " and ".join(told) or "rooms"

    def ties(self, workforce: Workforce, blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
        for room in workforce.rooms:
            inside = tuple(block for block in blocks if block.activity.room == room.name)
            if len(inside) > room.count:
                yield inside

    def allows(self, workforce: Workforce, block: Block, start: int, placed: Mapping[Block, int]) -> bool:
        room, end = _room_of(workforce, block), start + block.activity.minutes
        if room is None:
            return True
        near = [(s, s + b.activity.minutes) for b, s in placed.items() if b.activity.room == room.name]
        meets = [(s, e) for s, e in near if s < end and start < e]
        return all(sum(s <= moment < e for s, e in meets) < room.count for moment in {start, *(s for s, _ in meets if s > start)})

    def stretches(self, workforce: Workforce, placed: Mapping[Block, int]) -> Iterator[tuple[Block, Stretch]]:
        for room in workforce.rooms:
            for lane in _lanes(room, {b: s for b, s in placed.items() if b.activity.room == room.name}):
                edges = [(a_end + start) // 2 for (_, a_end, _), (start, _, _) in pairwise(lane)]
                yield from ((b, span) for (_, _, b), span in zip(lane, pairwise([-(10**9), *edges, 10**9]), strict=True))

    def require(
        self,
        model: cp_model.CpModel,
        workforce: Workforce,
        begins: Mapping[Block, Mapping[int, cp_model.IntVar]],
        held: cp_model.IntVar | None = None,
    ) -> None:
        for inside in self.ties(workforce, tuple(begins)):
            room = _room_of(workforce, inside[0])
            for moment in sorted({start for block in inside for start in begins[block]}):
                there = [v for b in inside for start, v in begins[b].items() if start <= moment < start + b.activity.minutes]
                if room is not None and len(there) > room.count:
                    hold(model.add(sum(there) <= room.count), held)

    def _sessions(self, case: Case, room: Room) -> Iterator[Session]:
        """Sessions in a room, each once: whoever of a group attends."""
        for activity in case.workforce.activities:
            for group in activity.groups() if activity.room == room.name else ():
                spans = {(part.start, part.end) for name in group for part in case.attended(activity, name)}
                yield from ((start, end, activity.name, group[0]) for start, end in spans)

    def _crowded(self, case: Case) -> Iterator[Violation]:
        seats = {room.name: room.seats for room in case.workforce.rooms}
        for activity in case.workforce.activities:
            most = seats.get(activity.room)
            for group in activity.groups() if most is not None else ():
                if most is not None and len(group) > most:
                    yield case.violation(
                        self.name, group[0], None, f"{activity.name}: {len(group)} people in {activity.room} of {most} seats"
                    )


def _many(number: int, what: str) -> str:
    return f"one {what}" if number == 1 else f"{number} {what}s"


def _room_of(workforce: Workforce, block: Block) -> Room | None:
    return next((room for room in workforce.rooms if room.name == block.activity.room), None)


def _lanes(room: Room, placed: Mapping[Block, int]) -> list[list[tuple[int, int, Block]]]:
    """Start, end and block of the sessions of each of the rooms; there are enough where the rooms are kept."""
    lanes: list[list[tuple[int, int, Block]]] = []
    for block, start in sorted(placed.items(), key=lambda pair: (pair[1], pair[0].activity.name, pair[0].number, pair[0].members)):
        free = next((lane for lane in lanes if lane[-1][1] <= start), None)
        if free is None:
            lanes.append(free := [])
        free.append((start, start + block.activity.minutes, block))
    return lanes

"""An activity that comes after others begins for each pupil when they have had every session of those."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from scheduling.rules.base import Case, Person, Violation
from scheduling.rules.coupling import Coupling, Stretch, hold
from wfm.model import Workforce

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from scheduling.problem import Block


class Order(Coupling):
    name = "order of activities"

    def check(self, case: Case) -> Iterator[Violation]:
        every = {activity.name: activity for activity in case.workforce.activities}
        for later in every.values():
            for first in (every[name] for name in later.after):
                trainers = {first.trainer, later.trainer}
                for agent in (name for name in later.attendees if name in first.attendees and name not in trainers):
                    ends = max((part.end for part in case.attended(first, agent)), default=0)
                    for part in case.attended(later, agent):
                        if part.start < ends:
                            day = case.axis.day_index(case.axis.local(part.start).date())
                            yield case.violation(
                                self.name, agent, day, f"{later.name} at {case.clock(part.start)}, before {first.name} is over"
                            )

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        mine = {activity.name: activity for activity in person.workforce.activities if person.name in activity.attendees}
        told = [f"{later.name} only after {name}" for later in mine.values() for name in later.after if name in mine]
        return " and ".join(told) or self.name

    def ties(self, workforce: Workforce, blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
        yield from self._pairs(workforce, blocks)

    def allows(self, workforce: Workforce, block: Block, start: int, placed: Mapping[Block, int]) -> bool:
        for other, at in placed.items():
            if _before(workforce, other, block) and start < at + other.activity.minutes:
                return False
            if _before(workforce, block, other) and at < start + block.activity.minutes:
                return False
        return True

    def stretches(self, workforce: Workforce, placed: Mapping[Block, int]) -> Iterator[tuple[Block, Stretch]]:
        for first, later in self._pairs(workforce, tuple(placed)):
            edge = (placed[first] + first.activity.minutes + placed[later]) // 2
            yield first, (-(10**9), edge)
            yield later, (edge, 10**9)

    def require(
        self,
        model: cp_model.CpModel,
        workforce: Workforce,
        begins: Mapping[Block, Mapping[int, cp_model.IntVar]],
        held: cp_model.IntVar | None = None,
    ) -> None:
        for first, later in self._pairs(workforce, tuple(begins)):
            for start, begun in begins[later].items():
                late = [v for at, v in begins[first].items() if at + first.activity.minutes > start]
                if late:
                    hold(model.add(begun + sum(late) <= 1), held)

    def _pairs(self, workforce: Workforce, blocks: tuple[Block, ...]) -> Iterator[tuple[Block, Block]]:
        """Blocks of which the first has to be over before the second begins."""
        by_name: dict[str, list[Block]] = {}
        for block in blocks:
            by_name.setdefault(block.activity.name, []).append(block)
        for later in blocks:
            near = (first for name in later.activity.after for first in by_name.get(name, ()))
            yield from ((first, later) for first in near if _before(workforce, first, later))


def _before(workforce: Workforce, first: Block, later: Block) -> bool:
    """Whether somebody attends both as a pupil and has to have had the first."""
    if first.activity.name not in later.activity.after:
        return False
    both = {workforce.agents[m].name for m in set(first.members) & set(later.members)}
    return bool(both - {first.activity.trainer, later.activity.trainer})

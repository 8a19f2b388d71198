"""A published roster read back into the terms of the engines: the option, the breaks and the sessions of everybody's days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from scheduling.catalogue import Catalogue
from scheduling.problem import Block, Problem
from scheduling.rules import COUPLINGS
from scheduling.sessions import session_at
from scheduling.tours import OFF
from scheduling.worker import Session
from wfm.errors import Fault
from wfm.model import Kind, Roster, Segment, Shift, ShiftTemplate, Workforce
from wfm.model.arrays import IntArray

Rests = dict[int, tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Kept:
    """What is published for one person. options (days,): `OFF` or an option. breaks: by day, in cells. sessions: those that may stay."""

    options: IntArray
    breaks: Rests
    sessions: tuple[Session, ...] = field(default=())

    def held(self, day: int) -> set[tuple[int, str]]:
        """Start and name of the sessions inside the shift of a day."""
        return {(s.start, s.activity) for s in self.sessions if s.host == day}


def named(roster: Roster, workforce: Workforce) -> Roster:
    """The roster with the name of its template on every shift that lacks one, as those read from a roster.csv do."""
    templates = {agent.name: workforce.templates(workforce.contract_of[agent.contract]) for agent in workforce.agents}
    return replace(roster, shifts=tuple(_named(roster, shift, templates.get(shift.agent, ())) for shift in roster.shifts))


def _named(roster: Roster, shift: Shift, templates: Iterable[ShiftTemplate]) -> Shift:
    if shift.template:
        return shift
    local = roster.axis.local(shift.start)
    wall, minutes = local.hour * 60 + local.minute, shift.end - shift.start
    for template in templates:
        if wall in template.starts() and minutes in template.lengths and _rests(shift) == [(r.name, r.minutes) for r in template.breaks]:
            return replace(shift, template=template.name)
    return shift


def _rests(shift: Shift) -> list[tuple[str, int]]:
    return [(part.name, part.minutes) for part in shift.segments if part.kind is Kind.BREAK]


def options_of(catalogue: Catalogue, shifts: Iterable[Shift]) -> IntArray:
    """The option of each day, `OFF` where there is no shift or none that the contract offers, shape (days,)."""
    options = np.full(catalogue.days, OFF, np.int64)
    for shift in shifts:
        fits = (catalogue.start[shift.day] == shift.start) & (catalogue.length == shift.end - shift.start)
        found = [o for o in np.flatnonzero(fits).tolist() if catalogue.family(o).template.name == shift.template]
        if found:
            options[shift.day] = found[0]
    return options


def breaks_of(catalogue: Catalogue, shifts: Iterable[Shift]) -> Rests:
    """Offsets of the breaks of each day's shift, in cells."""
    cell = catalogue.grid.minutes
    return {s.day: tuple((p.start - s.start) // cell for p in s.segments if p.kind is Kind.BREAK) for s in shifts}


def strangers(problem: Problem, roster: Roster, gone: set[tuple[str, int]]) -> list[Fault]:
    """Shifts that cannot be kept because the contract does not offer them, and agents that nobody knows."""
    catalogues, faults = {worker.name: worker.catalogue for worker in problem.workers}, []
    for shift in roster.shifts:
        place = f"{shift.agent}, {roster.axis.dates[shift.day]}"
        span = f"a shift {roster.axis.local(shift.start):%H:%M}–{roster.axis.local(shift.end):%H:%M}"
        if shift.agent not in catalogues:
            faults.append(Fault("roster", place, "an unknown agent", "an agent of the scenario"))
        elif (shift.agent, shift.day) not in gone and options_of(catalogues[shift.agent], [shift])[shift.day] == OFF:
            faults.append(Fault("roster", place, span, "a shift and breaks that the agent's contract offers"))
    return faults


def kept_of(problem: Problem, roster: Roster, gone: set[tuple[str, int]]) -> tuple[list[Kept], list[Block]]:
    """What is published for each worker, and the blocks whose time is lost: not there, somebody gone, or another in the way."""
    shifts = [[s for s in roster.of(worker.name) if (worker.name, s.day) not in gone] for worker in problem.workers]
    held: list[list[Session]] = [[] for _ in problem.workers]
    lost: list[Block] = []
    placed: dict[Block, int] = {}
    for block in problem.blocks:
        found = {member: _found(problem, block, shifts[member]) for member in block.members}
        starts = {place[0] if place else -1 for place in found.values()}
        beside = all(c.allows(problem.workforce, block, start, placed) for c in COUPLINGS for start in starts)
        if len(starts) > 1 or not starts.issubset(block.starts) or not beside:
            lost.append(block)
            continue
        placed[block] = min(starts)
        for member, place in found.items():
            if place is not None:
                held[member].append(session_at(block, *place))
    every = zip(problem.workers, shifts, held, strict=True)
    return [Kept(options_of(w.catalogue, own), breaks_of(w.catalogue, own), tuple(sorted(s))) for w, own, s in every], lost


def _found(problem: Problem, block: Block, shifts: list[Shift]) -> tuple[int, int] | None:
    """Start and host of the session of a block in one member's shifts: of those alike, the one of its number."""
    mine: list[tuple[Segment, int]] = sorted((p, s.day) for s in shifts for p in s.segments if p.name == block.activity.name)
    places = [(part.start, day) for part, day in mine if part.kind is Kind.ACTIVITY]
    if block.fixed:
        return next((place for place in places if place[0] in block.starts), None)
    return places[block.number] if block.number < len(places) else None

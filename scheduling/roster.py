"""From plans to a roster: shifts cut into work, breaks and activities."""

from __future__ import annotations

from collections.abc import Sequence

from scheduling.problem import Problem
from scheduling.worker import Plan, Worker
from wfm.model import Kind, Roster, Segment, Shift


def make_roster(problem: Problem, plans: Sequence[Plan]) -> Roster:
    """All shifts of everybody's plan."""
    shifts = [shift for worker, plan in zip(problem.workers, plans, strict=True) for shift in _shifts(worker, plan)]
    return Roster(problem.grid.axis, tuple(shifts))


def _shifts(worker: Worker, plan: Plan) -> list[Shift]:
    catalogue, shifts = worker.catalogue, []
    for day, offsets in sorted(plan.breaks.items()):
        option = int(plan.options[day])
        begin, template = int(catalogue.start[day, option]), catalogue.family(option).template
        parts = [Segment(s.start, s.end, Kind.ACTIVITY, s.activity, (), s.paid) for s in plan.sessions if s.host == day]
        for rest, offset in zip(template.breaks, offsets, strict=True):
            at = begin + offset * catalogue.grid.minutes
            parts.append(Segment(at, at + rest.minutes, Kind.BREAK, rest.name, (), rest.paid))
        end = begin + int(catalogue.length[option])
        shifts.append(Shift(worker.name, day, template.name, _filled(begin, end, sorted(parts), worker.person.agent.skills)))
    return shifts


def _filled(begin: int, end: int, parts: list[Segment], skills: tuple[str, ...]) -> tuple[Segment, ...]:
    """The parts with work between them."""
    filled, at = [], begin
    for part in [*parts, None]:
        until = part.start if part else end
        if until > at:
            filled.append(Segment(at, until, Kind.WORK, "work", skills))
        if part:
            filled.append(part)
            at = part.end
    return tuple(filled)

"""Why the hard rules cannot all hold: for every person concerned the smallest set of rules and sessions found that contradict each other.

A deletion filter: each rule and session is left out in turn, and stays out while the rest still contradicts itself. General rules are left
out first, so that what remains speaks of days off and fixed work where it can.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from scheduling.engines.whole import build, plans_of, possible_together, solver
from scheduling.problem import Block, Problem, narrower
from scheduling.rules import RULES, Person, Rule
from scheduling.rules.base import say, week_of
from scheduling.sessions import Timetable, alone, possible
from scheduling.worker import Worker
from wfm.model import Conflict, Progress

WORK = 20.0  # deterministic seconds of CP-SAT for one question
JOINT_LIMIT = 400  # agent-days up to which one model decides over people who share sessions
LAST = ("availability", "closed dates", "time off")  # left out last, so that they stay in the explanation


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """conflicts: why there is no roster. timetable: a possible one for all sessions, where one was found after all."""

    conflicts: tuple[Conflict, ...]
    timetable: Timetable | None = None


def diagnose(problem: Problem, progress: Progress) -> Diagnosis:
    """All contradictions of single people, else of groups; both empty where neither contradiction nor timetable was found."""
    conflicts: list[Conflict] = []
    for w, worker in enumerate(problem.workers):
        progress(f"looking for contradictions: {worker.name}", w / len(problem.workers))
        blocks = [block for block in problem.blocks if w in block.members]
        if not alone(problem, w, blocks) and not _holds(problem, w, RULES, blocks):
            conflicts.append(_explain(problem, w, blocks))
    if conflicts:
        return Diagnosis(tuple(sorted(conflicts)))
    conflicts = [_no_common_time(problem, block) for block in problem.blocks if len(block.members) > 1 and not _common(problem, block)]
    return Diagnosis(tuple(sorted(conflicts))) if conflicts else _jointly(problem)


def _holds(problem: Problem, w: int, rules: tuple[Rule, ...], blocks: list[Block]) -> bool:
    """Whether some of the rules and sessions of one person can hold together; what cannot be decided is taken as possible."""
    worker = problem.workers[w]
    freer = Worker(worker.person, worker.group, worker.catalogue, narrower(worker.person, worker.catalogue, rules), {})
    if not blocks:
        return freer.best(np.zeros(problem.grid.cells)) is not None
    workers = (*problem.workers[:w], freer, *problem.workers[w + 1 :])
    changed = Problem(problem.grid, problem.required, problem.workforce, problem.settings, workers, problem.groups, problem.blocks)
    return possible_together(build(changed, [w], blocks), WORK) is not False


def _explain(problem: Problem, w: int, blocks: list[Block]) -> Conflict:
    """The smallest contradiction found for one person, in words."""
    person = problem.workers[w].person
    kept = sorted((rule for rule in RULES if type(rule).narrow is not Rule.narrow), key=lambda rule: rule.name in LAST)
    for rule in list(kept):
        fewer = [r for r in kept if r is not rule]
        if not _holds(problem, w, tuple(fewer), blocks):
            kept = fewer
    for block in list(blocks):
        fewer_blocks = [b for b in blocks if b is not block]
        if not _holds(problem, w, tuple(kept), fewer_blocks):
            blocks = fewer_blocks
    days = _days(problem, blocks) if blocks else _week(problem, w, tuple(kept))
    facts = [_fact(block) for block in blocks] + ([] if blocks else [kept[0].words(person, days)])
    against = [rule.words(person, days) for rule in (kept if blocks else kept[1:])] or [_shifts(person)]
    day = min(days).isoformat() if days else ""
    where = f"Agent {person.name}" + (f", {_when(days)}" if days else "")
    outside = f" lies outside the plan ({_when(frozenset(problem.grid.axis.dates))})"
    clash = outside if any(not block.starts for block in blocks) else f" cannot hold together with {' and '.join(against)}"
    text = f"{where}: {' and '.join(facts)}{clash}"
    names = [block.activity.name for block in blocks] + [rule.name for rule in kept]
    return Conflict(person.name, day, tuple(dict.fromkeys(names)), text)


def _days(problem: Problem, blocks: list[Block]) -> frozenset[date]:
    """The dates on which the sessions may be."""
    return frozenset(problem.grid.axis.local(start).date() for block in blocks for start in block.starts)


def _week(problem: Problem, w: int, rules: tuple[Rule, ...]) -> frozenset[date]:
    """The first week whose lower limits alone contradict the other rules; empty where it is no matter of one week."""
    worker, axis = problem.workers[w], problem.grid.axis
    for week in range(problem.grid.weeks):
        freer = Worker(worker.person, worker.group, worker.catalogue, narrower(worker.person, worker.catalogue, rules), {})
        for counter in freer.tours().space.counters:
            counter.low[np.arange(len(counter.low)) != week] = 0
        if freer.best(np.zeros(problem.grid.cells)) is None:
            return frozenset(day for d, day in enumerate(axis.dates) if week_of(axis, d) == week)
    return frozenset()


def _when(days: frozenset[date]) -> str:
    first, last = min(days), max(days)
    return say(first) if first == last else f"{say(first)} to {say(last)}"


def _fact(block: Block) -> str:
    """A session in words."""
    activity = block.activity
    kind = f"{activity.kind} {activity.name}" if str(activity.kind) != activity.name.lower() else activity.name
    if activity.at:
        day, wall = activity.at[block.number]
        return f"the fixed {kind} on {say(day)} at {wall // 60:02d}:{wall % 60:02d}"
    if activity.earliest == activity.latest:
        return f"the {kind} on {say(activity.earliest)}"
    return f"the {kind} between {say(activity.earliest)} and {say(activity.latest)}"


def _shifts(person: Person) -> str:
    return f"the shifts of contract {person.contract.name} ({', '.join(person.contract.shifts) or 'none'})"


def _common(problem: Problem, block: Block) -> bool:
    """Whether every member could attend at some common time if they had no other sessions."""
    starts = set(block.starts)
    for member in block.members:
        starts &= possible(problem.workers[member], block, ()).keys()
    return bool(starts)


def _no_common_time(problem: Problem, block: Block) -> Conflict:
    names = ", ".join(problem.workers[m].name for m in block.members)
    text = f"{_fact(block)} has no time at which the whole group can be there: {names}"
    day = min(_days(problem, [block]), default=problem.grid.axis.start).isoformat()
    return Conflict("", day, (block.activity.name, "groups together"), text[0].upper() + text[1:])


def _jointly(problem: Problem) -> Diagnosis:
    """People linked by sessions decided together, one model for each such circle; gives up beyond its reach."""
    timetable: Timetable = dict.fromkeys(range(len(problem.workers)), ())
    conflicts = []
    for circle in _circles(problem):
        if len(circle) * problem.grid.axis.days > JOINT_LIMIT:
            return Diagnosis(())
        whole, engine = build(problem, circle), solver(WORK)
        held = possible_together(whole, WORK)
        if held is None:
            return Diagnosis(())
        if not held:
            conflicts.append(_crowded(problem, circle))
            continue
        engine.solve(whole.model)
        timetable.update({w: plan.sessions for w, plan in plans_of(whole, engine).items()})
    return Diagnosis(tuple(sorted(conflicts)), None if conflicts else timetable)


def _crowded(problem: Problem, circle: list[int]) -> Conflict:
    """Sessions that cannot all take place although each could: the smallest set found."""
    blocks = [block for block in problem.blocks if set(block.members) & set(circle)]
    for block in list(blocks):
        fewer = [b for b in blocks if b is not block]
        if possible_together(build(problem, circle, fewer), WORK) is False:
            blocks = fewer
    facts = " and ".join(dict.fromkeys(_fact(block) for block in blocks))
    names = ", ".join(problem.workers[w].name for w in circle if any(w in block.members for block in blocks))
    day = min(_days(problem, blocks)).isoformat()
    rules = tuple(dict.fromkeys([block.activity.name for block in blocks] + ["groups together"]))
    return Conflict("", day, rules, f"{facts[0].upper()}{facts[1:]} cannot all take place: no times suit {names} together")


def _circles(problem: Problem) -> list[list[int]]:
    """Workers linked by shared sessions, those without any left out."""
    circle_of = {w: {w} for block in problem.blocks for w in block.members}
    for block in problem.blocks:
        merged = set().union(*(circle_of[w] for w in block.members))
        for w in merged:
            circle_of[w] = merged
    return [list(circle) for circle in sorted({tuple(sorted(circle)) for circle in circle_of.values()})]

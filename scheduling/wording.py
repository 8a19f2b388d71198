"""Contradictions in the planner's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from scheduling.engines.assumed import Fact
from scheduling.problem import Block, Problem, narrower
from scheduling.rules import Person, Rule
from scheduling.rules.base import say, week_of
from scheduling.space import Space
from scheduling.worker import Worker
from wfm.model import Conflict
from wfm.model.arrays import IntArray


def conflict_of_person(problem: Problem, w: int, blocks: list[Block], rules: list[Rule]) -> Conflict:
    """Sessions of one person that contradict each other or some rules."""
    person, days = problem.workers[w].person, _days(problem, blocks)
    where = f"Agent {person.name}" + (f", {_when(days)}" if days else "")
    against = [_said(rule, person, _span(days)) for rule in rules] or [_shifts(person)]
    clash = f" cannot hold together with {' and '.join(against)}"
    if any(not block.starts for block in blocks):
        clash = _no_start(problem, blocks)
    text = f"{where}: {_facts(blocks)}{clash}"
    return Conflict(person.name, _first(days), _names(blocks, rules), text)


def _no_start(problem: Problem, blocks: list[Block]) -> str:
    """Why a session has no start at all: its dates, or in a repair what stands fast."""
    first, last = problem.grid.axis.dates[0], problem.grid.axis.dates[-1]
    if all(block.starts or (block.activity.earliest <= last and first <= block.activity.latest) for block in blocks):
        return " has no time left beside what stands fast"
    return f" lies outside the plan ({_when(frozenset(problem.grid.axis.dates))})"


def conflict_of_rules(problem: Problem, w: int, rules: list[Rule]) -> Conflict:
    """Rules of one person that contradict each other before any session is asked for."""
    person, days = problem.workers[w].person, _week(problem, w, tuple(rules))
    where = f"Agent {person.name}" + (f", {_when(days)}" if days else "")
    against = [rule.words(person, days) for rule in rules[1:]] or [_shifts(person)]
    text = f"{where}: {rules[0].words(person, days)} cannot hold together with {' and '.join(against)}"
    return Conflict(person.name, _first(days), _names([], rules), text)


def conflict_of_group(problem: Problem, core: list[Fact]) -> Conflict:
    """Sessions of several people that cannot all take place, with the rules that stand against them."""
    blocks, rules = [f.block for f in core if f.block], [f.rule for f in core if f.rule]
    days = _days(problem, blocks)
    concerned = {m for block in blocks for m in block.members} | {f.worker for f in core if f.rule and f.worker >= 0}
    names = ", ".join(problem.workers[w].name for w in sorted(concerned))
    facts = _facts(blocks) or "the sessions"
    why = (
        f"has no time at which the whole group can be there: {names}"
        if len(blocks) == 1
        else f"cannot all take place: no times suit {names} together"
    )
    against = [_against(problem, f.rule, f.worker, min(concerned), days) for f in core if f.rule]
    text = f"{facts[0].upper()}{facts[1:]} {why}" + (f" ({'; '.join(against)})" if against else "")
    return Conflict("", _first(days) or problem.grid.axis.start.isoformat(), (*_names(blocks, rules), "groups together"), text)


def _against(problem: Problem, rule: Rule, worker: int, somebody: int, days: frozenset[date]) -> str:
    """A rule of a worker, or of nobody's: then as it stands for somebody."""
    words = rule.words(problem.workers[somebody if worker < 0 else worker].person, days)
    return words if worker < 0 else f"{problem.workers[worker].name}: {words}"


def conflict_untold(looked: int, agents: int) -> Conflict:
    """There may be more than were looked for."""
    return Conflict("~", "", (), f"There may be more: the search for contradictions ended after {looked} of {agents} agents")


def fact(block: Block) -> str:
    """A session in words."""
    activity = block.activity
    kind = f"{activity.kind} {activity.name}" if str(activity.kind) != activity.name.lower() else activity.name
    if activity.at:
        day, wall = activity.at[block.number]
        return f"the fixed {kind} on {say(day)} at {wall // 60:02d}:{wall % 60:02d}"
    if activity.earliest == activity.latest:
        return f"the {kind} on {say(activity.earliest)}"
    return f"the {kind} between {say(activity.earliest)} and {say(activity.latest)}"


def _facts(blocks: list[Block]) -> str:
    """Sessions in words, those alike together; members of one group have each session once."""
    told: dict[str, set[tuple[int, tuple[int, ...]]]] = {}
    for block in blocks:
        told.setdefault(fact(block), set()).add((block.number, block.members))
    return " and ".join(text if len(which) == 1 else f"{len(which)} sessions of {text}" for text, which in told.items())


def _names(blocks: list[Block], rules: list[Rule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([block.activity.name for block in blocks] + [rule.name for rule in rules]))


def _first(days: frozenset[date]) -> str:
    return min(days).isoformat() if days else ""


def _days(problem: Problem, blocks: list[Block]) -> frozenset[date]:
    """The dates on which the sessions may be."""
    return frozenset(problem.grid.axis.local(start).date() for block in blocks for start in block.starts)


def _said(rule: Rule, person: Person, days: frozenset[date]) -> str:
    """The rule in words; one made of dates that says nothing of these is asked for the day after too, into which nights reach."""
    if days and rule.words(person, days) == rule.words(person, frozenset()):
        days |= {max(days) + timedelta(days=1)}
    return rule.words(person, days)


def _span(days: frozenset[date]) -> frozenset[date]:
    """All dates from the first to the last: days between sessions matter as well."""
    return frozenset(date.fromordinal(n) for n in range(min(days).toordinal(), max(days).toordinal() + 1)) if days else days


def _week(problem: Problem, w: int, rules: tuple[Rule, ...]) -> frozenset[date]:
    """The first week whose lower limits alone contradict the other rules; empty where it is no matter of one week."""
    worker, axis = problem.workers[w], problem.grid.axis
    base = narrower(worker.person, worker.catalogue, rules, tight=False)
    for week in range(problem.grid.weeks):
        days = np.array([d for d in range(axis.days) if week_of(axis, d) == week])
        freer = Worker(worker.person, worker.group, worker.catalogue, _only(base, days), {})
        if freer.best(np.zeros(problem.grid.cells)) is None:
            return frozenset(axis.dates[d] for d in days.tolist())
    return frozenset()


def _only(base: Callable[[IntArray], Space], days: IntArray) -> Callable[[IntArray], Space]:
    """The same space with nothing due on other days, nor in periods that other days belong to."""

    def narrowed(unpaid: IntArray) -> Space:
        space = base(unpaid)
        for counter in space.counters:
            counter.low[~np.isin(np.arange(len(counter.low)), counter.period[days])] = 0
        space.must[~np.isin(np.arange(len(space.must)), days)] = False
        return space

    return narrowed


def _when(days: frozenset[date]) -> str:
    first, last = min(days), max(days)
    return say(first) if first == last else f"{say(first)} to {say(last)}"


def _shifts(person: Person) -> str:
    return f"the shifts of contract {person.contract.name} ({', '.join(person.contract.shifts) or 'none'})"

"""The problem: grid, workers and the blocks of time that activities ask of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduling.catalogue import Catalogue, make_catalogue
from scheduling.grid import Grid, make_grid
from scheduling.rules import RULES, Person, Rule, persons
from scheduling.space import Space
from scheduling.worker import Worker
from wfm.model import Activity, Requirement, ScheduleSettings, Workforce
from wfm.model.arrays import IntArray


@dataclass(frozen=True)
class Block:
    """A session that a group attends together. starts: elapsed minutes at which it may start."""

    activity: Activity
    number: int
    members: tuple[int, ...]
    starts: tuple[int, ...]

    @property
    def fixed(self) -> bool:
        return bool(self.activity.at)


@dataclass(frozen=True, eq=False)
class Problem:
    """groups: the distinct skill sets of the workers, as sets of queue indexes."""

    grid: Grid
    required: Requirement
    workforce: Workforce
    settings: ScheduleSettings
    workers: tuple[Worker, ...]
    groups: tuple[frozenset[int], ...]
    blocks: tuple[Block, ...]


def make_problem(required: Requirement, workforce: Workforce, settings: ScheduleSettings, rules: tuple[Rule, ...] = RULES) -> Problem:
    """Everything the engines need. Raises ScenarioError when the settings are at fault."""
    grid = make_grid(required, workforce, settings)
    people = persons(workforce, required.axis)
    skills = [frozenset(required.queues.index(q) for q in p.agent.skills if q in required.queues) for p in people]
    groups = tuple(dict.fromkeys(skills))
    catalogues = {c.name: make_catalogue(grid, workforce.templates(c)) for c in workforce.contracts}
    lattices: dict[str, dict[tuple[int, ...], object]] = {c.name: {} for c in workforce.contracts}
    workers = tuple(_worker(p, groups.index(s), catalogues[p.contract.name], rules, lattices) for p, s in zip(people, skills, strict=True))
    return Problem(grid, required, workforce, settings, workers, groups, make_blocks(grid, workforce))


def _worker(
    person: Person, group: int, catalogue: Catalogue, rules: tuple[Rule, ...], lattices: dict[str, dict[tuple[int, ...], object]]
) -> Worker:
    spaces = (narrower(person, catalogue, rules, tight) for tight in (True, False))
    return Worker(person, group, catalogue, next(spaces), lattices[person.contract.name], next(spaces))


def narrower(person: Person, catalogue: Catalogue, rules: tuple[Rule, ...], tight: bool = True) -> Callable[[IntArray], Space]:
    """How to make the person's space from what the rules leave, for the unpaid minutes of each day."""

    def narrowed(unpaid: IntArray) -> Space:
        space = Space.whole(catalogue, unpaid, tight)
        for rule in rules:
            rule.narrow(person, space)
        return space

    return narrowed


def make_blocks(grid: Grid, workforce: Workforce) -> tuple[Block, ...]:
    """The sessions of all activities, each with the starts it may have."""
    index = {agent.name: i for i, agent in enumerate(workforce.agents)}
    blocks = []
    for activity in workforce.activities:
        for group in activity.groups():
            members = tuple(index[name] for name in group)
            blocks += [Block(activity, n, members, _starts(grid, activity, n)) for n in range(activity.sessions)]
    return tuple(blocks)


def _starts(grid: Grid, activity: Activity, number: int) -> tuple[int, ...]:
    axis = grid.axis
    if activity.at:
        day, wall = activity.at[number]
        inside = 0 <= axis.day_index(day) < axis.days
        return (axis.minute(axis.day_index(day), wall),) if inside else ()
    starts: set[int] = set()
    for day in range(max(0, axis.day_index(activity.earliest)), min(axis.days - 1, axis.day_index(activity.latest)) + 1):
        begin, end = axis.minute(day, activity.from_minute), axis.minute(day, activity.to_minute)
        starts |= set(np.arange(-(-begin // grid.minutes) * grid.minutes, end - activity.minutes + 1, grid.minutes).tolist())
    return tuple(sorted(starts))

"""Tiny centres for scheduling, to twist with `dataclasses.replace`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from scheduling import check, schedule
from tests.samples import MONDAY
from wfm.model import (
    Activity,
    ActivityKind,
    Agent,
    Break,
    Contract,
    Requirement,
    Room,
    ScheduleSettings,
    ShiftTemplate,
    Solved,
    TimeAxis,
    Workforce,
)

SETTINGS = ScheduleSettings(grid_minutes=60, effort=0.05)
REST = Break("rest", 60, 60, 120)
DAY = ShiftTemplate("day", 480, 600, (240,), 60, (REST,))
ANY = Contract("any", ("day",))


@dataclass(frozen=True, eq=False)
class Centre:
    """Everything `schedule` is given."""

    required: Requirement
    workforce: Workforce
    settings: ScheduleSettings = SETTINGS

    def solved(self, **changes: object) -> Solved:
        return schedule(self.required, self.workforce, replace(self.settings, **changes))


def on(day: int) -> date:
    return MONDAY + timedelta(days=day)


def axis(days: int = 3, step: int = 60, start: date = MONDAY) -> TimeAxis:
    return TimeAxis(start, days, step, "Europe/Berlin")


def requirement(
    time: TimeAxis, needs: Sequence[Sequence[float]] | np.ndarray, queues: tuple[str, ...] = ("calls", "mail", "chat")
) -> Requirement:
    """needs (queues, hours of the day): the same every day, by wall clock."""
    need = np.array(needs, float)[:, time.wall_minute // 60]
    return Requirement(time, queues[: len(need)], need, need, need, np.zeros(need.shape))


def flat(time: TimeAxis, *agents: float, begin: int = 8, end: int = 16) -> Requirement:
    """So many agents for each queue, every day from hour to hour."""
    needs = np.zeros((len(agents), 24))
    needs[:, begin:end] = np.array(agents)[:, None]
    return requirement(time, needs)


def agent(name: str = "ann", skills: tuple[str, ...] = ("calls",), contract: str = "any", **more: object) -> Agent:
    return Agent(name, contract, skills, **more)


def training(minutes: int = 60, who: tuple[str, ...] = ("ann",), first: int = 0, last: int = 0, **more: object) -> Activity:
    """A training between two days of the plan."""
    return Activity(more.pop("name", "course"), ActivityKind.TRAINING, minutes, who, on(first), on(last), **more)


def fixed(day: int, wall: int, minutes: int = 60, who: tuple[str, ...] = ("ann",), **more: object) -> Activity:
    """A training at a fixed start."""
    return training(minutes, who, day, day, at=((on(day), wall),), **more)


def team(
    *agents: Agent,
    activities: Sequence[Activity] = (),
    closed: Sequence[int] = (),
    shift: ShiftTemplate = DAY,
    rooms: Sequence[Room] = (),
    **contract: object,
) -> Workforce:
    """A workforce with one contract and one shift."""
    rules = replace(ANY, **{"shifts": (shift.name,), **contract})
    return Workforce(agents, (rules,), (shift,), tuple(activities), frozenset(on(day) for day in closed), tuple(rooms))


def sound(solved: Solved) -> Solved:
    """The answer, which has to keep every rule and to be proven no better than it is."""
    assert check(solved.roster, solved.workforce, solved.required.axis) == ()
    assert solved.bound <= solved.objective + 1e-9
    return solved

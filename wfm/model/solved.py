"""What scheduling answers: a roster, how good it is, and why if there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wfm.model.arrays import FloatArray, freeze
from wfm.model.numbers import Requirement
from wfm.model.people import Workforce
from wfm.model.roster import Roster


class Reason(StrEnum):
    """How the search ended. infeasible is an answer: the hard rules contradict each other, see `Solved.conflicts`."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    NOTHING_FOUND = "nothing_found"


@dataclass(frozen=True, order=True)
class Conflict:
    """Hard rules that cannot all hold. rules: names of the rules involved; agent, day: whose and when ("" if nobody's in particular)."""

    agent: str
    day: str
    rules: tuple[str, ...]
    text: str


@dataclass(frozen=True, order=True)
class Relief:
    """What would relieve a shortfall the most. start, end: elapsed minutes of the axis.

    covered_hours: agent-hours lacking in the whole plan that it would cover. saved: what the price of the plan would fall by,
    in the units of `ScheduleSettings`. text: in the planner's words.
    """

    queue: str
    start: int
    end: int
    text: str
    covered_hours: float = 0.0
    saved: float = 0.0


@dataclass(frozen=True, eq=False)
class Solved:
    """A schedule and what is known about it.

    present (queues, intervals): mean number of agents working for each queue; somebody with several skills counts once, for the queue
    they help most. objective, bound: price of the roster and the proven least price, in the units of `ScheduleSettings`.
    cost_parts: the objective split by what was paid for. conflicts: only when infeasible.
    reliefs: what would relieve the worst shortfalls, best first for each. ended_early: whether somebody stopped the search before its end.
    """

    required: Requirement
    workforce: Workforce
    roster: Roster
    reason: Reason
    present: FloatArray
    objective: float
    bound: float
    cost_parts: Mapping[str, float] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    reliefs: tuple[Relief, ...] = ()
    ended_early: bool = False

    def __post_init__(self) -> None:
        freeze(self, present=self.required.present.shape)

    @property
    def gap(self) -> float:
        """(objective − bound) ÷ objective, 0 where both are 0."""
        return (self.objective - self.bound) / self.objective if self.objective > 0 else 0.0

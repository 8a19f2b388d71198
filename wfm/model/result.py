"""What is told: measures with their doubt and definition, the training ledger, the shortfalls; and the result of a whole plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wfm.model.numbers import Forecast, Requirement
from wfm.model.outcome import Outcome
from wfm.model.solved import Solved


@dataclass(frozen=True)
class Measure:
    """One figure. queue: "" for the whole centre. low, high: its 95 % confidence interval, equal to value where it is exact.

    unit: "share", "s", "h", "contacts" or a currency. definition: what exactly was measured, in words.
    """

    name: str
    queue: str
    value: float
    low: float
    high: float
    unit: str
    definition: str


@dataclass(frozen=True)
class LedgerRow:
    """Attendee-hours of one activity.

    planned: demanded; delivered: in the roster; cancelled: dropped from the roster; owed: still to place.
    """

    activity: str
    kind: str
    planned: float
    delivered: float
    cancelled: float
    owed: float


@dataclass(frozen=True)
class Shortfall:
    """A run of intervals of one queue with fewer agents rostered than required.

    start, end: local ISO stamps. agent_hours: lacking in all of it; missing: the greatest lack of agents in it. relief: what would
    relieve it, in words, "" where that was not looked for.
    """

    queue: str
    start: str
    end: str
    agent_hours: float
    missing: float
    relief: str = ""


@dataclass(frozen=True)
class Correction:
    """A stretch of one queue whose requirement was corrected. start, end: local ISO stamps. agent_hours: added, or taken where negative."""

    queue: str
    start: str
    end: str
    agent_hours: float


@dataclass(frozen=True)
class LoopStep:
    """A roster that the simulation in the loop judged. price: of the roster against the requirement it was made for.

    service: the service level of each queue, on days other than those of the plan's own simulation. raised, lowered: queue-hours in which
    the requirement was then corrected; corrections: where and by how much. chosen: whether this is the roster of the plan.
    """

    number: int
    price: float
    paid_hours: float
    service: tuple[Measure, ...]
    raised: int
    lowered: int
    chosen: bool = False
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, eq=False)
class Summary:
    """What a planner reads first."""

    measures: tuple[Measure, ...]
    ledger: tuple[LedgerRow, ...]
    shortfalls: tuple[Shortfall, ...]

    def find(self, name: str, queue: str = "") -> Measure:
        """The measure of this name; raises KeyError where there is none."""
        for measure in self.measures:
            if (measure.name, measure.queue) == (name, queue):
                return measure
        raise KeyError(f"no measure {name!r} for queue {queue!r}")


@dataclass(frozen=True, eq=False)
class Result:
    """All that `plan` made. outcome and summary are None where the hard rules contradict each other. seconds: per stage.

    loop: the trace of the simulation in the loop, empty where there was none.
    """

    forecast: Forecast
    requirement: Requirement
    solved: Solved
    outcome: Outcome | None = None
    summary: Summary | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    loop: tuple[LoopStep, ...] = ()

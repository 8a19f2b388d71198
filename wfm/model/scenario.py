"""The scenario: what the centre is, and how hard to look."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wfm.model.axis import TimeAxis
from wfm.model.calendar import Calendar
from wfm.model.edits import Edit, Event
from wfm.model.numbers import Demand
from wfm.model.people import Agent, Workforce
from wfm.model.roster import Roster
from wfm.model.work import Queue


@dataclass(frozen=True)
class HistorySource:
    """Where the history lies and what its gaps mean.

    missing: "zero", "closed" or "lost" for intervals without a row inside opening hours, None to refuse such gaps. lost: dates whose
    numbers are not to be believed. columns: header → field where the shipped synonyms do not know it. queue: the
    queue's name where the file has no queue column. layout: name of an intake layout, None to recognise it.
    timezone: zone of the stamps in the file, None for the centre's. step_minutes: interval of the history, None to recognise it.
    """

    file: Path
    missing: str | None = None
    lost: frozenset[date] = field(default_factory=frozenset)
    columns: tuple[tuple[str, str], ...] = ()
    queue: str | None = None
    layout: str | None = None
    timezone: str | None = None
    step_minutes: int | None = None


@dataclass(frozen=True)
class ForecastSettings:
    """How to forecast. method: name of a forecast method. paths: number of sample paths. backtest_origins: 0 for none.

    events: what is known to happen, past and ahead. edits: what people decided, in their order. imported: somebody else's forecast on
    the axis of the plan, for the method "imported". families: queue → family of queues that are alike; those with fewer contacts a day
    than small_below are forecast by their shares of the family. day_spread: standard deviation ÷ mean of a factor on all contacts of a day.
    """

    queues: tuple[Queue, ...]
    calendar: Calendar = Calendar()
    method: str = "profile"
    paths: int = 200
    backtest_origins: int = 6
    backtest_days: int = 7
    seed: int = 1
    events: tuple[Event, ...] = ()
    edits: tuple[Edit, ...] = ()
    imported: Demand | None = None
    families: tuple[tuple[str, str], ...] = ()
    small_below: float = 50.0
    day_spread: float = 0.0


@dataclass(frozen=True)
class ShrinkageWindow:
    """Another share of a category for intervals that start in [from_minute, to_minute), wall-clock minutes; the last one given counts."""

    category: str
    from_minute: int
    to_minute: int
    share: float


@dataclass(frozen=True)
class Shrinkage:
    """Paid time in which people are away, by category (name, share 0–1).

    basis: "additive" (shares of the same paid hours are added) or "compound" (each share is of what the others leave). windows: where a
    category's share differs by the time of day.
    """

    categories: tuple[tuple[str, float], ...] = ()
    basis: str = "additive"
    windows: tuple[ShrinkageWindow, ...] = ()

    @property
    def share(self) -> float:
        """Of all categories together, outside the windows."""
        return self._together([share for _, share in self.categories])

    def share_at(self, wall_minute: int) -> float:
        """Of all categories together, for an interval that starts at this wall-clock minute."""
        shares = dict(self.categories)
        for window in self.windows:
            if window.from_minute <= wall_minute < window.to_minute:
                shares[window.category] = window.share
        return self._together(list(shares.values()))

    @property
    def largest(self) -> float:
        """The largest `share_at` of the day."""
        edges = {0, *(w.from_minute for w in self.windows), *(w.to_minute for w in self.windows)}
        return max(self.share_at(minute) for minute in edges)

    def _together(self, shares: list[float]) -> float:
        return sum(shares) if self.basis == "additive" else 1 - math.prod(1 - share for share in shares)


@dataclass(frozen=True)
class StaffingSettings:
    """How to turn a forecast into agents. model: name of a staffing model for queues that name none, or "auto" (by channel and patience).

    absence: share of rostered agents away without notice. risk: 0–1, or None for the mean; what it means is risk_of: "volume" (forecast
    quantile of each interval to staff to), "interval" (least chance that an interval meets the target) or "day" (that a day does).
    offered_load: "auto" (modified where handle times are long against the interval), "modified" or "stationary".
    """

    model: str = "auto"
    risk: float | None = None
    absence: float = 0.0
    shrinkage: Shrinkage = Shrinkage()
    calendar: Calendar = Calendar()
    risk_of: str = "volume"
    offered_load: str = "auto"


@dataclass(frozen=True)
class ScheduleSettings:
    """Prices and effort of the search for a roster.

    Prices are per agent-hour: under_price for a missing agent, deep_under_price for one missing beyond the last tenth of the requirement,
    over_price for one too many; paid_price for a paid one. grid_minutes divides the axis step. effort: 1 is the default amount of work;
    the amount of work, never the clock, ends the search.
    """

    under_price: float = 40.0
    deep_under_price: float = 80.0
    over_price: float = 1.0
    paid_price: float = 0.5
    grid_minutes: int = 15
    effort: float = 1.0
    workers: int = 2
    seed: int = 1


@dataclass(frozen=True)
class Experiment:
    """How to simulate. replications: independent runs of the whole axis. absence: probability that a shift is not worked.

    routing: name of a routing policy. workers: threads or processes, which never change a result. engine: "fast" (compiled) or "simpy"
    (readable), which give the same figures. precision: half of the 95 % interval that is wide enough, of the measure `precision_of` (as in
    `simulation.precision`); `replications` is then the most there may be. None: exactly that many.
    preference: which of the free agents an arriving contact takes, by name; among: of those it puts first, "longest_idle", "most_idle" (of
    the group with most free agents) or "random". agents: those whose `traits` differ. late_share: of shifts that begin late, by late_s on
    average (exponential). leaving: who goes when fewer agents are planned; "agent": the one whose time is over, after the contact in hand;
    "head_count": a free one of the same skills, or the first to get free. breaks: "fixed", who goes late comes back as planned, or
    "shifted", as much later. warm_up_minutes: from the start, not measured.
    """

    replications: int = 30
    routing: str = "priority_longest_wait"
    absence: float = 0.0
    workers: int = 2
    seed: int = 1
    engine: str = "fast"
    precision: float | None = None
    precision_of: str = "service_level"
    preference: str = "longest_idle"
    among: str = "longest_idle"
    agents: tuple[Agent, ...] = ()
    late_share: float = 0.0
    late_s: float = 600.0
    leaving: str = "agent"
    breaks: str = "fixed"
    warm_up_minutes: int = 0


@dataclass(frozen=True)
class Scenario:
    """A whole problem. roster: who works, where that is given and not to be scheduled.

    loop: most corrections of the requirement by simulation, 0 for none.
    """

    name: str
    axis: TimeAxis
    queues: tuple[Queue, ...]
    workforce: Workforce
    calendar: Calendar
    forecasting: ForecastSettings
    staffing: StaffingSettings
    scheduling: ScheduleSettings
    experiment: Experiment
    history: HistorySource | None = None
    currency: str = "EUR"
    description: str = ""
    roster: Roster | None = None
    loop: int = 0

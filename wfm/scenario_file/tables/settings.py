"""How to staff, to route, and how hard to look."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from wfm.model import Shrinkage
from wfm.scenario_file.kinds import Chance, Offset, Price, Word, kind
from wfm.scenario_file.shrinkage import shrinkage, write_shrinkage
from wfm.scenario_file.tables.base import Table

Shares = Annotated[Shrinkage, *kind(shrinkage, "table of category = share", write_shrinkage)]


class StaffingTable(Table):
    """How a forecast becomes a number of agents."""

    model: Literal["auto", "A", "C", "X"] = Field(
        "auto",
        description='For queues that name none and are answered at once. "C": Erlang C, nobody hangs up; "A": Erlang A; "X": A with '
        'redials; "auto": C where no patience is given, X where there are redials, else A.',
    )
    risk: Chance | None = Field(None, description="How sure to be, see `risk_of`; staffed to the mean where left out.")
    risk_of: Literal["volume", "interval", "day"] = Field(
        "volume",
        description="What `risk` is. volume: forecast quantile of each interval to staff to. interval: least chance that an interval "
        "meets its target, day: that a day does as a whole; both without counting the Poisson noise twice.",
    )
    offered_load: Literal["auto", "modified", "stationary"] = Field(
        "auto",
        description="modified: contacts still being handled from earlier intervals count; stationary: each interval on its own. "
        '"auto": modified where the mean handle time is above half an interval.',
    )
    shrinkage: Shares = Field(
        Shrinkage(),
        description='Paid time in which people are away, by category: {basis = "additive", sickness = 0.05, leave = 0.1}. additive: '
        "shares of the same paid hours are added; compound: each is a share of what the others leave. A share may differ by the time of "
        'day: breaks = {usual = 0.02, "12:00-14:00" = 0.15}.',
    )


class RoutingTable(Table):
    """Who takes which contact."""

    policy: Word = Field("priority_longest_wait", description="Name of a routing policy of the simulation: what a freed agent takes.")
    agents: Literal["longest_idle", "fewest_skills", "own_order"] = Field(
        "longest_idle",
        description="Which of the free agents an arriving contact takes: longest_idle; fewest_skills: specialists first; own_order: those "
        "to whom the queue comes first among their skills.",
    )
    among: Literal["longest_idle", "most_idle", "random"] = Field(
        "longest_idle",
        description="Which of those: whoever is idle longest; whoever is in the group with most free agents; any, by chance.",
    )
    leaving: Literal["agent", "head_count"] = Field(
        "agent",
        description="Who goes when fewer agents are planned. agent: the one whose time is over, after the contact in hand. head_count: a "
        "free one with the same skills, else the first to finish, as models with numbers of agents have it.",
    )
    breaks: Literal["fixed", "shifted"] = Field(
        "fixed", description="When somebody comes back who went into a break late: as planned, or as much later."
    )


class RunTable(Table):
    """How hard to look. Nothing here describes the centre."""

    seed: int = Field(1, ge=0, le=2**31 - 1, description="Seed of everything random; the same seed gives the same figures.")
    effort: float = Field(1.0, gt=0, le=100, description="Amount of work in the search for a roster; 1 is usual.")
    replications: int = Field(30, ge=1, le=10_000, description="Independent runs of the simulation.")
    workers: int = Field(2, ge=1, le=64, description="Processes or threads; never changes a result.")
    engine: Literal["fast", "simpy"] = Field(
        "fast", description='Engine of the simulation: "fast" is compiled, "simpy" readable; both give the same figures.'
    )
    precision: float | None = Field(
        None,
        gt=0,
        description="Half-width of the 95 % interval that is enough, 0.005 for half a point; `replications` is then the most there may be.",
    )
    precision_of: Literal["service_level", "abandonment", "mean_wait_s", "occupancy"] = Field(
        "service_level", description="Measure of the whole centre whose interval that is; service_level: answered in target ÷ offered."
    )
    loop: int = Field(
        0,
        ge=0,
        le=50,
        description="Most times that the requirement is corrected by what the simulated roster gives, and the roster mended; 0 for never.",
    )
    paths: int = Field(200, ge=1, le=5000, description="Sample paths of the forecast.")
    forecast_method: Word = Field("profile", description="Name of a forecast method.")
    backtest_origins: int = Field(6, ge=0, le=60, description="Origins of the rolling backtest; 0 for none.")
    backtest_days: int = Field(7, ge=1, le=366, description="Days forecast from each origin.")
    warm_up: Offset = Field(0, description="Time from the start that is lived through but not measured.")
    grid_minutes: int | None = Field(
        None,
        ge=1,
        le=60,
        description="Grid of shifts and breaks; divides the plan's step. 15 or the largest part of it that does, where left out.",
    )
    under_price: Price = Field(40.0, description="Price of an agent-hour missing.")
    deep_under_price: Price = Field(80.0, description="Price of an agent-hour missing beyond the last tenth of the requirement.")
    over_price: Price = Field(1.0, description="Price of an agent-hour too many.")
    paid_price: Price = Field(0.5, description="Price of a paid hour.")

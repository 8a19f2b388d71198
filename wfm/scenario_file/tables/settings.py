"""How to staff, to route, and how hard to look."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import Field

from wfm.model import Shrinkage
from wfm.scenario_file.kinds import Chance, Price, Word, kind, name
from wfm.scenario_file.tables.base import Table
from wfm.scenario_file.wrong import Part, Wrong, shown, wrong


def shrinkage(value: Any) -> Shrinkage:
    """{basis = "additive", sickness = 0.05, …} as the noun. Raises Wrong with every fault."""
    if not isinstance(value, dict):
        raise wrong(value, 'a table such as {basis = "additive", sickness = 0.05}')
    basis = value.get("basis", "additive")
    shares = {key: share for key, share in value.items() if key != "basis"}
    parts = [Part(shown(basis), '"additive" or "compound"', at=".basis")] if basis not in ("additive", "compound") else []
    for key, share in shares.items():
        try:
            name(key)
        except Wrong as error:
            parts += error.parts
        number = isinstance(share, int | float) and not isinstance(share, bool) and math.isfinite(share)
        if not number or not 0 <= share < 1:
            parts.append(Part(shown(share), "a share, 0 to below 1", "write 0.05 for 5 %", f".{key}"))
    if parts:
        raise Wrong(*parts)
    found = Shrinkage(tuple((key, float(share)) for key, share in shares.items()), basis)
    if found.share >= 1:
        raise wrong(value, "shares that leave somebody at work: less than 1 together", f"they come to {found.share:g}")
    return found


def _write(value: Shrinkage) -> dict[str, Any]:
    return {"basis": value.basis, **dict(value.categories)}


Shares = Annotated[Shrinkage, *kind(shrinkage, "table of category = share", _write)]


class StaffingTable(Table):
    """How a forecast becomes a number of agents."""

    model: Literal["auto", "A", "C"] = Field(
        "auto", description='"A": Erlang A; "C": Erlang C; "auto": A where the patience is known, else C.'
    )
    risk: Chance | None = Field(None, description="Forecast quantile to staff to; the mean where left out.")
    shrinkage: Shares = Field(
        Shrinkage(),
        description='Paid time in which people are away, by category: {basis = "additive", sickness = 0.05, leave = 0.1}. additive: '
        "shares of the same paid hours are added; compound: each is a share of what the others leave.",
    )


class RoutingTable(Table):
    """Who takes which contact."""

    policy: Word = Field("priority_longest_wait", description="Name of a routing policy of the simulation.")


class RunTable(Table):
    """How hard to look. Nothing here describes the centre."""

    seed: int = Field(1, ge=0, le=2**31 - 1, description="Seed of everything random; the same seed gives the same figures.")
    effort: float = Field(1.0, gt=0, le=100, description="Amount of work in the search for a roster; 1 is usual.")
    replications: int = Field(30, ge=1, le=10_000, description="Independent runs of the simulation.")
    workers: int = Field(2, ge=1, le=64, description="Processes or threads; never changes a result.")
    engine: Literal["fast", "simpy"] = Field(
        "fast", description='Engine of the simulation: "fast" is compiled, "simpy" readable; both give the same figures.'
    )
    paths: int = Field(200, ge=1, le=5000, description="Sample paths of the forecast.")
    forecast_method: Word = Field("profile", description="Name of a forecast method.")
    backtest_origins: int = Field(6, ge=0, le=60, description="Origins of the rolling backtest; 0 for none.")
    backtest_days: int = Field(7, ge=1, le=366, description="Days forecast from each origin.")
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

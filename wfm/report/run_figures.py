"""RunFigures: the little that a run must keep so that it can be compared with any other."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd

from wfm.model import LedgerRow, Result
from wfm.report.money import cost, paid_hours
from wfm.report.summary import targets
from wfm.report.totals import day_totals
from wfm.report.training import training_hours


@dataclass(frozen=True, eq=False)
class RunFigures:
    """What `compare` works from.

    totals: the rows of `totals.day_totals`. targets: each queue's target in words. seed: of the simulation, None where unknown.
    paid_hours, under_cover_hours: in hours. cost: in `currency`. ledger: the training ledger. over_cover_hours: nan where unknown.
    timezone: of the plan's axis, "" where unknown.
    """

    name: str
    totals: pd.DataFrame
    targets: dict[str, str]
    paid_hours: float
    cost: float
    under_cover_hours: float
    ledger: tuple[LedgerRow, ...] = ()
    seed: int | None = None
    currency: str = "currency"
    over_cover_hours: float = math.nan
    timezone: str = ""

    @property
    def training_planned_hours(self) -> float:
        return training_hours(self.ledger, "planned")

    @property
    def training_delivered_hours(self) -> float:
        return training_hours(self.ledger, "delivered")

    @property
    def replications(self) -> int:
        return int(self.totals["replication"].max()) + 1 if len(self.totals) else 0

    def first(self, replications: int) -> RunFigures:
        """The same run with its first replications only."""
        kept = self.totals[self.totals["replication"] < replications]
        return replace(self, totals=kept)


def run_figures(name: str, result: Result, seed: int | None = None, currency: str = "currency") -> RunFigures:
    """The figures of a finished plan. Raises ValueError for a result without simulation: there is nothing to compare."""
    if result.outcome is None or result.summary is None:
        raise ValueError(f"run {name} ended without a roster and cannot be compared")
    return RunFigures(
        name=name,
        totals=day_totals(result.outcome, result.solved.workforce.closed),
        targets=targets(result.outcome),
        paid_hours=paid_hours(result.solved),
        cost=cost(result.solved),
        under_cover_hours=result.summary.find("under_cover_hours").value,
        ledger=result.summary.ledger,
        seed=seed,
        currency=currency,
        over_cover_hours=result.summary.find("over_cover_hours").value,
        timezone=result.outcome.axis.timezone,
    )

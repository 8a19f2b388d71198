"""Real against simulated: the same figures from the log and from a simulation of its calls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from wfm.model import CallLog, Outcome
from wfm.model.arrays import FloatArray

LEVEL = 0.95
MEASURES = ("mean_wait_s", "abandoned", "in_time")
"""Mean wait of everybody, share that hung up, share of all that was answered within the target time."""


@dataclass(frozen=True)
class Row:
    """A figure of one day ("" for all), or one kind of call. low, high: 95 % interval of the simulation's mean."""

    day: str
    kind: str
    measure: str
    calls: int
    real: float
    simulated: float
    low: float
    high: float

    @property
    def off(self) -> float:
        """simulated ÷ real − 1; nan where the real figure is 0."""
        return self.simulated / self.real - 1 if self.real else float("nan")


def misfit(log: CallLog, outcome: Outcome, within_s: float) -> float:
    """The largest |ln(simulated ÷ real)| of the three `MEASURES` over the whole log: near 0.1 where the worst is 10 % off."""
    rows = [row for row in compare(log, outcome, within_s) if not row.day and not row.kind]
    return max(abs(float(np.log(max(row.simulated, 1e-9) / max(row.real, 1e-9)))) for row in rows)


def compare(log: CallLog, outcome: Outcome, within_s: float) -> tuple[Row, ...]:
    """Rows for the whole log, for each day on which anybody called, and for each kind of call, in the order of `MEASURES`."""
    real, ours = _real(log, within_s), _simulated(outcome)
    days = np.searchsorted(log.axis.day_starts * 60.0, log.asked_s, side="right") - 1
    rows = _rows("", "", np.ones(len(log), bool), real, {name: sums.sum(axis=(1, 2)) for name, sums in ours.items()})
    for day in np.unique(days):
        name = log.axis.dates[day].isoformat()
        rows += _rows(name, "", days == day, real, {key: sums[:, :, day].sum(axis=1) for key, sums in ours.items()})
    for kind, name in enumerate(log.kinds):
        rows += _rows("", name, log.kind == kind, real, {key: sums[:, kind].sum(axis=1) for key, sums in ours.items()})
    return tuple(rows)


def _real(log: CallLog, within_s: float) -> dict[str, FloatArray]:
    in_time = log.served & (log.wait_s <= within_s)
    return dict(zip(MEASURES, (log.wait_s, (~log.served).astype(float), in_time.astype(float)), strict=True))


def _simulated(outcome: Outcome) -> dict[str, FloatArray]:
    """Sums (replications, queues, days)."""
    names = ("wait_s", "abandoned", "answered_in_target", "offered")
    return {name: outcome.axis.by_day(getattr(outcome, name)) for name in names}


def _rows(day: str, kind: str, who: np.ndarray, real: dict[str, FloatArray], ours: dict[str, FloatArray]) -> list[Row]:
    rows, calls = [], int(who.sum())
    for measure, name in zip(MEASURES, ("wait_s", "abandoned", "answered_in_target"), strict=True):
        each = np.divide(ours[name], ours["offered"], out=np.zeros(len(ours[name])), where=ours["offered"] > 0)
        mean = float(each.mean())
        half = float(student.ppf((1 + LEVEL) / 2, len(each) - 1) * each.std(ddof=1) / len(each) ** 0.5) if len(each) > 1 else float("nan")
        rows.append(Row(day, kind, measure, calls, float(real[measure][who].mean()) if calls else 0.0, mean, mean - half, mean + half))
    return rows

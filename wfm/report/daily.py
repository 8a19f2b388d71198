"""Service level by day and by interval, with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.model import Outcome
from wfm.model.arrays import FloatArray
from wfm.report.estimates import interval
from wfm.report.service import by_interval, meets, own


@dataclass(frozen=True, eq=False)
class ServiceSeries:
    """A queue's service level along the plan: value, low, high (95 % interval) and met (share of replications on target).

    All arrays have one length; nan where nothing came, and where contacts came but none counts.
    """

    value: FloatArray
    low: FloatArray
    high: FloatArray
    met: FloatArray


def service_by_day(outcome: Outcome, queue: str) -> ServiceSeries:
    """One value for each day on which anything came."""
    index = [known.name for known in outcome.queues].index(queue)
    columns = {name: outcome.axis.by_day(values) for name, values in by_interval(outcome, index).items()}
    return _series(outcome, index, columns)


def service_by_interval(outcome: Outcome, queue: str) -> ServiceSeries:
    """One value for each interval of the axis in which anything came."""
    index = [known.name for known in outcome.queues].index(queue)
    return _series(outcome, index, by_interval(outcome, index))


def _series(outcome: Outcome, index: int, columns: dict[str, FloatArray]) -> ServiceSeries:
    top, bottom = own(outcome.queues[index], columns)
    reached = meets(outcome.queues[index].target.share, columns, top, bottom)
    came = columns["offered"].sum(axis=0) > 0
    value, low, high, met = (np.full(len(came), np.nan) for _ in range(4))
    for i in np.flatnonzero(came):
        total = bottom[:, i].sum()
        value[i] = top[:, i].sum() / total if total > 0 else np.nan
        errors = (top[:, i] - value[i] * bottom[:, i]) / bottom[:, i].mean() if total > 0 else np.zeros(len(top))
        told = interval(float(value[i]), errors, 0.0, 1.0, outcome.volume)
        low[i], high[i], met[i] = told.low, told.high, reached[:, i].mean()
    return ServiceSeries(value, low, high, met)

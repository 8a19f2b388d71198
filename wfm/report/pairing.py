"""Whether two runs met the same simulated days, so that they may be compared replication by replication."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wfm.report.run_figures import RunFigures
from wfm.report.totals import queues_in

ALIKE = 0.5
"""Least correlation of a queue's contacts over replications, day by day, that tells the same draws from others."""


def stranger(run: RunFigures, first: RunFigures) -> str:
    """Why a run did not meet the first one's simulated days; "" where it did. Both must have the same number of replications.

    Another seed, other dates, another time zone, or no queue whose contacts come from the same draws. Where some queues get the same
    contacts and others do not, the runs still share their days.
    """
    if run.seed is None or run.seed != first.seed:
        return "another seed"
    if not same_days(run, first):
        return "other dates or another time zone"
    return "" if _shares_contacts(run, first) else "all their contacts differ"


def same_days(run: RunFigures, first: RunFigures) -> bool:
    """Whether both plans cover the same dates in the same zone; an unknown zone is taken for the same."""
    zones = {zone for zone in (run.timezone, first.timezone) if zone}
    return len(zones) <= 1 and set(run.totals["day"]) == set(first.totals["day"])


def same_contacts(run: RunFigures, first: RunFigures) -> bool:
    """Whether every queue gets the same contacts in both."""
    return bool(_offered(run).equals(_offered(first)))


def _shares_contacts(run: RunFigures, first: RunFigures) -> bool:
    one, other = _offered(run), _offered(first)
    both = set(queues_in(run.totals)) & set(queues_in(first.totals))
    return any(_same_draws(one.loc[queue], other.loc[queue]) for queue in both)


def _same_draws(one: pd.Series, other: pd.Series) -> bool:
    """Equal, or busy in the same replications: those who call again depend on the roster, but most contacts are the same."""
    if one.equals(other):
        return True
    sides = [(side - side.groupby("day").transform("mean")).to_numpy(float) for side in (one, other)]
    scale = float(np.sqrt((sides[0] ** 2).sum() * (sides[1] ** 2).sum()))
    return scale > 0 and float(sides[0] @ sides[1]) > ALIKE * scale


def _offered(run: RunFigures) -> pd.Series:
    return run.totals.groupby(["queue", "replication", "day"])["offered"].sum()

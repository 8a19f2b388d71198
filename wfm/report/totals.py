"""Day totals: the one table from which every simulated figure is made, and which runs keep for comparison."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np
import pandas as pd

from wfm.model import WAIT_EDGES_S, Channel, Outcome
from wfm.model.arrays import BoolArray, FloatArray
from wfm.report.service import SUMS, Columns, by_interval, meets, own

WAITED = (*(f"waited_{edge:g}s" for edge in WAIT_EDGES_S), "waited_longer")
CENTRE_ONLY = ("present_s", "days_met", "days_open", "volume")
ADDITIVE = (*SUMS, "in_target", "counted", "live", *CENTRE_ONLY, *WAITED)
KEYS = ("replication", "queue", "day")
CENTRE = ""


def day_totals(outcome: Outcome, closed: Collection[date] = ()) -> pd.DataFrame:
    """Sums per replication, queue and day (a row each): the columns `KEYS` and `ADDITIVE`.

    in_target, counted: top and bottom of the queue's own service level. live: 1 for queues where somebody waits (not e-mail).
    days_met of days_open: days on which the queue is open or gets contacts, and meets its target. Rows of queue "" hold what belongs to the
    centre (present_s; days on which every open queue meets its target; on the first day the `volume` of the replication's sample path).
    Rows of day "" hold the counts of waits, known for the whole axis only. Every other column of these rows is 0, so that sums over queues
    and days stay right.
    """
    per_queue = [_queue_days(outcome, i, frozenset(closed)) for i in range(len(outcome.queues))]
    centre = _centre_days(outcome, per_queue)
    names = [queue.name for queue in outcome.queues]
    days = [day.isoformat() for day in outcome.axis.dates]
    parts = [_rows(columns, name, days) for name, columns in zip(names, per_queue, strict=True)]
    parts += [_rows(_waits(outcome, i), name, [""]) for i, name in enumerate(names)]
    return pd.concat([*parts, _rows(centre, CENTRE, days)], ignore_index=True)


def open_days(outcome: Outcome, index: int, closed: frozenset[date]) -> BoolArray:
    """Days (replications, days) on which the queue is open, or contacts come although it is not."""
    is_open = outcome.axis.by_day(outcome.queues[index].hours.mask(outcome.axis, closed).astype(float)) > 0
    return is_open[None, :] | (outcome.axis.by_day(outcome.offered[:, index]) > 0)


def _queue_days(outcome: Outcome, index: int, closed: frozenset[date]) -> Columns:
    queue = outcome.queues[index]
    columns = {name: outcome.axis.by_day(values) for name, values in by_interval(outcome, index).items()}
    top, bottom = own(queue, columns)
    is_open = open_days(outcome, index, closed)
    live = float(queue.channel is not Channel.EMAIL)
    met = is_open & meets(queue.target.share, columns, top, bottom)
    return {
        **columns,
        "in_target": top,
        "counted": bottom,
        "live": np.full(top.shape, live),
        "days_met": met + 0.0,
        "days_open": is_open + 0.0,
    }


def _centre_days(outcome: Outcome, per_queue: list[Columns]) -> Columns:
    missed = np.any([columns["days_open"] > columns["days_met"] for columns in per_queue], axis=0)
    is_open = np.any([columns["days_open"] > 0 for columns in per_queue], axis=0)
    volume = np.zeros(is_open.shape)
    volume[:, 0] = 0.0 if outcome.volume is None else outcome.volume
    present_s = outcome.axis.by_day(outcome.present_s)
    return {"present_s": present_s, "days_met": (is_open & ~missed) + 0.0, "days_open": is_open + 0.0, "volume": volume}


def _waits(outcome: Outcome, index: int) -> dict[str, FloatArray]:
    counts = outcome.wait_counts[:, index]
    live = float(outcome.queues[index].channel is not Channel.EMAIL)
    return {"live": np.full((len(counts), 1), live), **{name: counts[:, i : i + 1] for i, name in enumerate(WAITED)}}


def _rows(columns: Columns, queue: str, days: list[str]) -> pd.DataFrame:
    """A row for each replication and day; columns not given are 0."""
    runs = len(next(iter(columns.values())))
    keys = {"replication": np.repeat(np.arange(runs), len(days)), "queue": queue, "day": np.tile(days, runs)}
    return pd.DataFrame({**keys, **{name: np.ravel(columns[name]).astype(float) if name in columns else 0.0 for name in ADDITIVE}})


def queues_in(totals: pd.DataFrame) -> tuple[str, ...]:
    """Names of the queues, in their order."""
    return tuple(str(name) for name in totals["queue"].unique() if name != CENTRE)


def queue_columns(totals: pd.DataFrame, queue: str) -> dict[str, FloatArray]:
    """The queue's sums over all days, each (replications,); `volume` is that of the whole sample path."""
    return {**_summed(totals[totals["queue"] == queue]), "volume": _summed(totals[totals["queue"] == CENTRE])["volume"]}


def centre_columns(totals: pd.DataFrame, *, live_only: bool = False) -> dict[str, FloatArray]:
    """The centre's sums over all queues and days, each (replications,).

    live_only: leave e-mail out, unless there is nothing else: a mail answered tomorrow would drown every wait on the phone.
    """
    rows = totals[totals["queue"] != CENTRE]
    if live_only and (rows["live"] > 0).any():
        rows = rows[rows["live"] > 0]
    own_rows = _summed(totals[totals["queue"] == CENTRE])
    return {**_summed(rows), **{name: own_rows[name] for name in CENTRE_ONLY}}


def _summed(rows: pd.DataFrame) -> dict[str, FloatArray]:
    """Columns that an older run does not have are 0."""
    sums = rows.groupby("replication", sort=True)[[name for name in ADDITIVE if name in rows]].sum()
    return {name: sums[name].to_numpy(float) if name in sums else np.zeros(len(sums)) for name in ADDITIVE}

"""Every measure at every threshold by day or by interval: a long table for those who want more than the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from scipy.stats import t as student

from wfm.model import WAIT_EDGES_S, Channel, Outcome, ServiceLevel
from wfm.model.arrays import FloatArray, IntArray
from wfm.report import journeys
from wfm.report.estimates import LEVEL
from wfm.report.service import DEFINITIONS, own

COLUMNS = ("start", "queue", "measure", "threshold_s", "value", "low", "high", "mean_of_ratios")
ANSWERED, ABANDONED, HOPED = 0, 1, 2
SHARES = ("service_level", "waited", "day_meets", "abandonment", "unanswered", "occupancy", *journeys.SHARES)

Sums = dict[str, FloatArray]
"""By name, each (replications, slots)."""

Row = tuple[str, float, FloatArray, FloatArray]
"""A measure, its threshold (nan for none), and what is divided by what."""


def detail(outcome: Outcome, by: str = "day") -> pd.DataFrame:
    """A row for each measure, threshold, queue ("" for the centre) and slot in which anything counts. by: "day", "interval" or "plan".

    Queues with segments of customers have rows for each of these too, by the name "queue / segment", and groups of agents rows of their
    occupancy by the name "agents: queues they serve".

    value: ratio of expectations over replications, with its 95 % interval low–high; mean_of_ratios: expectation of the ratio, each
    replication's slot counting the same; they differ wherever busy days are the bad ones. Shares are 0–1. Measures: the five
    definitions of service level and the share that waited at most so long, at the own target and at `WAIT_EDGES_S`; day_meets (the
    target); abandonment, unanswered, asa_s, mean_wait_s, queue_length (mean number waiting), busy_agents, and for the centre offered,
    present_agents and occupancy; where there are any, those of `journeys.TOLD`. Raises KeyError for another `by`.
    """
    slots = SLOTS[by](outcome)
    frames = [_frame(outcome, slots, queue.name, _queue(outcome, index, slots)) for index, queue in enumerate(outcome.queues)]
    frames.append(_frame(outcome, slots, "", _centre(outcome, slots)))
    frames += [_frame(outcome, slots, f"agents: {name}", _group(outcome, index, slots)) for index, name in enumerate(outcome.groups)]
    whole = {queue.name for queue in outcome.queues}
    parts = outcome.segments
    for index, line in enumerate(parts.queues if parts is not None else ()):
        if parts is not None and line.name not in whole:
            frames.append(_frame(parts, slots, line.name, _queue(parts, index, slots)))
    return pd.concat(frames, ignore_index=True)


class Slots:
    """How intervals are put together. first: of each slot."""

    def __init__(self, outcome: Outcome, first: np.ndarray):
        self.first, axis = first, outcome.axis
        self.starts = [axis.stamp(axis.interval_minutes[place]) for place in first]
        measured = np.arange(axis.n_intervals) >= outcome.warm_up
        self.seconds = np.add.reduceat(measured * (axis.step_minutes * 60.0), first)

    def sums(self, values: FloatArray | IntArray) -> FloatArray:
        """(replications, intervals, …) → (replications, slots, …)."""
        return np.add.reduceat(np.asarray(values, np.float64), self.first, axis=1)


SLOTS: dict[str, Callable[[Outcome], Slots]] = {
    "plan": lambda outcome: Slots(outcome, np.array([0])),
    "day": lambda outcome: Slots(outcome, outcome.axis.day_starts[:-1] // outcome.axis.step_minutes),
    "interval": lambda outcome: Slots(outcome, np.arange(outcome.axis.n_intervals)),
}


def _queue(outcome: Outcome, index: int, slots: Slots) -> Iterator[Row]:
    names = ("offered", "answered", "answered_in_target", "abandoned", "abandoned_in_target", "unanswered", "virtual_in_target")
    sums = {name: slots.sums(getattr(outcome, name)[:, index]) for name in (*names, "wait_s", "wait_answered_s", "busy_s")}
    target = outcome.queues[index].target
    yield from _levels(sums, target.within_s)
    if outcome.waits is not None:
        waits = slots.sums(outcome.waits[:, index])
        for number, edge_s in enumerate(WAIT_EDGES_S):
            within = waits[..., : number + 1].sum(axis=-1)
            at_edge = {"answered_in_target": within[..., ANSWERED], "abandoned_in_target": within[..., ABANDONED]}
            if edge_s != target.within_s:
                yield from _levels({**sums, **at_edge, "virtual_in_target": within[..., HOPED]}, edge_s)
            yield "waited_at_most", edge_s, within[..., :HOPED].sum(axis=-1), waits[..., :HOPED, :].sum(axis=(-2, -1))
    top, bottom = own(outcome.queues[index], sums)
    yield "day_meets", target.within_s, ((top >= target.share * bottom - 1e-9) & (bottom > 0)).astype(float), (bottom > 0).astype(float)
    yield from _plain(sums)
    if outcome.queue_s is not None:
        yield "queue_length", np.nan, slots.sums(outcome.queue_s[:, index]), _time(outcome, slots)
    yield "busy_agents", np.nan, sums["busy_s"], _time(outcome, slots)
    yield from _journey(outcome, slice(index, index + 1), slots)


def _journey(outcome: Outcome, rows: slice, slots: Slots) -> Iterator[Row]:
    """What else became of the contacts of some queues."""
    for told in journeys.known(outcome):
        sums = {name: slots.sums(getattr(outcome, name)[:, rows].sum(axis=1)) for name in journeys.counted(outcome)}
        yield told.name, np.nan, sums[told.field], _time(outcome, slots) if told.unit != "share" else told.bottom(sums, outcome)


def _levels(sums: Sums, within_s: float) -> Iterator[Row]:
    for meaning in ServiceLevel:
        definition = DEFINITIONS[meaning]
        yield f"service_level_{meaning}", within_s, definition.top(sums), definition.bottom(sums)


def _plain(sums: Sums) -> Iterator[Row]:
    ones = np.ones_like(sums["offered"])
    yield "offered", np.nan, sums["offered"], ones
    yield "abandonment", np.nan, sums["abandoned"], sums["offered"]
    yield "unanswered", np.nan, sums["unanswered"], sums["offered"]
    yield "asa_s", np.nan, sums["wait_answered_s"], sums["answered"]
    yield "mean_wait_s", np.nan, sums["wait_s"], sums["offered"]


def _centre(outcome: Outcome, slots: Slots) -> Iterator[Row]:
    """All queues together, without e-mail where somebody waits on the phone."""
    live = [i for i, queue in enumerate(outcome.queues) if queue.channel is not Channel.EMAIL] or list(range(len(outcome.queues)))
    names = ("offered", "answered", "abandoned", "unanswered", "wait_s", "wait_answered_s")
    yield from _plain({name: slots.sums(getattr(outcome, name)[:, live].sum(axis=1)) for name in names})
    present, busy = slots.sums(outcome.present_s), slots.sums(outcome.busy_s.sum(axis=1))
    yield "occupancy", np.nan, busy, present
    yield "present_agents", np.nan, present, _time(outcome, slots)
    yield from _journey(outcome, slice(None), slots)


def _group(outcome: Outcome, index: int, slots: Slots) -> Iterator[Row]:
    """Agents who serve the same queues."""
    assert outcome.group_busy_s is not None
    assert outcome.group_present_s is not None
    busy, present = (slots.sums(part[:, index]) for part in (outcome.group_busy_s, outcome.group_present_s))
    yield "occupancy", np.nan, busy, present
    yield "busy_agents", np.nan, busy, _time(outcome, slots)
    yield "present_agents", np.nan, present, _time(outcome, slots)


def _time(outcome: Outcome, slots: Slots) -> FloatArray:
    return np.broadcast_to(slots.seconds, (outcome.replications, len(slots.seconds)))


def _frame(outcome: Outcome, slots: Slots, queue: str, rows: Iterator[Row]) -> pd.DataFrame:
    parts = []
    for measure, threshold_s, top, bottom in rows:
        counts = bottom.sum(axis=0) > 0
        value, low, high, mean = (column[counts] for column in _estimates(top, bottom, outcome.volume))
        high = np.minimum(high, 1.0) if measure.startswith(SHARES) else high
        starts = [start for start, there in zip(slots.starts, counts, strict=True) if there]
        parts.append(pd.DataFrame(dict(zip(COLUMNS, (starts, queue, measure, threshold_s, value, low, high, mean), strict=True))))
    return pd.concat(parts, ignore_index=True)


def _estimates(top: FloatArray, bottom: FloatArray, volume: FloatArray | None) -> tuple[FloatArray, ...]:
    """Value, low, high and mean of ratios of each slot, (slots,); the intervals are those of `estimates.error`."""
    runs = len(top)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = top.sum(axis=0) / bottom.sum(axis=0)
        each = np.where(bottom > 0, top / bottom, np.nan)
        errors = np.nan_to_num((top - value * bottom) / bottom.mean(axis=0))
        mean = np.nansum(each, axis=0) / np.maximum(np.isfinite(each).sum(axis=0), 1)
    if runs < 2:
        return value, np.full_like(value, np.nan), np.full_like(value, np.nan), mean
    if volume is None or not np.ptp(volume) > 0:
        spread, freedom = errors.std(axis=0, ddof=1) / runs**0.5, float(runs - 1)
    else:
        steps = np.diff(errors[np.argsort(volume, kind="stable")], axis=0)
        spread, freedom = np.sqrt((steps**2).sum(axis=0) / 2 / (runs - 1) / runs), 2 * (runs - 1) ** 2 / (3 * runs - 4)
    half = float(student.ppf((1 + LEVEL) / 2, freedom)) * spread
    return value, np.minimum(np.maximum(value - half, 0.0), value), value + half, mean

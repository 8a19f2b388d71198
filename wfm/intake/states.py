"""The three states: what an interval without a row means, and the roll-up to a coarser step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wfm.intake.findings import Findings
from wfm.intake.records import Records
from wfm.intake.span import index_on
from wfm.intake.zones import Placed
from wfm.model import Calendar, HistorySource, Queue, State, TimeAxis
from wfm.model.arrays import BoolArray, FloatArray, IntArray

MEANINGS = {"zero": State.OBSERVED, "closed": State.CLOSED, "lost": State.LOST}
CHOICES = (
    'missing = "zero" (nothing came in) | "closed" (the queue was shut) | "lost" (nobody knows), in [history], or --missing of `wfm import`'
)
NAMED = 3


@dataclass(frozen=True, eq=False)
class Grid:
    """Numbers on an axis, all (queues, intervals). handled: contacts whose handle time is known; handle_total_s: of these."""

    axis: TimeAxis
    queues: tuple[str, ...]
    contacts: FloatArray
    handled: FloatArray
    handle_total_s: FloatArray
    state: IntArray


@dataclass(frozen=True)
class Meaning:
    """All that says what an interval without a row means: the queues' hours, the closures, and the scenario's word on the file."""

    queues: Sequence[Queue]
    calendar: Calendar
    source: HistorySource


def fill(axis: TimeAxis, records: Records, placed: Placed, meaning: Meaning, findings: Findings) -> Grid:
    """Sum the rows on the axis and give every interval its state. Raises HistoryError for gaps whose meaning nobody has stated.

    Only queues with rows are on the grid, in the order of `meaning.queues`; rows outside the axis are left out.
    """
    source, index = meaning.source, index_on(axis, placed)
    if source.missing is not None and source.missing not in MEANINGS:
        raise findings.stop("[history] missing", repr(source.missing), CHOICES)
    mine = np.unique(records.queue)
    queues = [meaning.queues[i] for i in mine]
    slot = np.searchsorted(mine, records.queue[placed.row]) * axis.n_intervals + index

    def summed(values: FloatArray) -> FloatArray:
        weights = np.where(index >= 0, values[placed.row] * placed.share, 0.0)
        sums = np.bincount(np.maximum(slot, 0), weights, minlength=len(mine) * axis.n_intervals)
        return sums.astype(float).reshape(len(mine), -1)

    contacts, seen = summed(records.contacts), summed(np.ones(len(records.line))) > 0
    is_open = np.stack([queue.hours.mask(axis, meaning.calendar.closed) for queue in queues])
    lost = np.array([d in source.lost for d in axis.dates])[axis.day]
    names = tuple(queue.name for queue in queues)
    if records.per_contact:
        seen = seen | _quiet(axis, seen, is_open, findings)
    state = _states(seen, contacts, is_open, lost, source)
    _note_outside(axis, names, contacts * ((state == State.OBSERVED) & ~is_open), findings)
    _settle_gaps(axis, names, is_open & ~seen & ~lost, source, findings)
    return Grid(axis, names, contacts, summed(records.handled), summed(records.handle_total_s), state)


def _quiet(axis: TimeAxis, seen: BoolArray, is_open: BoolArray, findings: Findings) -> BoolArray:
    """In a log, an open interval without a contact on a day with contacts is a quiet one, not a missing one."""
    logged = np.maximum.reduceat(seen.any(axis=0), axis.day_starts[:-1] // axis.step_minutes)
    quiet = is_open & ~seen & logged[axis.day]
    if quiet.any():
        findings.note(f"{int(quiet.sum()):,} open intervals without a contact, on days that have some, count as zero.")
    return quiet


def _states(seen: BoolArray, contacts: FloatArray, is_open: BoolArray, lost: BoolArray, source: HistorySource) -> IntArray:
    """Rows with contacts are believed whatever the hours say; rows of zeros outside the hours say nothing."""
    missing = MEANINGS[source.missing or "lost"]
    state = np.where(is_open, np.where(seen, State.OBSERVED, missing), np.where(contacts > 0, State.OBSERVED, State.CLOSED))
    return np.where(lost, State.LOST, state).astype(np.int64)


def _note_outside(axis: TimeAxis, names: Sequence[str], outside: FloatArray, findings: Findings) -> None:
    for name, contacts in zip(names, outside, strict=True):
        where = np.flatnonzero(contacts)
        if len(where):
            first = axis.stamp(axis.interval_minutes[where[0]])
            text = f"{contacts.sum():,.0f} contacts in {len(where):,} intervals outside its opening hours were kept (first {first})."
            findings.note(f"Queue {name!r}: {text}")


def _settle_gaps(axis: TimeAxis, names: Sequence[str], gaps: BoolArray, source: HistorySource, findings: Findings) -> None:
    for name, missing in zip(names, gaps, strict=True):
        if not missing.any():
            continue
        count, runs = f"{int(missing.sum()):,} open intervals without a row", _runs(axis, missing)
        if source.missing is not None:
            findings.note(f"Queue {name!r}: {count} were taken as {source.missing}, as the scenario says.")
            continue
        named = runs if len(runs) <= 2 * NAMED else [*runs[:NAMED], f"… {len(runs) - 2 * NAMED:,} more …", *runs[-NAMED:]]
        findings.fault(
            f"queue {name}", f"{count}: {', '.join(named)}", "a row for every open interval, or a word on what they mean", CHOICES
        )
    findings.check()


def _runs(axis: TimeAxis, missing: BoolArray) -> list[str]:
    """Unbroken stretches of the day, as the reader would say them."""
    where = np.flatnonzero(missing)
    broken = (np.diff(where) > 1) | (np.diff(axis.day[where]) > 0)
    spans = []
    for run in np.split(where, np.flatnonzero(broken) + 1):
        begin, end = axis.local(axis.interval_minutes[run[0]]), axis.local(axis.interval_minutes[run[-1]] + axis.step_minutes)
        spans.append(f"{begin:%Y-%m-%d %H:%M}–{end:%H:%M}")
    return spans


def roll_up(fine: Grid, axis: TimeAxis) -> Grid:
    """The same numbers at the axis's coarser step. An interval with a lost part is lost; one with an observed part is observed."""
    times = axis.step_minutes // fine.axis.step_minutes
    shape = (len(fine.queues), axis.n_intervals, times)
    state = fine.state.reshape(shape)
    rolled = np.where((state == State.OBSERVED).any(axis=2), State.OBSERVED, State.CLOSED)
    rolled = np.where((state == State.LOST).any(axis=2), State.LOST, rolled)
    contacts, handled, total_s = (array.reshape(shape).sum(axis=2) for array in (fine.contacts, fine.handled, fine.handle_total_s))
    return Grid(axis, fine.queues, contacts, handled, total_s, rolled)


def count_cut_intervals(fine: Grid, rolled: Grid) -> int:
    """Intervals of the rolled grid that are observed but hold a closed part, such as 21:00–21:05 of 21:00–21:15."""
    times = rolled.axis.step_minutes // fine.axis.step_minutes
    closed = (fine.state == State.CLOSED).reshape(len(fine.queues), rolled.axis.n_intervals, times).any(axis=2)
    return int((closed & (rolled.state == State.OBSERVED)).sum())

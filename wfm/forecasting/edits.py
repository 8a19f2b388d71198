"""What a planner changes in a forecast and decides about its history: numbers in, numbers out.

The history half makes days of the past stand as they are or teach nothing. The other half is a layer over a finished forecast, laid
anew on every refresh.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import numpy as np

from wfm.model import Edit, Flag, History, State
from wfm.model.arrays import FloatArray

CHANGES: dict[str, Callable[[float, float], float]] = {
    "set": lambda total, value: value,
    "times": lambda total, value: total * value,
    "plus": lambda total, value: max(total + value, 0.0),
}
"""Contacts of the span before the edit, value → contacts after it."""
KEEP, LEAVE_OUT = "keep", "leave_out"


def sound_change(edit: Edit) -> bool:
    """Whether the edit is a change of a forecast with a value that fits it."""
    return edit.action in CHANGES and bool(np.isfinite(edit.value)) and (edit.value >= 0 or edit.action == "plus")


def concerns(edit: Edit, queue: str) -> bool:
    return edit.queue in ("", queue)


def days_of(edit: Edit) -> frozenset[date]:
    """The dates that the span of an edit touches."""
    first, last = edit.first.date(), (edit.before - timedelta(microseconds=1)).date()
    return frozenset(first + timedelta(days=d) for d in range((last - first).days + 1))


def kept_days(edits: Sequence[Edit], queue: str) -> frozenset[date]:
    """Days of the queue's history that stand as they are."""
    return frozenset(day for edit in edits if edit.action == KEEP and concerns(edit, queue) for day in days_of(edit))


def left_out(history: History, edits: Sequence[Edit]) -> tuple[History, tuple[Flag, ...]]:
    """The history with the days that people left out as lost, and a flag for each of them that had data."""
    contacts, state, flags = np.array(history.contacts), np.array(history.state), []
    for edit in (edit for edit in edits if edit.action == LEAVE_OUT):
        which = np.isin(history.axis.day, [history.axis.day_index(day) for day in days_of(edit)])
        for row, queue in enumerate(history.queues):
            gone = which & (state[row] == State.OBSERVED)
            if concerns(edit, queue) and gone.any():
                contacts[row, gone], state[row, gone] = np.nan, State.LOST
                flags += [Flag(history.axis.dates[d], f"left out by {signed(edit)}", 0.0, queue) for d in np.unique(history.axis.day[gone])]
    if not flags:
        return history, ()
    return History(history.axis, history.queues, contacts, state, history.handle_s, history.notes), tuple(flags)


def signed(edit: Edit) -> str:
    """Who and why, in words."""
    return f"{edit.author or 'somebody'}: {edit.reason or 'no reason given'}"


def in_words(edit: Edit) -> str:
    whose = f" of {edit.queue}" if edit.queue else ""
    return f"{edit.action} {edit.value:g}{whose} from {_clock(edit.first)} to {_clock(edit.before)} by {signed(edit)}"


def _clock(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def changed(old: FloatArray, edit: Edit) -> FloatArray:
    """Means (n,) of the edit's span after it: they meet the edit exactly, spread as they were, evenly where there was nothing."""
    total = CHANGES[edit.action](float(old.sum()), edit.value)
    return old * (total / old.sum()) if old.sum() > 0 else np.full(len(old), total / len(old))


def moved(values: FloatArray, old: FloatArray, new: FloatArray) -> FloatArray:
    """Values (rows, n) by the factor of the mean; the new mean itself where there was nothing."""
    return np.where(old > 0, values * (new / np.where(old > 0, old, 1.0)), new)


def moved_counts(counts: FloatArray, old: FloatArray, new: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Counts (paths, n) by the factor of the mean, rounded up or down by chance so that their mean moves as well; Poisson from nothing."""
    rounded = np.floor(moved(counts, old, new) + rng.random(counts.shape))
    return np.where(old > 0, rounded, rng.poisson(new, counts.shape))

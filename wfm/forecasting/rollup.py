"""A history brought to the step of the axis, or refused."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

import numpy as np

from wfm.errors import Fault, HistoryError
from wfm.model import History, State, TimeAxis
from wfm.model.arrays import FloatArray

LEAST_SEEN = 0.5
"""Share of an interval's parts that must be observed for it to count as observed; it is then scaled up to the whole."""
LARGEST_COUNT = 1e9


def checked(history: History | None, axis: TimeAxis, needed: tuple[str, ...]) -> History:
    """The history at the step of the axis.

    Raises HistoryError, with every fault, where there is none, a queue is absent from it or has nothing before the axis, the time
    zones differ, or the step does not divide that of the axis.
    """
    if history is None:
        raise HistoryError([_fault(f"queue {name}", "no history", "a history, or contacts_per_hour for the queue") for name in needed])
    faults = [*_axis_faults(history, axis), *_queue_faults(history, axis, needed)]
    if faults:
        raise HistoryError(faults)
    rolled = rolled_up(history, axis.step_minutes)
    faults = [fault for name in needed for fault in _emptiness(rolled, name, axis.start)]
    if faults:
        raise HistoryError(faults)
    return rolled


def _fault(place: str, found: str, expected: str, hint: str = "") -> Fault:
    return Fault("history", place, found, expected, hint)


def _axis_faults(history: History, axis: TimeAxis) -> list[Fault]:
    faults = []
    if history.axis.timezone != axis.timezone:
        faults.append(_fault("time zone", history.axis.timezone, f"{axis.timezone}, the zone of the plan"))
    if axis.step_minutes % history.axis.step_minutes:
        step = history.axis.step_minutes
        faults.append(_fault("step", f"{step} minutes", f"a step that divides the plan's {axis.step_minutes} minutes"))
    return faults


def _queue_faults(history: History, axis: TimeAxis, needed: tuple[str, ...]) -> list[Fault]:
    faults = []
    for name in needed:
        if name in history.queues:
            faults += _count_faults(history, name, _intervals_before(history, axis.start))
        else:
            near = get_close_matches(name, history.queues, 1)
            hint = f"did you mean {near[0]}?" if near else "or give the queue contacts_per_hour"
            faults.append(_fault(f"queue {name}", "queues " + ", ".join(history.queues), "the queue in the history", hint))
    return faults


def _intervals_before(history: History, day: date) -> int:
    days = min(history.axis.days, max(0, history.axis.day_index(day)))
    return int(history.axis.day_starts[days]) // history.axis.step_minutes


def _emptiness(history: History, name: str, before: date) -> list[Fault]:
    n = _intervals_before(history, before)
    if np.any(history.state[history.queues.index(name), :n] == State.OBSERVED):
        return []
    found = f"no observed interval before {before} (history {history.axis.dates[0]} to {history.axis.dates[-1]})"
    return [_fault(f"queue {name}", found, "at least a week of observations, better six months")]


def _count_faults(history: History, name: str, n: int) -> list[Fault]:
    row = history.queues.index(name)
    counts = history.contacts[row, :n]
    wrong = np.flatnonzero((history.state[row, :n] == State.OBSERVED) & ~((counts >= 0) & (counts < LARGEST_COUNT)))
    if not len(wrong):
        return []
    place = f"queue {name}, {history.axis.stamp(int(history.axis.interval_minutes[wrong[0]]))}"
    return [_fault(place, f"{counts[wrong[0]]:g} contacts ({len(wrong)} such intervals)", f"a count from 0 to {LARGEST_COUNT:g}")]


def rolled_up(history: History, step_minutes: int) -> History:
    """The history summed to a longer step; handle times are averaged by contacts."""
    ratio = step_minutes // history.axis.step_minutes
    if ratio == 1:
        return history
    try:
        axis = TimeAxis(history.axis.start, history.axis.days, step_minutes, history.axis.timezone)
    except ValueError as error:
        raise HistoryError(_fault("step", str(error), "a step that every clock change of the history falls on")) from error
    shape = (len(history.queues), axis.n_intervals, ratio)
    state, contacts = history.state.reshape(shape), history.contacts.reshape(shape)
    observed, is_open = (state == State.OBSERVED).sum(axis=2), (state != State.CLOSED).sum(axis=2)
    enough = (observed > 0) & (observed >= LEAST_SEEN * is_open)
    total = np.nansum(contacts, axis=2) * is_open / np.maximum(observed, 1)
    rolled = np.where(enough, State.OBSERVED, np.where(is_open == 0, State.CLOSED, State.LOST))
    handle = _mean_handle(contacts, history.handle_s.reshape(shape))
    return History(axis, history.queues, np.where(enough, total, np.nan), rolled, handle, history.notes)


def _mean_handle(contacts: FloatArray, handle_s: FloatArray) -> FloatArray:
    known = np.isfinite(contacts) & np.isfinite(handle_s)
    weight = np.where(known, np.maximum(contacts, 0.0), 0.0).sum(axis=2)
    work = np.where(known, contacts * handle_s, 0.0).sum(axis=2)
    return np.where(weight > 0, work / np.where(weight > 0, weight, 1.0), np.nan)

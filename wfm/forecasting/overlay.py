"""The edits of the settings laid over the means and paths of the verb."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches

import numpy as np

from wfm.errors import Fault, ScenarioError
from wfm.forecasting.edits import CHANGES, KEEP, LEAVE_OUT, changed, concerns, in_words, moved_counts, sound_change
from wfm.forecasting.streams import stream
from wfm.forecasting.views import Horizon
from wfm.model import Edit, ForecastSettings, TimeAxis
from wfm.model.arrays import BoolArray, FloatArray

ACTIONS = (*CHANGES, KEEP, LEAVE_OUT)


def checked_edits(settings: ForecastSettings) -> tuple[Edit, ...]:
    """Raises ScenarioError with every edit that cannot be carried out."""
    names = [queue.name for queue in settings.queues]
    faults = [fault for number, edit in enumerate(settings.edits) for fault in _faults(f"edit {number}", edit, names)]
    if faults:
        raise ScenarioError(faults)
    return settings.edits


def _faults(place: str, edit: Edit, names: list[str]) -> Iterator[Fault]:
    if edit.action not in (KEEP, LEAVE_OUT) and not sound_change(edit):
        yield Fault("", place, f"{edit.action} {edit.value}", f"one of {', '.join(ACTIONS)}, and a number from 0")
    if edit.queue and edit.queue not in names:
        near = get_close_matches(edit.queue, names, 1)
        yield Fault("", place, f"queue {edit.queue}", "one of " + ", ".join(names), f"did you mean {near[0]}?" if near else "")
    if edit.action in ("set", "plus") and not edit.queue and len(names) > 1:
        yield Fault(
            "", place, f"{edit.action} without a queue", "the queue whose contacts are meant", "only a factor can be for all queues"
        )
    if not edit.first < edit.before:
        yield Fault("", place, f"{edit.first} to {edit.before}", "a span that ends after it begins")


def laid_over(
    settings: ForecastSettings, axis: TimeAxis, horizons: list[Horizon], mean: FloatArray, paths: FloatArray
) -> tuple[FloatArray, FloatArray, list[str]]:
    """Means (queues, intervals) and paths (paths, queues, intervals) with the edits in their order, and a note for each that fell in.

    An edit outside the axis was or will be for another plan, and is passed over.
    """
    mean, paths, notes = mean.copy(), paths.copy(), []
    for number, edit in enumerate(settings.edits):
        within = _span(axis, edit)
        if edit.action not in CHANGES or not within.any():
            continue
        found = False
        for row, queue in enumerate(settings.queues):
            which = within & horizons[row].is_open
            if concerns(edit, queue.name) and which.any():
                old = mean[row, which]
                new = changed(old, edit)
                rng = stream(settings.seed, f"edit {number}", queue.name)
                mean[row, which], paths[:, row, which] = new, moved_counts(paths[:, row, which], old, new, rng)
                found = True
        notes.append(f"{'edited' if found else 'edit of closed hours, without effect'}: {in_words(edit)}")
    return mean, paths, notes


def _span(axis: TimeAxis, edit: Edit) -> BoolArray:
    """Intervals that start inside the edit's local span."""
    local = np.array(axis.dates, "datetime64[m]")[axis.day] + axis.wall_minute.astype("timedelta64[m]")
    first, before = (np.datetime64(_naive(moment), "m") for moment in (edit.first, edit.before))
    return np.asarray((local >= first) & (local < before))


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)

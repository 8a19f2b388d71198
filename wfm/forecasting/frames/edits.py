"""The planner's changes as a layer over a forecast: made anew on every refresh, never mixed into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from wfm.errors import Fault, HistoryError
from wfm.forecasting.edits import changed, in_words, moved, moved_counts, sound_change
from wfm.forecasting.frames.forecast_frame import FrameForecast
from wfm.forecasting.streams import stream
from wfm.model import Edit


def edited(forecast: FrameForecast, edits: Sequence[Edit]) -> FrameForecast:
    """The forecast with the edits in their order. The mean of a span meets an edit exactly, spread as it was (evenly where it was 0).

    first and before of an edit are times as the forecast's index has them. Quantiles and paths move by the same factor, so the doubt
    stays. An edit whose span has no interval is told in the caveats. Raises HistoryError with every edit that is no change of a forecast.
    """
    faults = [
        Fault("", f"edit {i}", f"{e.action} {e.value}", "set, times or plus, and a number from 0")
        for i, e in enumerate(edits)
        if not sound_change(e)
    ]
    if faults:
        raise HistoryError(faults)
    for number, edit in enumerate(edits):
        forecast = _one(forecast, edit, number)
    return forecast


def _one(forecast: FrameForecast, edit: Edit, number: int) -> FrameForecast:
    index = forecast.mean.index
    which = np.asarray((index >= edit.first) & (index < edit.before))
    if not which.any():
        return replace(forecast, caveats=(*forecast.caveats, f"edit without an interval in the forecast: {in_words(edit)}"))
    old = forecast.mean.to_numpy()[which]
    new = changed(old, edit)
    mean = forecast.mean.copy()
    mean[which] = new
    quantiles = forecast.quantiles.copy()
    quantiles.loc[which] = moved(quantiles.to_numpy()[which].T, old, new).T
    paths = forecast.paths.copy()
    paths[:, which] = moved_counts(paths[:, which], old, new, stream(number, "edit"))
    return replace(forecast, mean=mean, quantiles=quantiles, paths=paths, caveats=(*forecast.caveats, f"edited: {in_words(edit)}"))

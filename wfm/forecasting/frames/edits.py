"""The planner's changes as a layer over a forecast: made anew on every refresh, never mixed into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.frames.forecast_frame import FrameForecast
from wfm.model.arrays import FloatArray


@dataclass(frozen=True)
class Edit:
    """What a person changed. action: "set" (contacts of the whole span), "times" (a factor) or "plus" (contacts over the span).

    first, before: the span, a day or some of its intervals, as the forecast's index has its times. author, reason: for the reader.
    """

    first: pd.Timestamp
    before: pd.Timestamp
    action: str
    value: float
    author: str = ""
    reason: str = ""


ACTIONS: dict[str, Callable[[float, float], float]] = {
    "set": lambda total, value: value,
    "times": lambda total, value: total * value,
    "plus": lambda total, value: max(total + value, 0.0),
}
"""Contacts of the span before the edit, value → contacts after it."""


def edited(forecast: FrameForecast, edits: Sequence[Edit]) -> FrameForecast:
    """The forecast with the edits in their order. The mean of a span meets an edit exactly, spread as it was (evenly where it was 0).

    Quantiles and paths move by the same factor, so the doubt stays. An edit whose span has no interval is told in the caveats.
    Raises HistoryError with every edit that is none.
    """
    faults = [
        Fault("", f"edit {i}", f"{e.action} {e.value}", "set, times or plus, and a number from 0")
        for i, e in enumerate(edits)
        if not _sound(e)
    ]
    if faults:
        raise HistoryError(faults)
    for edit in edits:
        forecast = _one(forecast, edit)
    return forecast


def _sound(edit: Edit) -> bool:
    return edit.action in ACTIONS and bool(np.isfinite(edit.value)) and (edit.value >= 0 or edit.action == "plus")


def _one(forecast: FrameForecast, edit: Edit) -> FrameForecast:
    index = forecast.mean.index
    which = np.asarray((index >= edit.first) & (index < edit.before))
    who, why = edit.author or "somebody", edit.reason or "no reason given"
    words = f"{edit.action} {edit.value:g} from {edit.first} to {edit.before} by {who}: {why}"
    if not which.any():
        return replace(forecast, caveats=(*forecast.caveats, f"edit without an interval in the forecast: {words}"))
    old = forecast.mean.to_numpy()[which]
    total = ACTIONS[edit.action](float(old.sum()), edit.value)
    new = old * (total / old.sum()) if old.sum() > 0 else np.full(len(old), total / len(old))
    mean = forecast.mean.copy()
    mean[which] = new
    quantiles = forecast.quantiles.copy()
    quantiles.loc[which] = _moved(quantiles.to_numpy()[which].T, old, new).T
    paths = forecast.paths.copy()
    paths[:, which] = np.round(_moved(paths[:, which], old, new))
    return replace(forecast, mean=mean, quantiles=quantiles, paths=paths, caveats=(*forecast.caveats, f"edited: {words}"))


def _moved(values: FloatArray, old: FloatArray, new: FloatArray) -> FloatArray:
    """Values (rows, intervals) by the factor of the mean; the new mean itself where there was nothing."""
    return np.where(old > 0, values * (new / np.where(old > 0, old, 1.0)), new)

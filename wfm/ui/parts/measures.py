"""Simulated measures by day, computed by the report's own ratios from a run's day totals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from wfm.model import WAIT_EDGES_S, Summary
from wfm.report import words
from wfm.report.nobody import nobody_came
from wfm.report.ratios import RATIOS, Ratio
from wfm.report.totals import ADDITIVE, CENTRE, WAITED
from wfm.ui.parts.simulation_figures import Interval

_NAMED = {ratio.name: ratio for ratio in RATIOS}


def by_day(totals: pd.DataFrame, name: str, queue: str, days: Sequence[str]) -> Interval:
    """(value, low, high) of a measure, each (days,); queue "" is the whole centre. Days on which nothing came are nan."""
    ratio = _NAMED[name]
    rows = totals if queue == CENTRE else totals[totals["queue"] == queue]
    table = rows[rows["day"] != ""].groupby(["day", "replication"], sort=True)[list(ADDITIVE)].sum()
    value, low, high = np.array([_on(table, ratio, day) for day in days]).reshape(len(days), 3).T
    return value, low, high


def _on(table: pd.DataFrame, ratio: Ratio, day: str) -> tuple[float, float, float]:
    if day not in table.index:
        return (np.nan, np.nan, np.nan)
    sums = table.loc[day]
    columns = {column: sums[column].to_numpy(float) for column in ADDITIVE}
    if not ratio.bottom(columns).sum() > 0:
        return (np.nan, np.nan, np.nan)
    estimate = ratio.estimate(columns)
    return estimate.value, estimate.low, estimate.high


def definition(name: str) -> str:
    """The definition of a measure."""
    return f"{_NAMED[name].label}: {_NAMED[name].words}."


def waits(totals: pd.DataFrame, queues: Sequence[str]) -> tuple[Sequence[float], dict[str, np.ndarray]]:
    """Upper edges in seconds, and the share of each queue's answered or abandoned contacts between them."""
    sums = totals.groupby("queue")[list(WAITED)].sum()
    shares = {queue: sums.loc[queue].to_numpy(float) / max(float(sums.loc[queue].sum()), 1.0) for queue in queues}
    return WAIT_EDGES_S, shares


def table(summary: Summary, queues: Sequence[str]) -> None:
    """Every measure of the centre and these queues, with its definition."""
    empty = nobody_came(summary.measures)
    rows = [
        {
            "Queue": measure.queue or "whole centre",
            "Measure": words.label(measure),
            "Value": words.shown(measure, empty),
            "95 % interval": words.spread(measure, empty) or "exact",
            "Definition": measure.definition,
        }
        for measure in summary.measures
        if measure.queue in ("", *queues)
    ]
    with st.expander("Every measure with its definition"):
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Every measure with its interval and definition")

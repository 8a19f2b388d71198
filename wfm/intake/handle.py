"""Handle times, total or average, from one column or from talk, hold and wrap → total seconds and how many contacts they belong to."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from wfm.intake.amounts import read_seconds
from wfm.intake.findings import Findings
from wfm.intake.headers import Columns
from wfm.model.arrays import FloatArray, IntArray

MAX_MEAN_S = 7 * 86400.0
MEAN_PARTS = ("talk_mean_s", "hold_mean_s", "wrap_mean_s")
TOTAL_PARTS = ("talk_total_s", "hold_total_s", "wrap_total_s")


def read_handle(
    cells: pd.DataFrame, lines: IntArray, columns: Columns, per: FloatArray, separator: str, findings: Findings
) -> tuple[FloatArray, FloatArray]:
    """(contacts whose handle time is known, their total in seconds), both (rows,). per: contacts that the row's handle time is about."""

    def seconds(name: str) -> FloatArray:
        return read_seconds(cells[columns.at[name]], lines, columns.name(name), separator, columns.unit_s.get(name, 1.0), findings)

    total = _total(columns, seconds, per, findings)
    known = np.isfinite(total) & (per > 0)
    mean = np.where(known, total, 0) / np.where(known, per, 1)
    absurd = known & (mean > MAX_MEAN_S)
    if absurd.any():
        text = [f"{m:,.0f} s per contact" for m in mean[absurd]]
        findings.rows(lines[absurd], text, "handle time", "at most 7 days per contact", "a total read as an average, or another unit?")
    return np.where(known, per, 0.0), np.where(known, total, 0.0)


def _total(columns: Columns, seconds: Callable[[str], FloatArray], per: FloatArray, findings: Findings) -> FloatArray:
    if "handle_total_s" in columns.at:
        findings.note(f"Handle time: column {columns.name('handle_total_s')!r}, a total per row.")
        return seconds("handle_total_s")
    if "handle_mean_s" in columns.at:
        findings.note(f"Handle time: column {columns.name('handle_mean_s')!r}, an average per contact.")
        return seconds("handle_mean_s") * per
    if "handle_s" in columns.at:
        return _told_apart(seconds("handle_s"), per, columns.name("handle_s"), findings)
    for parts, meaning, factor in ((TOTAL_PARTS, "totals", np.ones_like(per)), (MEAN_PARTS, "averages", per)):
        present = [name for name in parts if name in columns.at]
        if present:
            named = " + ".join(repr(columns.name(name)) for name in present)
            findings.note(f"Handle time: {named}, {meaning}.")
            return np.asarray(np.sum([seconds(name) for name in present], axis=0) * factor)
    findings.note("The file has no handle times under a known header.")
    return np.full(len(per), np.nan)


def _told_apart(value: FloatArray, per: FloatArray, column: str, findings: Findings) -> FloatArray:
    """Total or average, where the header does not say: averages vary less than totals when the number of contacts varies."""
    good = np.isfinite(value) & (value > 0) & (per > 0)
    spread = [float(np.std(np.log(v))) for v in (value[good], value[good] / per[good])] if good.any() else [0.0, 0.0]
    is_total = spread[1] < spread[0]
    meaning = "a total per row" if is_total else "an average per contact"
    findings.note(f"Handle time: column {column!r} does not say whether it is a total or an average; the numbers look like {meaning}.")
    return value if is_total else value * per

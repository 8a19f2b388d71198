"""A comparison as a table people can read: values, differences with their intervals, and the training flag."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from wfm.report import Comparison, words
from wfm.report.comparison import Row
from wfm.report.estimates import Estimate
from wfm.report.figures import CONFIG, comparison_chart
from wfm.report.nobody import NONE
from wfm.ui.parts.text import plain

MARKS = {"more": "▲", "less": "▼", "same": "=", "no difference shown": "≈"}
CENTRE = "Whole centre"


def show(found: Comparison) -> None:
    """Flags first, then the table of the centre or one queue, then what the reader must know."""
    for flag in found.flags:
        st.warning(plain(flag.text), icon=":material/school:")
    st.caption("Compared on the same simulated days." if found.paired else "Compared as independent runs; the notes below say why.")
    chart = comparison_chart(found)
    st.plotly_chart(chart, config=CONFIG, key="compared service", alt="Service level of each plan and queue with its interval")
    queues = [CENTRE, *dict.fromkeys(row.queue for row in found.rows if row.queue)]
    queue = st.segmented_control("Figures of", queues, default=CENTRE, required=True, key=f"compare queue {len(queues)}")
    rows = table(found, "" if queue == CENTRE else queue)
    shown = rows.drop(columns="Definition").map(plain).rename(columns=plain)  # cells that wrap, so that nothing is cut off
    st.table(shown, border="horizontal", hide_index=True, alt="Plans side by side with differences from the first")
    st.caption(
        "▲ more and ▼ less than in the first plan, beyond what chance explains; ≈ no difference shown; = exactly the same. "
        "In brackets: the 95 % interval of the difference."
    )
    with st.expander("What each figure means"):
        meaning = rows[["Measure", "Definition"]].map(plain)
        st.table(meaning, border="horizontal", hide_index=True, alt="Definition of each figure")
    for note in found.notes:
        st.text(f"• {note}")
    st.download_button(
        "Download as CSV",
        lambda: found.table().to_csv(index=False),
        "comparison.csv",
        "text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def table(found: Comparison, queue: str) -> pd.DataFrame:
    """A row for each measure; each run's value, and each later run's difference from the first."""
    return pd.DataFrame([_line(found, row) for row in found.rows if row.queue == queue])


def _line(found: Comparison, row: Row) -> dict[str, str]:
    line = {"Measure": row.label}
    for i, run in enumerate(found.runs):
        line[run] = value(found, row, i)
        if i:
            line[f"{run}: difference"] = differs(found, row, i, judged(row, i))
    return {**line, "Definition": row.definition}


def value(found: Comparison, row: Row, run: int) -> str:
    """A run's figure; a dash where nobody came, so that there is none."""
    return NONE if found.says_nothing(row, run) else words.figure(row.values[run].value, row.unit)


def differs(found: Comparison, row: Row, run: int, said: str = "") -> str:
    """A run's difference from the first, and what is said of it; a dash where one of them has no figure."""
    if found.says_nothing(row, 0) or found.says_nothing(row, run):
        return NONE
    return difference(row.differences[run], row.unit, row.verdict(run)) + said


def difference(estimate: Estimate, unit: str, verdict: str) -> str:
    """A difference with its mark, its sign, its unit and, where it is not exact, its interval; shares in percentage points."""
    if verdict == "same":
        return MARKS[verdict]
    if not math.isfinite(estimate.value):
        return NONE
    between = f" ({signed(estimate.low, unit)} to {signed(estimate.high, unit)})" if estimate.low < estimate.high else ""
    return f"{MARKS[verdict]} {signed(estimate.value, unit)}{between} {'points' if unit == 'share' else unit}"


def judged(row: Row, run: int) -> str:
    """Whether the difference is for the better, where more or less of this measure is."""
    sign = {"more": 1, "less": -1}.get(row.verdict(run), 0) * row.better
    return {1: ", better", -1: ", worse"}.get(sign, "")


def signed(value: float, unit: str) -> str:
    """A difference with its sign, as many decimals as it takes to see it."""
    value = value * 100 if unit == "share" else value
    decimals = 0 if abs(value) >= 1000 else 1 if abs(value) >= 0.05 or value == 0 else 3
    return f"{value:+,.{decimals}f}".replace("-", "−")

"""The trace of the simulation in the loop: a small table and a picture."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import streamlit as st

from wfm.model import LoopStep, Measure
from wfm.report import figures
from wfm.report.looped import LoopRow, loop_rows
from wfm.report.nobody import NONE, says_nothing
from wfm.ui.parts import style


def show(steps: Sequence[LoopStep], shares: Mapping[str, float], empty: Collection[str]) -> None:
    """Nothing where there was no loop. shares: targets by queue, of those known. empty: queues to which nobody came."""
    if not steps:
        return
    st.subheader(
        "Simulation in the loop",
        help="Each roster was simulated, the requirement raised where a queue missed its target and lowered where it surely had more, "
        "and the roster mended to suit. The days that steered the loop are others than those of the figures above.",
    )
    rows = loop_rows(steps)
    st.dataframe(
        pd.DataFrame([_cells(row, empty) for row in rows]), hide_index=True, row_height=36, alt="Every roster of the loop with its service"
    )
    with st.expander("What was corrected where"):
        for row in rows:
            st.markdown(f"After roster {row.step.number}:")
            st.text("\n".join(row.then))
    if len(steps) > 1:
        trace = figures.loop_trace(steps, shares, empty)
        st.plotly_chart(trace, config=style.CONFIG, key="loop", alt="Service level of every roster of the loop")


def _cells(row: LoopRow, empty: Collection[str]) -> dict[str, str]:
    name = f"{row.step.number}, the plan" if row.step.chosen else str(row.step.number)
    corrected = f"{row.step.raised} up, {row.step.lowered} down"
    return {
        "Roster": name,
        "Paid hours": f"{row.step.paid_hours:,.1f}",
        **{f"{measure.queue}: service level": _service(measure, empty) for measure in row.service},
        "Then corrected (queue-hours)": corrected,
    }


def _service(measure: Measure, empty: Collection[str]) -> str:
    if measure.value != measure.value or says_nothing(measure, empty):
        return NONE
    return f"{measure.value:.1%} ({measure.low:.1%}–{measure.high:.1%})"

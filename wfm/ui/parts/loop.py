"""The trace of the simulation in the loop: a small table and a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from wfm.model import LoopStep, Measure
from wfm.report import figures
from wfm.report.looped import LoopRow, loop_rows
from wfm.ui.parts import style


def show(steps: Sequence[LoopStep], shares: Mapping[str, float]) -> None:
    """Nothing where there was no loop. shares: targets by queue, of those known."""
    if not steps:
        return
    st.subheader(
        "Simulation in the loop",
        help="Each roster was simulated, the requirement raised where a queue missed its target and lowered where it surely had more, "
        "and the roster mended to suit. The days that steered the loop are others than those of the figures above.",
    )
    rows = loop_rows(steps)
    st.dataframe(
        pd.DataFrame([_cells(row) for row in rows]), hide_index=True, row_height=36, alt="Every roster of the loop with its service"
    )
    with st.expander("What was corrected where"):
        for row in rows:
            st.markdown(f"After roster {row.step.number}:")
            st.text("\n".join(row.then))
    if len(steps) > 1:
        st.plotly_chart(figures.loop_trace(steps, shares), config=style.CONFIG, key="loop", alt="Service level of every roster of the loop")


def _cells(row: LoopRow) -> dict[str, str]:
    name = f"{row.step.number}, the plan" if row.step.chosen else str(row.step.number)
    corrected = f"{row.step.raised} up, {row.step.lowered} down"
    return {
        "Roster": name,
        "Paid hours": f"{row.step.paid_hours:,.1f}",
        **{f"{measure.queue}: service level": _service(measure) for measure in row.service},
        "Then corrected (queue-hours)": corrected,
    }


def _service(measure: Measure) -> str:
    if measure.value != measure.value:
        return "–"
    return f"{measure.value:.1%} ({measure.low:.1%}–{measure.high:.1%})"

"""A mended plan beside the one it was made from: what the service does, what it costs, what changed, and the roster to take away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from wfm.errors import InputError
from wfm.report import Comparison
from wfm.report.comparison import Row
from wfm.ui import runs
from wfm.ui.parts import comparison, downloads

MEASURES = ("service_level", "abandonment", "asa_s")
WHOLE = ("under_cover_hours", "paid_hours", "cost")
MOST_LINES = 60


def show(before: str, after: str) -> None:
    """Names of run folders. Nothing where one of them has gone."""
    run = runs.view(after)
    if run is None:
        return
    with st.container(border=True):
        st.success("The mended plan is ready: it is the one shown now, marked as mended at the side.", icon=":material/check_circle:")
        try:
            found = runs.compared((before, after))
        except InputError:
            st.caption("The plan it was made from is no longer there to compare with.")
        else:
            st.table(table(found), border="horizontal", hide_index=True, alt="Service, hours and cost, as published and mended")
            st.caption(
                "In brackets: the 95 % interval of the difference, over the same simulated customers. "
                "Hours and cost are those of the roster: what the absent are paid while away is not among them."
            )
        changes = [str(line) for line in run.run.manifest.get("repaired", ())]
        with st.expander(f"What was changed ({len(changes)})"):
            more = [f"and {len(changes) - MOST_LINES} more"] if len(changes) > MOST_LINES else []
            st.text("\n".join([*changes[:MOST_LINES], *more]))
        downloads.roster(run)


def table(found: Comparison) -> pd.DataFrame:
    """A row for each queue's service and for hours and cost of the whole plan."""
    simulated = [row for name in MEASURES for row in found.rows if row.measure == name and row.queue]
    wanted = [*simulated, *(row for name in WHOLE for row in found.rows if row.measure == name and not row.queue)]
    return pd.DataFrame(
        {
            "Figure": f"{row.queue}: {row.label}" if row.queue else row.label,
            "As published": comparison.value(found, row, 0),
            "Mended": comparison.value(found, row, 1),
            "Difference": _difference(found, row),
        }
        for row in wanted
    )


def _difference(found: Comparison, row: Row) -> str:
    said = comparison.judged(row, 1) if row.queue else ""  # fewer paid hours are no gain where people are ill
    return comparison.differs(found, row, 1, said)

"""The training ledger: what was demanded, what the roster gives, what is lost and what is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

_HOURS = ("planned", "delivered", "cancelled", "owed")
_HELP = {
    "planned": "Attendee-hours the scenario demands",
    "delivered": "Attendee-hours placed in the roster",
    "cancelled": "Attendee-hours that nobody can give any more: their window has ended",
    "owed": "Attendee-hours still to be placed after this plan",
}


def show(rows: Sequence[Mapping[str, Any]]) -> None:
    """rows: activity, kind, planned, delivered, cancelled, owed (hours)."""
    st.subheader("Training ledger", help="Off-queue work is demand, not slack: every hour that was asked for is accounted for here.")
    if not rows:
        st.caption("This scenario asks for no training, coaching or meetings.")
        return
    st.caption(verdict(rows))
    columns = {name: st.column_config.NumberColumn(f"{name.capitalize()} (h)", format="%.1f", help=_HELP[name]) for name in _HOURS}
    columns |= {"activity": st.column_config.TextColumn("Activity"), "kind": st.column_config.TextColumn("Kind")}
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, column_config=columns, alt="Training ledger: hours planned, delivered, cancelled and owed"
    )


def verdict(rows: Sequence[Mapping[str, Any]]) -> str:
    """One sentence: is every hour kept?"""
    planned, delivered, cancelled, owed = (sum(float(row[name]) for row in rows) for name in _HOURS)
    if cancelled < 0.01 and owed < 0.01:
        return f"All {planned:.1f} hours demanded are in the roster."
    return f"{delivered:.1f} of {planned:.1f} hours are in the roster; {cancelled:.1f} h cancelled, {owed:.1f} h still owed."

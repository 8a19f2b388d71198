"""The ledger of off-queue work: what was demanded, what the roster gives, what is lost and what is owed."""

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
    help_ = "Training, coaching, meetings and other work off the queues is demand, not slack: every hour asked for is accounted for here."
    st.subheader("Off-queue work", help=help_)
    if not rows:
        st.caption("This scenario asks for no training, coaching or meetings.")
        return
    st.caption(verdict(rows))
    columns = {name: st.column_config.NumberColumn(f"{name.capitalize()} (h)", format="%.1f", help=_HELP[name]) for name in _HOURS}
    columns |= {"activity": st.column_config.TextColumn("Activity"), "kind": st.column_config.TextColumn("Kind")}
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, column_config=columns, alt="Off-queue work: hours planned, delivered, cancelled and owed"
    )


def verdict(rows: Sequence[Mapping[str, Any]]) -> str:
    """One sentence: is every hour kept?"""
    planned, delivered, cancelled, owed = (sum(float(row[name]) for row in rows) for name in _HOURS)
    if cancelled < 0.01 and owed < 0.01:
        return f"All {planned:.1f} hours demanded are in the roster: {split(rows)}."
    lost = f"{cancelled:.1f} h cancelled, {owed:.1f} h still owed"
    return f"{delivered:.1f} of {planned:.1f} hours are in the roster: {split(rows)}; {lost}."


def split(rows: Sequence[Mapping[str, Any]]) -> str:
    """Hours in the roster by what they are for; training with coaching is the figure named *Training delivered*."""
    hours: dict[str, float] = {}
    for row in rows:
        name = "training and coaching" if row["kind"] in ("training", "coaching") else f"{row['kind']}"
        hours[name] = hours.get(name, 0.0) + float(row["delivered"])
    return ", ".join(f"{value:.1f} h {name}" for name, value in sorted(hours.items(), key=lambda item: -item[1]))

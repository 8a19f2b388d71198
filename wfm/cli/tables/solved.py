"""A roster, before it is simulated."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.cli.tables.base import say
from wfm.model import Solved


def show_solved(solved: Solved, written: Sequence[str]) -> None:
    parts = ", ".join(f"{name} {price:,.0f}" for name, price in solved.cost_parts.items())
    say(
        [
            f"roster: {len(solved.roster.shifts):,} shifts, {solved.reason}",
            f"price {solved.objective:,.0f} ({parts}), proven bound {solved.bound:,.0f}, gap {solved.gap:.1%}",
            *(f"note: {note}" for note in solved.notes),
            *(f"wrote {path}" for path in written),
        ]
    )

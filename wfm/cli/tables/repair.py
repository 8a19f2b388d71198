"""A repair, a swap and newcomers, in words and tables."""

from __future__ import annotations

from pathlib import Path

from scheduling import Repaired, Swap, WhatIf
from wfm.cli.tables.base import say, table
from wfm.model import Measure, Result

MOST_CHANGES = 60


def show_repaired(done: Repaired, result: Result, out: Path) -> None:
    """Every change, what was paid, and the service of the mended roster."""
    told = [change.text for change in done.changes[:MOST_CHANGES]]
    more = len(done.changes) - len(told)
    parts = ", ".join(f"{name} {price:,.0f}" for name, price in done.solved.cost_parts.items())
    say(
        [
            f"{len(done.changes)} days changed" if len(done.changes) != 1 else "1 day changed",
            *told,
            *([f"and {more} more"] if more else []),
            f"price {done.solved.objective:,.0f} ({parts})",
            *(f"overtime to offer: {offer.text}" for offer in done.offers),
            *(f"service level of {m.queue}: {m.value:.1%} ({m.low:.1%} – {m.high:.1%})" for m in _service(result)),
            f"wrote {out}",
        ]
    )


def _service(result: Result) -> list[Measure]:
    return [m for m in result.summary.measures if m.name == "service_level" and m.queue] if result.summary else []


def show_swap(swap: Swap) -> None:
    """Whether the swap may be, what it breaks, and what it does."""
    broken = [f"{v.agent}{', ' + v.day if v.day else ''}: {v.text} [{v.rule}]" for v in swap.violations]
    say(["allowed: no rule is broken" if swap.allowed else "not allowed:", *broken])
    if swap.price and swap.short_hours:
        say(
            [
                f"price {swap.price[0]:,.1f} → {swap.price[1]:,.1f}",
                f"agent-hours short {swap.short_hours[0]:,.1f} → {swap.short_hours[1]:,.1f}",
            ]
        )


def show_hires(found: WhatIf) -> None:
    """A line for each number of newcomers."""
    rows = [
        [
            str(row.count),
            f"{row.bound:,.0f}",
            f"{row.price:,.0f}",
            f"{row.saved[0]:,.0f} – {row.saved[1]:,.0f}",
            f"{row.short_hours[0]:,.1f} – {row.short_hours[1]:,.1f}",
        ]
        for row in found.rows
    ]
    title = f"Newcomers of contract {found.contract} for {', '.join(found.skills)}"
    table(title, ["newcomers", "least price", "price at most", "saves", "agent-hours short"], rows)

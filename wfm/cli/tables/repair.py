"""A repair, a swap and newcomers, in words and tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from scheduling import Hire, Repaired, Swap, WhatIf
from scheduling.rules.base import say as say_day
from wfm.cli.tables.base import say, table
from wfm.model import Result
from wfm.report.nobody import nobody_came
from wfm.report.words import told

MOST_CHANGES = 60
UNIT = "units of price, as under_price in the scenario: what an agent-hour short counts"


def show_repaired(done: Repaired, result: Result, out: Path, notes: Sequence[str] = ()) -> None:
    """Every change, what was paid, and the service of the mended roster; notes: on what was asked."""
    lines = [change.text for change in done.changes[:MOST_CHANGES]]
    more = len(done.changes) - len(lines)
    parts = ", ".join(f"{name} {price:,.0f}" for name, price in done.solved.cost_parts.items())
    say(
        [
            f"{len(done.changes)} days changed" if len(done.changes) != 1 else "1 day changed",
            *lines,
            *([f"and {more} more"] if more else []),
            *(f"note: {note}" for note in notes),
            f"price of the roster: {done.solved.objective:,.0f} ({parts}; {UNIT})",
            *(f"overtime to offer: {offer.text}" for offer in done.offers),
            *_service(result),
            f"wrote {out}",
        ]
    )


def _service(result: Result) -> list[str]:
    measures = result.summary.measures if result.summary else ()
    empty = nobody_came(measures)
    found = [m for m in measures if m.name == "service_level" and m.queue]
    return [f"service level of {m.queue}: {told(m, empty)}" for m in found]


def show_swap(swap: Swap) -> None:
    """Whether the swap may be, what it breaks, and what it does."""
    broken = [f"{v.agent}{', ' + say_day(date.fromisoformat(v.day)) if v.day else ''}: {v.text} [{v.rule}]" for v in swap.violations]
    say(["allowed: no rule is broken" if swap.allowed else "not allowed:", *broken])
    if swap.price and swap.short_hours:
        say(
            [
                f"agent-hours short in the whole plan: {swap.short_hours[0]:,.1f} → {swap.short_hours[1]:,.1f}",
                f"price of the roster: {swap.price[0]:,.1f} → {swap.price[1]:,.1f} ({UNIT})",
            ]
        )


HIRES = ["newcomers", "saves, by bound", "saves, found", "saving proven", "hours short, least", "found"]
HIRES_SAID = (
    "by bound: today's proven least price less the one with them; nothing that a search missed is in it, but it is an estimate",
    "found: today's roster less the same with them added, nobody else's shifts changed; planning anew may save more",
    "proven: what the best roster with them saves against the best without lies in between; a minus: they cost more than they save",
)


def show_hires(found: WhatIf) -> None:
    """A line for each number of newcomers, like compared with like, and what each column says."""
    if not found.rows:
        return
    table(f"Newcomers of contract {found.contract} for {', '.join(found.skills)}", HIRES, [_hire(row) for row in found.rows])
    today = found.rows[0]
    missed = today.price - today.bound
    say(
        [
            *HIRES_SAID,
            f"today's roster costs {today.price:,.0f}, none costs less than {today.bound:,.0f}: {missed:,.0f} may be the search's",
        ]
    )
    say([f"in {UNIT}"])


def _hire(row: Hire) -> list[str]:
    short = [f"{hours:,.1f}" for hours in row.short_hours]
    if not row.count:
        return ["0 (today)", "–", "–", "–", *short]
    low, high = row.saved
    proven = f"{low:,.0f}" if round(low) == round(high) else f"{low:,.0f} … {high:,.0f}"
    return [str(row.count), f"{row.saved_by_bound:,.0f}", f"{row.saved_found:,.0f}", proven, *short]

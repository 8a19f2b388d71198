"""The simulation in the loop as rows: what every roster gave, and what was corrected then, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from wfm.model import Correction, LoopStep, Measure

NO_OTHER = "no better roster came of it: the loop ends here"
MOST = 3  # stretches of a queue that are named


@dataclass(frozen=True)
class LoopRow:
    """A roster tried. then: what was corrected after it, a line for each queue; ("nothing: …",) where the loop ended."""

    step: LoopStep
    service: tuple[Measure, ...]
    then: tuple[str, ...]


def loop_rows(steps: Sequence[LoopStep]) -> list[LoopRow]:
    """A row for each roster of the trace."""
    rows = [LoopRow(step, step.service, _then(step)) for step in steps]
    if rows and (steps[-1].raised or steps[-1].lowered):
        rows[-1] = LoopRow(steps[-1], steps[-1].service, (*rows[-1].then, NO_OTHER))
    return rows


def _then(step: LoopStep) -> tuple[str, ...]:
    if not step.corrections:
        told = f"{step.raised} queue-hours raised, {step.lowered} lowered"
        return (told if step.raised or step.lowered else "nothing: the loop ends here",)
    queues = dict.fromkeys(one.queue for one in step.corrections)
    return tuple(_of_queue(queue, [one for one in step.corrections if one.queue == queue]) for queue in queues)


def _of_queue(queue: str, corrections: list[Correction]) -> str:
    """The largest stretches of a queue, and how many more there are."""
    largest = sorted(corrections, key=lambda one: (-abs(one.agent_hours), one.start))[:MOST]
    more = len(corrections) - len(largest)
    named = ", ".join(_stretch(one) for one in sorted(largest, key=lambda one: one.start))
    return f"{queue}: {_total(corrections)} agent-hours ({named}{f' and {more} more' if more else ''})"


def _total(corrections: Iterable[Correction]) -> str:
    up = sum(one.agent_hours for one in corrections if one.agent_hours > 0)
    down = sum(one.agent_hours for one in corrections if one.agent_hours < 0)
    return " and ".join(f"{hours:+,.1f}".replace("-", "−") for hours in (up, down) if hours)


def _stretch(one: Correction) -> str:
    first, last = datetime.fromisoformat(one.start), datetime.fromisoformat(one.end)
    hours = f"{one.agent_hours:+,.1f}".replace("-", "−")
    return f"{first:%a} {first.day} {first:%b} {first:%H:%M}–{last:%H:%M} {hours}"

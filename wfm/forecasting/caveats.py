"""What the reader of a forecast has to know: thin or old history, hours nobody has measured, days that were not taken as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from wfm.forecasting.views import Flag, Past, Task

LEAST_DAYS = 14
LONGEST_GAP_DAYS = 14
FLAGS_TOLD = 12
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def history_caveats(task: Task) -> list[str]:
    """Where the history is too short, too old, or silent about hours that are to be open."""
    past, start = task.past, task.horizon.axis.start
    seen, notes = int(past.seen.sum()), []
    if seen < LEAST_DAYS and past.days < LEAST_DAYS:
        notes.append(f"only {seen} days of history: weekdays and bands are little more than a guess; two weeks are the least")
    last = date.fromordinal(int(past.ordinals[past.seen][-1]))
    if (start - last).days > LONGEST_GAP_DAYS:
        notes.append(f"the history ends on {last}, {(start - last).days} days before the forecast starts")
    return [*notes, *_unmeasured(task)]


def _unmeasured(task: Task) -> list[str]:
    """Weekdays, or hours of a weekday, that the plan opens and the history has never seen."""
    axis, observed = task.horizon.axis, _observed(task.past)
    unknown = task.horizon.is_open & ~task.horizon.spread(observed)
    notes = []
    for weekday in range(7):
        slots = np.unique(task.horizon.slot[unknown & (axis.weekday[axis.day] == weekday)])
        if not len(slots):
            continue
        if not observed[weekday].any():
            notes.append(f"no {WEEKDAYS[weekday]} in the history: its forecast is a guess from the other days")
        else:
            first, last = (f"{m // 60:02d}:{m % 60:02d}" for m in (slots[0] * axis.step_minutes, (slots[-1] + 1) * axis.step_minutes))
            which = f"{len(slots)} intervals between {first} and {last}"
            notes.append(
                f"{WEEKDAYS[weekday]}: {which} are open but were never observed; forecast like the same time of other days or the nearest"
            )
    return notes


def _observed(past: Past) -> np.ndarray:
    """Whether each slot of each weekday was ever observed, (7, slots)."""
    known = np.isfinite(past.counts)
    return np.stack([known[past.weekday == weekday].any(axis=0) for weekday in range(7)])


def told(flags: Sequence[Flag]) -> list[str]:
    """The latest flags in words, and how many came before them."""
    latest = [f"{flag.day}: {flag.reason}" for flag in flags[-FLAGS_TOLD:]]
    earlier = len(flags) - len(latest)
    return [f"before {flags[-FLAGS_TOLD].day} {earlier} more days were not taken as they stand", *latest] if earlier else latest

"""What people know about a forecast that no history tells: events, and edits of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Event:
    """Days on which something known happens: a campaign, a price letter. impact: factor on the day, None to learn it from past days.

    queues: names of the queues it moves, empty for all.
    """

    name: str
    days: frozenset[date]
    impact: float | None = None
    queues: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Edit:
    """What a person decided.

    action, on the forecast of the span: "set" (contacts of the whole span), "times" (a factor), "plus" (contacts over the span); on
    the days of the history that the span touches: "keep" (they stand as they are, whatever the cleaning thinks of them) or "leave_out"
    (they teach nothing).
    first, before: local times of the centre. value: 0 for the last two. author, reason: for the reader. queue: "" for all.
    """

    first: datetime
    before: datetime
    action: str
    value: float = 0.0
    author: str = ""
    reason: str = ""
    queue: str = ""

"""Dates, spans of dates and moments, in ISO form only."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from wfm.scenario_file.wrong import wrong

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST_DAYS = 3660
FIRST_YEAR, LAST_YEAR = 1950, 2150
Moment = tuple[date, int]
Span = tuple[date, date]


def day(value: Any) -> date:
    """A date, unquoted or as "2026-03-02". Raises Wrong."""
    found = value if isinstance(value, date) and not isinstance(value, datetime) else _iso(value) if isinstance(value, str) else None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise wrong(value, f"a date as YYYY-MM-DD, {FIRST_YEAR} to {LAST_YEAR}")
    return found


def span(value: Any) -> Span:
    """One date, or "2026-12-24..2026-12-31" with both ends included. Raises Wrong."""
    if not (isinstance(value, str) and ".." in value):
        return day(value), day(value)
    first, last = (_iso(part.strip()) for part in value.split("..", 1))
    if first is None or last is None or not 0 <= (last - first).days <= LONGEST_DAYS:
        raise wrong(value, 'a date as YYYY-MM-DD, or a span "YYYY-MM-DD..YYYY-MM-DD" whose end does not lie before its start')
    return first, last


def write_span(value: Span) -> date | str:
    first, last = value
    return first if first == last else f"{first}..{last}"


def days_of(spans: list[Span]) -> frozenset[date]:
    return frozenset(first + timedelta(days=i) for first, last in spans for i in range((last - first).days + 1))


def moment(value: Any) -> Moment:
    """Local date and minute of the day, from "2026-03-03T10:00" or a TOML local date-time. Raises Wrong."""
    found = value
    if isinstance(value, str):
        try:
            found = datetime.strptime(value.strip().replace(" ", "T"), "%Y-%m-%dT%H:%M")
        except ValueError:
            found = None
    if not isinstance(found, datetime) or found.tzinfo is not None or found.second or found.microsecond:
        raise wrong(value, 'local date and time as "2026-03-03T10:00", without a UTC offset')
    return found.date(), found.hour * 60 + found.minute


def write_moment(value: Moment) -> str:
    on, minute = value
    return f"{on}T{minute // 60:02d}:{minute % 60:02d}"


def _iso(text: str) -> date | None:
    if not ISO.fullmatch(text.strip()):
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None

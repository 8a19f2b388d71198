"""The words of rotas: weekends off, patterns of weeks, successions of shifts, stamps of worked time."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from wfm.model.axis import DAY_MINUTES
from wfm.scenario_file.durations import clock, write_clock
from wfm.scenario_file.wrong import Part, Wrong, shown, wrong

OFF, ANY = "off", "any"
MOST_WEEKENDS = 6
WEEKENDS = re.compile(r"\s*(\d+)\s*(?:of|in|/)\s*(\d+)\s*", re.IGNORECASE)
PATTERN = f'weeks of seven entries, Monday first, each "{OFF}", "{ANY}" or a shift: "early, early, late, late, any, off, off"'
PAIR = 'a pair of shifts such as "night > early", of which the second may not follow on the next day'
Stamp = tuple[date | None, int]


def weekends(value: Any) -> tuple[int, int]:
    """(free, of) from "1 of 3". Raises Wrong."""
    match = WEEKENDS.fullmatch(value) if isinstance(value, str) else None
    free, of = (int(match[1]), int(match[2])) if match else (-1, 0)
    if not 0 <= free <= of <= MOST_WEEKENDS or of == 0:
        raise wrong(value, f'weekends off such as "1 of 3", of {MOST_WEEKENDS} at most')
    return free, of


def write_weekends(value: tuple[int, int]) -> str:
    return f"{value[0]} of {value[1]}"


def pattern(value: Any) -> tuple[tuple[str, ...], ...]:
    """Weeks that repeat, each a text parted by commas or a list of seven. Raises Wrong."""
    weeks = [value] if isinstance(value, str) else value
    if not isinstance(weeks, list) or not weeks:
        raise wrong(value, PATTERN)
    return tuple(_week(week, f"[{i}]" if weeks is value else "") for i, week in enumerate(weeks))


def _week(value: Any, at: str) -> tuple[str, ...]:
    entries = value.split(",") if isinstance(value, str) else value
    if not isinstance(entries, list) or not all(isinstance(entry, str) and entry.strip() for entry in entries):
        raise wrong(value, PATTERN, at=at)
    if len(entries) != 7:
        raise wrong(f"{len(entries)} entries", "seven entries for a week, Monday first", at=at)
    return tuple(entry.strip() for entry in entries)


def write_pattern(value: tuple[tuple[str, ...], ...]) -> list[str]:
    return [", ".join(week) for week in value]


def successions(value: Any) -> tuple[tuple[str, str], ...]:
    """Pairs of shifts from ["night > early", …]. Raises Wrong with every one that is none."""
    if not isinstance(value, list) or not value:
        raise wrong(value, f"a list of {PAIR}")
    pairs = [[part.strip() for part in text.split(">")] if isinstance(text, str) else [] for text in value]
    bad = [i for i, pair in enumerate(pairs) if len(pair) != 2 or not all(pair)]
    if bad:
        raise Wrong(*(Part(shown(value[i]), PAIR, _as_pair(value[i]), f"[{i}]") for i in bad))
    return tuple((before, after) for before, after in pairs)


def _as_pair(value: Any) -> str:
    """How two names in a list are meant to be written."""
    two = isinstance(value, list) and len(value) == 2 and all(isinstance(name, str) for name in value)
    return f'write "{value[0]} > {value[1]}"' if two else ""


def write_successions(value: tuple[tuple[str, str], ...]) -> list[str]:
    return [f"{before} > {after}" for before, after in value]


def stamp(value: Any) -> Stamp:
    """(date, minute) of "2026-03-02T22:00" with or without a UTC offset, (None, minute) of "22:00". Raises Wrong."""
    if not isinstance(value, str) or len(value) <= 5:
        return None, clock(value)
    try:
        local = datetime.fromisoformat(value.strip())
    except ValueError:
        raise wrong(value, 'a time of day such as "22:00", or a stamp such as "2026-03-02T22:00"') from None
    return local.date(), local.hour * 60 + local.minute


def write_stamp(value: Stamp) -> str:
    day, minute = value
    return write_clock(minute) if day is None else f"{day}T{write_clock(minute)}"


def wall_minutes(day: date, start: Stamp, end: Stamp) -> tuple[int, int]:
    """Wall-clock minutes after midnight of `day`; an end without a date that is not after the start lies on the day after."""
    begin, until = (minute + (0 if on is None else (on - day).days * DAY_MINUTES) for on, minute in (start, end))
    return begin, until + DAY_MINUTES if end[0] is None and until <= begin else until


def amount(value: Any) -> float:
    """A price from a number, or from text (a CSV cell). Raises Wrong."""
    try:
        found = float(value.replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, TypeError):
        found = -1.0
    if isinstance(value, bool) or not 0 <= found <= 1e9:
        raise wrong(value, "a number of at least 0")
    return found

"""Durations and times of day as people write them: "20s", "4m", "8h30m", "4:30", "08:00"."""

from __future__ import annotations

import math
import re
from datetime import time
from typing import Any

from wfm.scenario_file.wrong import wrong

PIECE = re.compile(r"(\d+(?:\.\d+)?)\s*(hours?|h|minutes?|min|m|seconds?|sec|s)\s*", re.IGNORECASE)
UNIT_S = {"h": 3600, "m": 60, "s": 1}
COLONS = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
DAY_S = 86400
LONGEST_S = 30 * DAY_S


def seconds(value: Any) -> float:
    """Seconds of a number of seconds or of "20s", "4m", "1h30m", "mm:ss", "h:mm:ss". Raises Wrong."""
    found = _seconds(value, colons=True)
    if found is None or not 0 < found <= LONGEST_S:
        raise wrong(value, 'a duration above 0, in seconds or as "20s", "4m", "1h30m", "mm:ss"')
    return found


def seconds_or_zero(value: Any) -> float:
    """As `seconds`, but 0 is allowed. Raises Wrong."""
    return 0.0 if _is_number(value) and value == 0 else seconds(value)


def patience(value: Any) -> float | None:
    """As `seconds`; "never" for customers who never hang up. Raises Wrong."""
    return None if value is None or value == "never" else seconds(value)


def minutes(value: Any) -> int:
    """Whole minutes of a number of minutes or of "45m", "1h30m". Raises Wrong."""
    found = value * 60 if _is_number(value) else _seconds(value)
    return _whole_minutes(value, found, 1, 'whole minutes, at least 1, as a number or as "45m", "1h30m"')


def length(value: Any) -> int:
    """Minutes of a shift length: a number of hours, or "8h30m", "510m". Raises Wrong."""
    found = value * 3600 if _is_number(value) else _seconds(value)
    hint = f'a plain number means hours; write "{value}m" for minutes' if _is_number(value) and 24 < value <= 1440 else ""
    return _whole_minutes(value, found, 1, 'a length of at most 24 hours, above 0: hours as a number, or "8h30m", "510m"', hint)


def offset(value: Any) -> int:
    """Minutes after the start of a shift, from "3h", "150m" or 0. Raises Wrong."""
    expected = 'a time after the start of the shift with its unit, such as "3h" or "150m"'
    if _is_number(value) and value != 0:
        raise wrong(value, expected, f'write "{value}m" or "{value}h"')
    return _whole_minutes(value, 0 if _is_number(value) else _seconds(value), 0, expected)


def clock(value: Any) -> int:
    """Minutes after midnight of "08:00" (up to "24:00") or of a TOML local time. Raises Wrong."""
    if isinstance(value, time) and value.second == value.microsecond == 0:
        return value.hour * 60 + value.minute
    match = CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    minute = int(match[1]) * 60 + int(match[2]) if match else -1
    if not 0 <= minute <= 1440:
        raise wrong(value, 'a time of day such as "08:00"')
    return minute


def write_clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def write_minutes(minutes: int) -> str:
    """The shortest spelling that `length` and `offset` read back, such as "8h30m"."""
    hours, rest = divmod(minutes, 60)
    return (f"{hours}h" if hours else "") + (f"{rest}m" if rest or not hours else "")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _seconds(value: Any, colons: bool = False) -> float | None:
    if _is_number(value):
        return float(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if colons and (match := COLONS.fullmatch(text)):
        return float(int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3]))
    pieces = PIECE.findall(text)
    if not pieces or PIECE.sub("", text):
        return None
    return math.fsum(float(number) * UNIT_S[unit[0].lower()] for number, unit in pieces)


def _whole_minutes(value: Any, found_s: float | None, least: int, expected: str, hint: str = "") -> int:
    if found_s is None or not least * 60 <= found_s <= DAY_S or abs(found_s / 60 - round(found_s / 60)) > 1e-9:
        raise wrong(value, expected, hint)
    return round(found_s / 60)

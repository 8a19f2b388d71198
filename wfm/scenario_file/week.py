"""The week: day names, opening hours and availability.

The grammar is the same everywhere: days ("mon-fri", "sat, sun", "daily") and spans ("08:00-12:00, 13:00-17:00", "24h", "closed").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from wfm.model import OpeningHours
from wfm.model.axis import DAY_MINUTES
from wfm.scenario_file.durations import clock, write_clock
from wfm.scenario_file.wrong import Part, Wrong, near, shown, wrong

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONG = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBER = {name: i for names in (DAYS, LONG) for i, name in enumerate(names)}
WHOLE_DAY = (0, 2 * DAY_MINUTES)
SPANS = 'spans such as "08:00-20:00" or "08:00-12:00, 13:00-17:00", "24h" or "closed"'
ROW = re.compile(r"\s*([^\W\d][^\d]*?)\s*((?:\d|24h|closed).*)?", re.IGNORECASE | re.DOTALL)
Span = tuple[int, int]


def weekdays(value: Any) -> tuple[bool, ...]:
    """Seven flags, Monday first, of "mon-fri", "sat, sun", "daily" or a list of such. Raises Wrong."""
    texts = value if isinstance(value, list | tuple) else [value]
    if not texts or not all(isinstance(text, str) for text in texts):
        raise wrong(value, 'days such as "mon-fri" or ["sat", "sun"]')
    chosen = {number for text in texts for number in _days(text)}
    return tuple(number in chosen for number in range(7))


def write_weekdays(flags: Sequence[bool]) -> str:
    return ", ".join(_day_runs({n: True for n, on in enumerate(flags) if on})) if not all(flags) else "daily"


def opening(value: Any) -> OpeningHours:
    """Opening hours from "24/7", "mon-fri 08:00-20:00; sat 09:00-14:00" or the table {mon-fri = "08:00-20:00", …}. Raises Wrong.

    A span past midnight runs on into the next day. Spans of several rows for one day are added; overlapping ones are a fault.
    """
    if isinstance(value, str) and value.strip().lower() in ("24/7", "always"):
        return OpeningHours.always()
    week: list[list[Span]] = [[] for _ in range(7)]
    for number, begin, end in _rows(value):
        week[number].append((begin, min(end, DAY_MINUTES)))
        if end > DAY_MINUTES:
            week[(number + 1) % 7].append((0, end - DAY_MINUTES))
    if overlaps := {number: text for number, spans in enumerate(week) if (text := _overlap(spans))}:
        raise Wrong(*(Part(f"{text} on {days}", "spans that do not overlap") for days, text in _day_runs(overlaps).items()))
    if not any(week):
        raise wrong(value, "at least one opening span in the week")
    return OpeningHours(tuple(_joined(spans) for spans in week))


def write_opening(hours: OpeningHours) -> str | dict[str, str]:
    if hours == OpeningHours.always():
        return "24/7"
    texts = {n: ", ".join(f"{write_clock(a)}-{write_clock(b)}" for a, b in spans) for n, spans in enumerate(hours.week) if spans}
    return _day_runs(texts)


def available(value: Any) -> tuple[Span | None, ...]:
    """Per weekday (earliest start, latest end) or None, from "always" or "mon-fri 08:00-18:00; sat". Raises Wrong.

    Days without a time are available from morning to the end of the following night; a day that is not named is never worked.
    """
    if isinstance(value, str) and value.strip().lower() in ("always", "24/7"):
        return (WHOLE_DAY,) * 7
    week: list[Span | None] = [None] * 7
    for number, begin, end in _rows(value, bare=WHOLE_DAY):
        if week[number] is not None:
            raise wrong(value, f"one span per day; {DAYS[number]} stands twice")
        week[number] = (begin, end)
    if not any(week):
        raise wrong(value, 'at least one day, such as "mon-fri 08:00-18:00"')
    return tuple(week)


def write_available(week: Sequence[Span | None]) -> str:
    if all(span == WHOLE_DAY for span in week):
        return "always"
    texts = {n: "" if span == WHOLE_DAY else _written(span) for n, span in enumerate(week) if span}
    return "; ".join(f"{days} {text}".strip() for days, text in _day_runs(texts).items())


def window(value: Any) -> Span:
    """One span inside a day, such as "09:00-17:00". Raises Wrong."""
    if isinstance(value, str) and len(spans := _spans(value)) == 1 and spans[0][1] <= DAY_MINUTES:
        return spans[0]
    raise wrong(value, 'one span inside the day, such as "09:00-17:00"')


def write_window(span: Span) -> str:
    return f"{write_clock(span[0])}-{write_clock(span[1])}"


def _written(span: Span) -> str:
    return f"{write_clock(span[0])}-{write_clock(span[1] if span[1] <= DAY_MINUTES else span[1] - DAY_MINUTES)}"


def _rows(value: Any, bare: Span | None = None) -> Iterator[tuple[int, int, int]]:
    """(weekday, from, to) of every row of a table or text. `bare` stands for days without a span. Raises Wrong with all faults."""
    parts: list[Part] = []
    for at, days, spans in _texts(value):
        try:
            found = (bare,) if bare and not spans.strip() else _spans(spans)
            yield from ((number, *span) for number in _days(days) for span in found)
        except Wrong as error:
            parts += [Part(part.found, part.expected, part.hint, at) for part in error.parts]
    if parts:
        raise Wrong(*parts)


def _texts(value: Any) -> list[tuple[str, str, str]]:
    """(place, days, spans) as written."""
    if isinstance(value, dict) and value:
        odd = [Part(shown(spans), SPANS, at=f".{days}") for days, spans in value.items() if not isinstance(spans, str)]
        if odd:
            raise Wrong(*odd)
        return [(f".{days}", days, spans) for days, spans in value.items()]
    if not isinstance(value, str) or not value.strip():
        raise wrong(value, 'opening times such as {mon-fri = "08:00-20:00"}, "mon-fri 08:00-20:00; sat 09:00-14:00" or "24/7"')
    matches = [(row, ROW.fullmatch(row.strip())) for row in value.split(";") if row.strip()]
    odd = [Part(shown(row.strip()), 'days and spans such as "mon-fri 08:00-20:00"') for row, match in matches if match is None]
    if odd:
        raise Wrong(*odd)
    return [("", match[1], match[2] or "") for _, match in matches if match]


def _days(text: str) -> list[int]:
    if text.strip().lower() in ("daily", "all"):
        return list(range(7))
    found: list[int] = []
    for piece in text.lower().replace("–", "-").split(","):  # people paste dashes
        ends = [NUMBER.get(name.strip(), -1) for name in piece.split("-")]
        if len(ends) > 2 or -1 in ends:
            raise wrong(text, "days such as mon, mon-fri, sat-sun or daily", near(text.strip(), DAYS))
        found += [(ends[0] + i) % 7 for i in range((ends[-1] - ends[0]) % 7 + 1)]
    return found


def _spans(text: str) -> tuple[Span, ...]:
    if text.strip().lower() in ("closed", "24h"):
        return () if text.strip().lower() == "closed" else ((0, DAY_MINUTES),)
    spans = []
    for piece in text.replace("–", "-").split(","):
        ends = piece.split("-")
        if len(ends) != 2:
            raise wrong(text, SPANS)
        begin, end = clock(ends[0]), clock(ends[1])
        if begin in (end, DAY_MINUTES):
            raise wrong(piece.strip(), "a span that ends after it starts")
        spans.append((begin, end if end > begin else end + DAY_MINUTES))
    return tuple(spans)


def _overlap(spans: list[Span]) -> str:
    """The first two spans of a day that overlap, in words."""
    spans.sort()
    return next((f"{write_window(one)} and {write_window(two)}" for one, two in pairwise(spans) if two[0] < one[1]), "")


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Spans that touch become one."""
    joined: list[Span] = []
    for begin, end in spans:
        if joined and joined[-1][1] == begin:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def _day_runs(values: dict[int, Any]) -> dict[str, Any]:
    """Neighbouring days with the same value as one key, such as mon-fri."""
    runs: list[list[int]] = []
    for number in sorted(values):
        if runs and runs[-1][-1] == number - 1 and values[number] == values[runs[-1][0]]:
            runs[-1].append(number)
        else:
            runs.append([number])
    return {DAYS[run[0]] if len(run) == 1 else f"{DAYS[run[0]]}-{DAYS[run[-1]]}": values[run[0]] for run in runs}

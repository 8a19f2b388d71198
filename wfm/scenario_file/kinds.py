"""The types of the keys: how a value is read, written back and told in the reference."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

import holidays
from pydantic import Field, PlainSerializer, PlainValidator

from wfm.model import OpeningHours
from wfm.scenario_file import dates, durations, week
from wfm.scenario_file.wrong import near, wrong

NAME_LENGTH = 64
TITLE_LENGTH = 100
NAME_EXTRAS = " _.-'’"


@dataclass(frozen=True)
class Words:
    """What the reference says about a type."""

    text: str


def kind(read: Callable[[Any], Any], words: str, write: Callable[[Any], Any] | None = None) -> tuple[Any, ...]:
    writer = (PlainSerializer(lambda value: None if value is None else write(value)),) if write else ()
    return (PlainValidator(read), *writer, Words(words))


def name(value: Any) -> str:
    """A name that is safe in files, tables and spreadsheets. Raises Wrong."""
    text = unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else ""
    fits = 0 < len(text) <= NAME_LENGTH and all(unicodedata.category(c)[0] in "LMN" or c in NAME_EXTRAS for c in text)
    if not fits or unicodedata.category(text[0])[0] not in "LN":
        raise wrong(value, f"a name of 1–{NAME_LENGTH} letters, digits, spaces or _ . - ' that starts with a letter or digit")
    return text


def title(value: Any) -> str:
    """Free text on one line that no spreadsheet takes for a formula. Raises Wrong."""
    text = value.strip() if isinstance(value, str) else ""
    if not 0 < len(text) <= TITLE_LENGTH or not text.isprintable() or text[0] in "=+-@":
        raise wrong(value, f"one line of 1–{TITLE_LENGTH} characters that does not start with = + - or @")
    return text


def word(value: Any) -> str:
    """The name of a method or policy: lower-case letters, digits and _. Raises Wrong."""
    if not (isinstance(value, str) and value.isascii() and value.isidentifier() and value == value.lower()):
        raise wrong(value, "the name of a method: lower-case letters, digits and _")
    return value


def zone(value: Any) -> str:
    """An IANA time zone. Raises Wrong."""
    if not isinstance(value, str) or value not in _zones():
        raise wrong(value, 'an IANA time zone such as "Europe/Berlin"', near(str(value), _zones()))
    return value


def country(value: Any) -> str:
    """A country as the holidays library spells it. Raises Wrong."""
    if not isinstance(value, str) or value not in holidays.list_supported_countries():
        raise wrong(value, 'a two-letter country code such as "DE"', near(str(value).upper(), holidays.list_supported_countries()))
    return value


def currency(value: Any) -> str:
    if not (isinstance(value, str) and len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()):
        raise wrong(value, 'a currency code of three capital letters such as "EUR"')
    return value


def skills(value: Any) -> tuple[str, ...]:
    """Queue names from a list, or from text parted by | or ; or , (a CSV cell). Raises Wrong."""
    pieces = value
    if isinstance(value, str):
        bar = next((c for c in "|;," if c in value), None)
        pieces = [piece.strip() for piece in (value.split(bar) if bar else [value]) if piece.strip()]
    if not isinstance(pieces, list | tuple) or not pieces or not all(isinstance(piece, str) for piece in pieces):
        raise wrong(value, 'a list of queue names such as ["calls", "chat"], or "all"')
    return tuple(unicodedata.normalize("NFC", piece) for piece in pieces)


def attendees(value: Any) -> tuple[str, ...]:
    """ "all", or a list of names of agents, groups and contracts. Raises Wrong."""
    if value == "all":
        return ("all",)
    if not isinstance(value, list) or not value or not all(isinstance(piece, str) for piece in value):
        raise wrong(value, '"all" or a list of names of agents, groups or contracts')
    return tuple(unicodedata.normalize("NFC", piece) for piece in value)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


Name = Annotated[str, *kind(name, f"name of up to {NAME_LENGTH} characters")]
Title = Annotated[str, *kind(title, f"text on one line, up to {TITLE_LENGTH} characters")]
Word = Annotated[str, *kind(word, "name of a method")]
Zone = Annotated[str, *kind(zone, 'time zone, such as "Europe/Berlin"')]
Country = Annotated[str, *kind(country, 'country code, such as "DE"')]
Currency = Annotated[str, *kind(currency, 'currency code, such as "EUR"')]
Skills = Annotated[tuple[str, ...], *kind(skills, 'list of queue names, or "all"', list)]
Attendees = Annotated[
    tuple[str, ...], *kind(attendees, '"all" or list of agents, groups, contracts', lambda v: "all" if v == ("all",) else list(v))
]
Day = Annotated[date, *kind(dates.day, "date, 2026-03-02")]
DaySpan = Annotated[dates.Span, *kind(dates.span, 'date or "from..to"', dates.write_span)]
Moment = Annotated[dates.Moment, *kind(dates.moment, '"2026-03-03T10:00"', dates.write_moment)]
Clock = Annotated[int, *kind(durations.clock, 'time of day, "08:00"', durations.write_clock)]
Window = Annotated[week.Span, *kind(week.window, 'span of the day, "09:00-17:00"', week.write_window)]
Opening = Annotated[OpeningHours, *kind(week.opening, '"24/7", table of days and spans, or text', week.write_opening)]
Weekdays = Annotated[tuple[bool, ...], *kind(week.weekdays, 'days, "mon-fri" or ["sat", "sun"]', week.write_weekdays)]
Available = Annotated[
    tuple[week.Span | None, ...], *kind(week.available, 'days and times, "mon-fri 08:00-18:00; sat"', week.write_available)
]
Seconds = Annotated[float, *kind(durations.seconds, 'seconds, or "20s", "4m", "mm:ss", above 0 up to 30 days')]
SecondsOrZero = Annotated[float, *kind(durations.seconds_or_zero, 'seconds, or "20s", "4m", "4h", "mm:ss", up to 30 days')]
Patience = Annotated[float | None, *kind(durations.patience, 'seconds, or "2m", up to 30 days, or "never"', lambda v: v)]
Minutes = Annotated[int, *kind(durations.minutes, 'minutes, or "1h30m"')]
Length = Annotated[int, *kind(durations.length, 'hours, or "8h30m"', durations.write_minutes)]
Offset = Annotated[int, *kind(durations.offset, '"3h" or "150m"', durations.write_minutes)]
Share = Annotated[float, Field(ge=0, lt=1), Words("share, 0 to below 1")]
Chance = Annotated[float, Field(gt=0, lt=1), Words("share, above 0 and below 1")]
Price = Annotated[float, Field(ge=0, le=1e9), Words("number, from 0 up to 1,000,000,000")]

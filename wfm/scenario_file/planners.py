"""What people know, from a document without faults: closures, events, edits and imported forecasts as nouns."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import holidays
from pydantic import ValidationError

from wfm.model import Calendar, Edit, Event, TimeAxis
from wfm.scenario_file.dates import days_of
from wfm.scenario_file.document import Document
from wfm.scenario_file.imported import Imported, read_imported
from wfm.scenario_file.tables.forecast import EditTable

YEARS_BACK = 10
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


def calendar(centre: Any, axis: TimeAxis) -> Calendar:
    """Closures, those of public holidays among them where they shut the centre."""
    closed = days_of(centre.closed)
    if centre.public_holidays == "closed":
        years = range(axis.dates[0].year - YEARS_BACK, axis.dates[-1].year + 1)
        closed |= frozenset(holidays.country_holidays(centre.country, subdiv=centre.region, years=years))
    return Calendar(closed, centre.country, centre.region)


def imported(document: Document, axis: TimeAxis) -> Imported:
    """The imported forecast where the method asks for it; nothing, and no fault, where it does not."""
    table, run = document.one("forecast"), document.one("run")
    if table.imported is None or run.forecast_method != "imported":
        return Imported()
    hours = {queue.name: queue.open for _, queue in document.good("queue")}
    return read_imported(Path(table.imported), table.imported, hours, calendar(document.one("centre"), axis).closed, axis)


def events(document: Document, axis: TimeAxis) -> tuple[Event, ...]:
    """Monthly ones on every month from ten years before the plan to its end."""
    return tuple(
        Event(table.name, days_of(table.days) | _monthly(table, axis), table.impact, frozenset(table.queues))
        for _, table in document.good("event")
    )


def _monthly(table: Any, axis: TimeAxis) -> frozenset[date]:
    last = axis.dates[-1]
    months = [(year, month) for year in range(axis.start.year - YEARS_BACK, last.year + 1) for month in range(1, 13)]
    days = (date(year, month, min(day, monthrange(year, month)[1])) for year, month in months for day in table.monthly)
    return frozenset(moved for day in days if (moved := _moved(day, table.weekend)) <= last)


def _moved(day: date, weekend: str) -> date:
    if weekend == "stay" or day.weekday() <= FRIDAY:
        return day
    return day + timedelta(days=FRIDAY - day.weekday() if weekend == "before" else SUNDAY + 1 - day.weekday())


def edits(document: Document) -> tuple[Edit, ...]:
    """One for each day of a span, in the order of the document."""
    return tuple(edit for _, table in document.good("edit") for edit in _each_day(table))


def _each_day(table: Any) -> Iterator[Edit]:
    for day in sorted(days_of([table.day])):
        midnight = datetime(day.year, day.month, day.day)
        first, before = (midnight + timedelta(minutes=minute) for minute in table.hours)
        yield Edit(first, before, table.action, table.value or 0.0, table.author or "", table.reason or "", table.queue or "")


def edit_key(row: Mapping[str, Any]) -> str:
    """The same text for two rows that mean the same edit, however they are written."""
    try:
        return str(EditTable.model_validate(dict(row)))
    except ValidationError:
        return str(sorted(row.items()))

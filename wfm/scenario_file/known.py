"""What is known of people's single days: locks, shifts worked before the plan, wishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from wfm.model import Agent, Lock, PastShift, ShiftTemplate, TimeAxis, Wish, WishKind
from wfm.scenario_file.dates import days_of
from wfm.scenario_file.document import Document
from wfm.scenario_file.rotas import ANY, OFF, wall_minutes


def known_days(document: Document, people: tuple[Agent, ...], axis: TimeAxis, shifts: tuple[ShiftTemplate, ...]) -> tuple[Agent, ...]:
    """The people with their locks, history and wishes."""
    fast, past, liked = locks(document), history(document, axis, shifts), wishes(document)
    return tuple(
        replace(p, locks=fast.get(p.name, ()), history=past.get(p.name, ()), wishes=liked.get(p.name, ()))
        if p.name in fast or p.name in past or p.name in liked
        else p
        for p in people
    )


def locks(document: Document) -> dict[str, tuple[Lock, ...]]:
    return _by_agent((row.agent, _lock(row)) for _, row in document.good("lock"))


def _lock(row: Any) -> Lock:
    return Lock(row.day, off=True) if row.shift == OFF else Lock(row.day, "" if row.shift == ANY else row.shift, row.start, row.length)


def wishes(document: Document) -> dict[str, tuple[Wish, ...]]:
    found = ((row, _meant(row)) for _, row in document.good("wish"))
    return _by_agent((row.agent, _wish(row, meant)) for row, meant in found if meant or not row.first)


def _meant(row: Any) -> frozenset[date]:
    """The dates of a wish, none where it is about every week."""
    span = days_of([(row.first, row.last or row.first)]) if row.first else frozenset()
    return frozenset(day for day in span if row.weekdays[day.weekday()])


def _wish(row: Any, meant: frozenset[date]) -> Wish:
    return Wish(WishKind(row.kind), row.price, meant, row.weekdays, *(row.between or (0, 1440)))


def history(document: Document, axis: TimeAxis, shifts: tuple[ShiftTemplate, ...]) -> dict[str, tuple[PastShift, ...]]:
    """Shifts before the plan by agent, put together from their parts."""
    tables = [activity for _, activity in document.good("activity")] + [rest for _, t in document.good("shift") for rest in t.breaks]
    unpaid = {table.name for table in tables if not table.paid}
    parts: dict[tuple[str, date], list[Any]] = defaultdict(list)
    for _, row in document.good("worked"):
        if row.day < axis.dates[0]:
            parts[row.agent, row.day].append(row)
    return _by_agent((agent, _past(day, rows, unpaid, shifts)) for (agent, day), rows in sorted(parts.items()))


def _past(day: date, rows: list[Any], unpaid: set[str], shifts: tuple[ShiftTemplate, ...]) -> PastShift:
    spans = [wall_minutes(day, row.start, row.end) for row in rows]
    begin, end = min(start for start, _ in spans), max(until for _, until in spans)
    name = next((row.shift for row in rows if row.shift), None) or _template(begin, end - begin, shifts)
    whole = next((shift for shift in shifts if shift.name == name), None)
    if len(rows) == 1 and whole is not None:  # a whole shift in one row has its breaks inside
        return PastShift(day, begin, end, max(whole.paid_minutes(end - begin), 0), name)
    paid = sum(until - start for row, (start, until) in zip(rows, spans, strict=True) if row.activity not in unpaid)
    return PastShift(day, begin, end, paid, name)


def _template(begin: int, length: int, shifts: tuple[ShiftTemplate, ...]) -> str:
    """The first shift with this start and length, "" for none."""
    return next((shift.name for shift in shifts if begin in shift.starts() and length in shift.lengths), "")


def _by_agent(pairs: Iterable[tuple[str, Any]]) -> dict[str, tuple[Any, ...]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for agent, one in pairs:
        found[agent].append(one)
    return {agent: tuple(ones) for agent, ones in found.items()}

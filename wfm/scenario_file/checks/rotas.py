"""Checks of patterns, successions, locks, wishes and shifts worked before the plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wfm.errors import Fault
from wfm.scenario_file.document import Document
from wfm.scenario_file.persons import own_hours, persons
from wfm.scenario_file.places import Loc
from wfm.scenario_file.rotas import ANY, OFF, wall_minutes, write_stamp
from wfm.scenario_file.wrong import near, shown

LONGEST_SHIFT = 1440


def rules_name_shifts(document: Document) -> Iterator[Fault]:
    """Patterns and successions speak of shifts of the contract; one that is wrong at several places of a contract is told once."""
    for loc, contract in document.good("contract") if "shift" not in document.unread else ():
        known = _shifts_of(document, contract)
        places: list[tuple[Loc, tuple[str, ...], tuple[str, ...]]]
        places = [(("forbidden_next",), pair, known) for pair in contract.forbidden_next or ()]
        places += [(("pattern", i), week, (*known, OFF, ANY)) for i, week in enumerate(contract.pattern or ())]
        told = set[str]()
        for place, names, able in places:
            for name in dict.fromkeys(names):
                if name not in able and name not in told:
                    yield document.fault((*loc, *place), shown(name), "a shift of the contract", near(name, able))
                told.add(name)


def _shifts_of(document: Document, contract: Any) -> tuple[str, ...]:
    """Names that a contract may speak of; where its own list has a wrong one, which is told there, any shift may have been meant."""
    if contract.shifts is None:
        return tuple(document.names("shift"))
    wrong = any(document.lacks("shift", name) for name in contract.shifts)
    return (*contract.shifts, *(document.names("shift") if wrong else ()))


def averages_are_ordered(document: Document) -> Iterator[Fault]:
    for loc, contract in document.good("contract"):
        most = contract.max_hours_average
        if most is not None and contract.min_hours_average > most:
            yield document.fault((*loc, "min_hours_average"), f"{contract.min_hours_average:g}", f"at most max_hours_average ({most:g})")
        if not contract.average_weeks and (most is not None or contract.min_hours_average):
            key = "min_hours_average" if contract.min_hours_average else "max_hours_average"
            yield document.fault((*loc, key), "hours on average without weeks", "average_weeks of at least 1")


def pattern_days_fit(document: Document) -> Iterator[Fault]:
    for loc, contract in document.good("contract"):
        for i, week in enumerate(contract.pattern or ()):
            days = sum(entry != OFF for entry in week)
            if days > contract.max_days_week:
                yield document.fault((*loc, "pattern", i), f"{days} days of work", f"at most max_days_week ({contract.max_days_week})")


def pattern_weeks_exist(document: Document) -> Iterator[Fault]:
    contracts = {table.name: table for _, table in document.good("contract")}
    for section in ("agent", "group"):
        for loc, table in document.good(section):
            contract = contracts.get(table.contract)
            weeks = len(contract.pattern or ()) if contract else 0
            if contract and table.pattern_week > max(weeks, 1):
                yield document.fault((*loc, "pattern_week"), str(table.pattern_week), f"a week of the pattern, which has {weeks}")


def own_hours_fit_a_shift(document: Document) -> Iterator[Fault]:
    for section in ("agent", "group") if document.sound("shift") else ():
        for loc, table in document.good(section):
            begin, end = own_hours(table)
            shifts = [shift for _, shift in document.good("shift")]
            if (table.earliest is not None or table.latest is not None) and shifts and not any(_inside(s, begin, end) for s in shifts):
                key = "latest" if table.earliest is None else "earliest"
                yield document.fault((*loc, key), "hours into which no shift fits", "hours that hold a shift")


def _inside(shift: Any, begin: int, end: int) -> bool:
    last = shift.start_from if shift.start_to is None else shift.start_to
    starts = range(shift.start_from, last + 1, shift.start_step)
    return any(begin <= start and start + min(shift.lengths) <= end for start in starts)


def locks_and_wishes_have_an_agent(document: Document) -> Iterator[Fault]:
    """People who have left may still stand among the shifts worked, but hardly among locks and wishes."""
    if not {"agent", "group"}.isdisjoint(document.unread):
        return
    known = {*document.names("agent"), *(person.name for person in persons(document))}
    for section in ("lock", "wish"):
        for loc, row in document.good(section):
            if row.agent not in known:
                hint = near(row.agent, known)
                yield document.fault((*loc, "agent"), shown(row.agent), "the name of an agent", hint if hint.startswith("did") else "")


def locks_name_a_shift(document: Document) -> Iterator[Fault]:
    known = document.names("shift")
    for loc, row in document.good("lock"):
        if row.shift not in (OFF, ANY) and document.lacks("shift", row.shift):
            yield document.fault(
                (*loc, "shift"), shown(row.shift), 'the name of a shift, "off" or "any"', near(row.shift, (*known, OFF, ANY))
            )
        if row.shift == OFF and (row.start is not None or row.length is not None):
            yield document.fault((*loc, "start" if row.start is not None else "length"), "a time of a day off", "nothing beside off")


def locks_stand_once(document: Document) -> Iterator[Fault]:
    seen = set()
    for loc, row in document.good("lock"):
        if (row.agent, row.day) in seen:
            yield document.fault((*loc, "day"), f"{row.agent} on {row.day} twice", "one lock for a person and day")
        seen.add((row.agent, row.day))


def wishes_are_whole(document: Document) -> Iterator[Fault]:
    for loc, row in document.good("wish"):
        if row.kind == "start" and row.between is None:
            yield document.fault((*loc, "between"), "nothing", 'the starts wished for, such as "07:00-09:00"')
        if row.kind == "off" and row.between is not None:
            yield document.fault((*loc, "between"), "starts of a day off", 'no starts, or the kind "start"')
        if row.last is not None and (row.first is None or not 0 <= (row.last - row.first).days <= 3660):
            yield document.fault((*loc, "to"), str(row.last), f"a date from {row.first or '`from`'} on, within ten years")


def worked_runs_forward(document: Document) -> Iterator[Fault]:
    for loc, row in document.good("worked"):
        begin, end = wall_minutes(row.day, row.start, row.end)
        if not (0 <= begin < 2 * LONGEST_SHIFT and 0 < end - begin <= LONGEST_SHIFT + 60):
            found = f"{write_stamp(row.start)} to {write_stamp(row.end)}"
            yield document.fault((*loc, "end"), found, f"a shift that starts on {row.day} and ends within a day")

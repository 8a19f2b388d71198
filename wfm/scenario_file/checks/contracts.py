"""Checks of the contracts: can anybody work the hours they promise?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wfm.errors import Fault
from wfm.scenario_file.document import Document
from wfm.scenario_file.wrong import near, shown

Available = Sequence[tuple[int, int] | None]


def shifts_exist(document: Document) -> Iterator[Fault]:
    known = document.names("shift")
    for loc, contract in document.good("contract"):
        for i, name in enumerate(contract.shifts or ()):
            if document.lacks("shift", name):
                yield document.fault((*loc, "shifts", i), shown(name), "the name of a shift", near(name, known))
        if contract.shifts and len(set(contract.shifts)) < len(contract.shifts):
            yield document.fault((*loc, "shifts"), "the same shift twice", "each shift once")


def hours_are_ordered(document: Document) -> Iterator[Fault]:
    for loc, contract in document.good("contract"):
        if contract.min_hours_week > contract.max_hours_week:
            yield document.fault(
                (*loc, "min_hours_week"), f"{contract.min_hours_week:g}", f"at most max_hours_week ({contract.max_hours_week:g})"
            )


def hours_are_reachable(document: Document) -> Iterator[Fault]:
    """Some choice of shifts, at most one a day and at most max_days_week, must lie between the least and the most hours."""
    for loc, contract in document.good("contract") if document.sound("shift") else ():
        lost = any(document.lacks("shift", name) for name in contract.shifts or ())
        if 0 < contract.min_hours_week <= contract.max_hours_week and not lost:
            sums = weekly_minutes(contract, paid_by_weekday(document, contract))
            low, high = contract.min_hours_week * 60, contract.max_hours_week * 60
            if not any(low <= minutes <= high for minutes in sums):
                below = max((minutes for minutes in sums if minutes < low), default=0) / 60
                found = f"{contract.min_hours_week:g}–{contract.max_hours_week:g} hours in {contract.max_days_week} days"
                expected = "hours that some choice of its shifts reaches"
                yield document.fault((*loc, "min_hours_week"), found, expected, f"the most they come to below it is {below:g} paid hours")


def paid_by_weekday(document: Document, contract: Any, available: Available | None = None) -> list[set[int]]:
    """Paid minutes that one shift of a contract can have, per weekday; only shifts inside `available` where it is given."""
    week: list[set[int]] = [set() for _ in range(7)]
    for _, shift in document.good("shift"):
        if contract.shifts is not None and shift.name not in contract.shifts:
            continue
        unpaid = sum(rest.minutes for rest in shift.breaks if not rest.paid)
        for day in range(7):
            if shift.weekdays[day]:
                lengths = (length for length in shift.lengths if length > unpaid)  # the others are faults of the shift
                week[day] |= {length - unpaid for length in lengths if available is None or _fits(shift, length, available[day])}
    return week


def _fits(shift: Any, length: int, span: tuple[int, int] | None) -> bool:
    last = shift.start_from if shift.start_to is None else shift.start_to
    starts = range(shift.start_from, last + 1, shift.start_step)
    return span is not None and any(span[0] <= start and start + length <= span[1] for start in starts)


def weekly_minutes(contract: Any, week: list[set[int]]) -> list[int]:
    """Paid minutes a week can come to, ascending, with at most one shift a day and `max_days_week` shifts."""
    reach = [1] + [0] * contract.max_days_week  # per number of shifts, bit m is set where m minutes can be reached
    for lengths in week:
        for days in range(contract.max_days_week, 0, -1):
            for paid in lengths:
                reach[days] |= reach[days - 1] << paid
    every = 0
    for bits in reach:
        every |= bits
    return [minutes for minutes in range(every.bit_length()) if every >> minutes & 1]

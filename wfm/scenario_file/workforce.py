"""Who there is and what they do besides the queues: agents, contracts, shifts and activities from their tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from wfm.model import Activity, ActivityKind, Break, Calendar, Contract, Room, ShiftTemplate, TimeAxis, Workforce
from wfm.scenario_file.dates import days_of
from wfm.scenario_file.document import Document
from wfm.scenario_file.known import known_days
from wfm.scenario_file.persons import agents, attendees, spans_of, time_off
from wfm.scenario_file.trainers import Part, trained


def workforce_of(document: Document, axis: TimeAxis, calendar: Calendar) -> Workforce:
    """Of a document that passed every check."""
    shifts = tuple(_shift(table) for _, table in document.good("shift"))
    everything = tuple(shift.name for shift in shifts)
    contracts = tuple(_contract(table, everything) for _, table in document.good("contract"))
    activities = tuple(_activities(document, axis, calendar.closed))
    rooms = tuple(Room(room.name, room.seats, room.count) for _, room in document.good("room"))
    people = known_days(document, agents(document), axis, shifts)
    return Workforce(people, contracts, shifts, activities, calendar.closed, rooms)


def _shift(table: Any) -> ShiftTemplate:
    breaks = tuple(Break(rest.name, rest.minutes, rest.earliest, rest.latest, rest.paid) for rest in table.breaks)
    last = table.start_from if table.start_to is None else table.start_to
    return ShiftTemplate(
        table.name, table.start_from, last, tuple(table.lengths), table.start_step, breaks, table.break_gap, table.weekdays, table.unpopular
    )


AS_WRITTEN = (
    "min_hours_week",
    "max_hours_week",
    "max_days_week",
    "max_consecutive_days",
    "rest_hours",
    "cost_per_hour",
    "min_days_off",
    "max_nights",
    "days_off_after_nights",
    "forward_minutes",
    "start_spread",
    "average_weeks",
    "min_hours_average",
    "max_hours_average",
    "overtime_hours",
    "overtime_price",
    "leave_hours",
    "leave_price",
    "fairness_price",
)


def _contract(table: Any, everything: tuple[str, ...]) -> Contract:
    free, of = table.weekends_off or (0, Contract.weekends_of)
    return Contract(
        name=table.name,
        shifts=everything if table.shifts is None else tuple(table.shifts),
        weekends_off=free,
        weekends_of=of,
        forbidden_next=table.forbidden_next or (),
        pattern=table.pattern or (),
        **{key: getattr(table, key) for key in AS_WRITTEN},
    )


def _activities(document: Document, axis: TimeAxis, closed: frozenset[date]) -> Iterator[Activity]:
    """For every table one activity, or one for every week and every group with a trainer."""
    made = {table.name: list(_weeks(document, table, axis, closed)) for _, table in document.good("activity")}
    weekly = {table.name for _, table in document.good("activity") if table.repeat == "weekly"}
    for _, table in document.good("activity"):
        for week, (first, last, parts) in enumerate(made[table.name]):
            same_week = [made[name][week : week + 1] if {name, table.name} <= weekly else made[name] for name in table.after]
            after = tuple(dict.fromkeys(part.name for weeks in same_week for _, _, before in weeks for part in before))
            yield from (_activity(table, part, first, last, after) for part in parts)


def _weeks(document: Document, table: Any, axis: TimeAxis, closed: frozenset[date]) -> Iterator[tuple[date, date, list[Part]]]:
    """First and last date of each week of an activity, and who is placed together in it; those away throughout are left out."""
    everybody, off = attendees(document, table), time_off(document)
    for name, first, last in spans_of(table, axis):
        working = days_of([(first, last)]) - closed
        who = tuple(who for who in everybody if table.repeat == "once" or not working <= off.get(who, frozenset()))
        yield first, last, list(trained(document, table, name, who))


def _activity(table: Any, part: Part, first: date, last: date, after: tuple[str, ...]) -> Activity:
    return Activity(
        name=part.name,
        kind=ActivityKind(table.kind),
        minutes=table.minutes,
        attendees=part.attendees,
        earliest=first,
        latest=last,
        sessions=table.sessions or len(table.at) or 1,
        from_minute=table.window[0],
        to_minute=table.window[1],
        group_size=part.group_size,
        at=tuple(table.at),
        paid=table.paid,
        trainer=part.attendees[-1] if table.trainer is not None else "",
        room=table.room or "",
        after=after,
    )

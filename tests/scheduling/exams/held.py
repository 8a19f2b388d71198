"""Whether every hour of training is held, read from roster.csv and what was asked for; shares no line with `scheduling`."""

import csv
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.scheduling.exams.hard_centres import Course, HardCentre
from wfm.model import Activity, Roster
from wfm.report.exports.roster_csv import roster_csv

ZONE = ZoneInfo("Europe/Berlin")
Span = tuple[datetime, datetime]


def rows_of(roster: Roster) -> list[dict[str, str]]:
    return list(csv.DictReader(roster_csv(roster).decode("utf-8-sig").splitlines()))


def lost_training(centre: HardCentre, roster: Roster) -> list[str]:
    """Everything wrong with the sessions, in words; empty where every hour is held."""
    rows, spans = rows_of(roster), defaultdict(list)
    for row in rows:
        spans[row["agent"], row["activity"]].append(_span(row))
    wrong = [f"{agent} is in two places" for agent in _doubled(rows)]
    for course in centre.courses:
        for group in _groups(course.activity):
            wrong += _group_wrong(course, group, spans)
    asked = {(name, c.activity.name) for c in centre.courses for name in c.activity.attendees}
    names = {c.activity.name for c in centre.courses}
    wrong += [f"{agent} attends {name} unasked" for agent, name in spans if name in names and (agent, name) not in asked]
    return wrong + _rooms_wrong(centre, spans) + _order_wrong(centre, spans) + _away(centre, rows)


def _rooms_wrong(centre: HardCentre, spans: dict[tuple[str, str], list[Span]]) -> list[str]:
    """Rooms with more sessions at a time than there are of them."""
    wrong, count = [], {room.name: room.count for room in centre.workforce.rooms}
    for room in count:
        inside = [c.activity for c in centre.courses if c.activity.room == room]
        held = [(span, a.name) for a in inside for group in _groups(a) for span in spans[group[0], a.name]]
        for span, name in held:
            if sum(begin <= span[0] < end for (begin, end), _ in held) > count[room]:
                wrong.append(f"{name} at {span[0]} finds no free {room}")
    return wrong


def _order_wrong(centre: HardCentre, spans: dict[tuple[str, str], list[Span]]) -> list[str]:
    """Pupils whose later course begins before they have had all of the earlier one."""
    wrong, courses = [], {c.activity.name: c for c in centre.courses}
    for later in courses.values():
        for first in (courses[name] for name in later.activity.after):
            pupils = set(later.activity.attendees) & set(first.activity.attendees) - {later.trainer, first.trainer}
            for name in pupils - {later.trainer}:
                ends, starts = (spans[name, first.activity.name], spans[name, later.activity.name])
                if ends and starts and max(end for _, end in ends) > min(start for start, _ in starts):
                    wrong.append(f"{name} begins {later.activity.name} before {first.activity.name} is over")
    return wrong


def _group_wrong(course: Course, group: tuple[str, ...], spans: dict[tuple[str, str], list[Span]]) -> list[str]:
    activity, wrong = course.activity, []
    held = {name: sorted(spans[name, activity.name]) for name in group}
    for name, found in held.items():
        if len(found) != activity.sessions or any(_minutes(span) != activity.minutes for span in found):
            wrong.append(
                f"{name} has {[_minutes(span) for span in found]} of {activity.sessions} × {activity.minutes} min of {activity.name}"
            )
        wrong += [f"{activity.name} of {name} at {span[0]} is outside its dates" for span in found if not _due(activity, span)]
        if found != held[group[0]]:
            wrong.append(f"{name} attends {activity.name} apart from {group[0]}")
    if course.trainer and course.trainer not in group:
        wrong.append(f"{activity.name} has no trainer")
    fixed = sorted(_moment(day, minute) for day, minute in activity.at)
    if fixed and any([span[0] for span in found] != fixed for found in held.values()):
        wrong.append(f"{activity.name} is not at its fixed starts")
    return wrong


def _groups(activity: Activity) -> list[tuple[str, ...]]:
    size = activity.group_size or 1
    return [activity.attendees[i : i + size] for i in range(0, len(activity.attendees), size)]


def _due(activity: Activity, span: Span) -> bool:
    """Inside the window of one of the dates."""
    day = activity.earliest
    while day <= activity.latest:
        if _moment(day, activity.from_minute) <= span[0] and span[1] <= _moment(day, activity.to_minute):
            return True
        day += timedelta(days=1)
    return bool(activity.at)


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day + timedelta(days=minute // 1440), time(minute % 1440 // 60, minute % 60), ZONE)


def _span(row: dict[str, str]) -> Span:
    return datetime.fromisoformat(row["start"]), datetime.fromisoformat(row["end"])


def _minutes(span: Span) -> float:
    return (span[1] - span[0]).total_seconds() / 60


def _doubled(rows: list[dict[str, str]]) -> list[str]:
    """Agents two of whose rows overlap."""
    ordered = sorted((row["agent"], *_span(row)) for row in rows)
    return [one[0] for one, two in pairwise(ordered) if one[0] == two[0] and two[1] < one[2]]


def _away(centre: HardCentre, rows: list[dict[str, str]]) -> list[str]:
    """Rows of people on their time off, or outside their hours."""
    agents, wrong = {agent.name: agent for agent in centre.workforce.agents}, []
    for row in rows:
        first, last = (moment.astimezone(ZONE) for moment in _span(row))
        days = {first.date(), (last - timedelta(minutes=1)).date()}
        if days & agents[row["agent"]].time_off:
            wrong.append(f"{row['agent']} works on time off, {first}")
        if agents[row["agent"]].available[date.fromisoformat(row["day"]).weekday()] is None:
            wrong.append(f"{row['agent']} works on a weekday never worked, {first}")
    return wrong

"""An independent checker: reads roster.csv with the standard library and recomputes every rule from the scenario's nouns.

It shares no line with `scheduling`: stamps are compared as aware datetimes, not as minutes of an axis.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.acceptance import rota
from wfm.model import Activity, Agent, Contract, Scenario, ShiftTemplate


@dataclass(frozen=True)
class Row:
    agent: str
    day: date
    start: datetime
    end: datetime
    activity: str
    queues: tuple[str, ...]

    @property
    def minutes(self) -> float:
        return (self.end.timestamp() - self.start.timestamp()) / 60


def read(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return [
            Row(
                r["agent"].removeprefix("'"),
                date.fromisoformat(r["day"]),
                datetime.fromisoformat(r["start"]),
                datetime.fromisoformat(r["end"]),
                r["activity"].removeprefix("'"),
                tuple(filter(None, r["queue"].split("|"))),
            )
            for r in csv.DictReader(file)
        ]


def faults(rows: list[Row], scenario: Scenario) -> list[str]:
    """Every broken rule, in words."""
    shifts: dict[tuple[str, date], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r.agent, r.start.timestamp())):
        shifts[row.agent, row.day].append(row)
    agents = {agent.name: agent for agent in scenario.workforce.agents}
    found = [f"{row.agent} is nobody" for row in rows if row.agent not in agents]
    for (name, day), parts in shifts.items():
        found += [f"{name} {day}: {text}" for text in _shift_faults(agents[name], day, parts, scenario)]
    for agent in agents.values():
        worked = {day: parts for (name, day), parts in shifts.items() if name == agent.name}
        found += [f"{agent.name}: {text}" for text in _person_faults(agent, worked, scenario)]
    return found + list(_activity_faults(rows, scenario))


def _wall(day: date, minute: int, zone: str) -> float:
    moment = datetime.combine(day + timedelta(days=minute // 1440), datetime.min.time(), ZoneInfo(zone))
    return moment.replace(hour=minute % 1440 // 60, minute=minute % 60).timestamp()


def _shift_faults(agent: Agent, day: date, parts: list[Row], scenario: Scenario) -> Iterator[str]:
    zone = scenario.axis.timezone
    contract = scenario.workforce.contract_of[agent.contract]
    if not scenario.axis.start <= day <= scenario.axis.dates[-1]:
        yield "outside the plan"
    if day in agent.time_off:
        yield "works on time off"
    if day in scenario.workforce.closed:
        yield "works on a closed date"
    if any(a.end != b.start for a, b in pairwise(parts)):
        yield "gap or overlap inside the shift"
    window = agent.available[day.weekday()]
    if window is None:
        yield "works on a weekday never worked"
    elif parts[0].start.timestamp() < _wall(day, window[0], zone) or parts[-1].end.timestamp() > _wall(day, window[1], zone):
        yield "works outside availability"
    for row in parts:
        if row.activity == "work" and (not row.queues or not set(row.queues) <= set(agent.skills)):
            yield f"works on {row.queues} without the skill"
    if not any(_fits(template, day, parts, scenario) for template in scenario.workforce.templates(contract)):
        yield "fits no shift template of the contract"


def _fits(template: ShiftTemplate, day: date, parts: list[Row], scenario: Scenario) -> bool:
    zone, start = scenario.axis.timezone, parts[0].start.timestamp()
    names = {rest.name for rest in template.breaks}
    rests = [row for row in parts if row.activity in names]
    allowed = {activity.name for activity in scenario.workforce.activities} | names | {"work"}
    gaps = [(b.start.timestamp() - a.end.timestamp()) / 60 for a, b in pairwise(rests)]
    return (
        template.weekdays[day.weekday()]
        and any(_wall(day, minute, zone) == start for minute in template.starts())
        and sum(row.minutes for row in parts) in template.lengths
        and [row.activity for row in rests] == [rest.name for rest in template.breaks]
        and all(
            row.minutes == rest.minutes and rest.earliest <= (row.start.timestamp() - start) / 60 <= rest.latest
            for row, rest in zip(rests, template.breaks, strict=True)
        )
        and all(gap >= template.break_gap for gap in gaps)
        and all(row.activity in allowed for row in parts)
    )


def _person_faults(agent: Agent, worked: dict[date, list[Row]], scenario: Scenario) -> Iterator[str]:
    contract = scenario.workforce.contract_of[agent.contract]
    days = sorted(worked)
    for before, after in pairwise(days):
        rest = (worked[after][0].start.timestamp() - worked[before][-1].end.timestamp()) / 3600
        if rest < contract.rest_hours:
            yield f"{rest:g} h rest before {after}"
    run = 0
    for day in scenario.axis.dates:
        run = run + 1 if day in worked else 0
        if run > contract.max_consecutive_days:
            yield f"{run} days in a row on {day}"
    yield from rota.faults(agent, {day: (parts[0].start, parts[-1].end) for day, parts in worked.items()}, scenario)
    weeks: dict[date, list[date]] = defaultdict(list)
    for day in scenario.axis.dates:
        weeks[day - timedelta(days=day.weekday())].append(day)
    for monday, dates in weeks.items():
        yield from (f"week of {monday}: {text}" for text in _week_faults(agent, contract, dates, worked, scenario))


def _week_faults(agent: Agent, contract: Contract, dates: list[date], worked: dict[date, list[Row]], scenario: Scenario) -> Iterator[str]:
    on = [day for day in dates if day in worked]
    hours = sum(_paid(row, scenario) for day in on for row in worked[day]) / 60
    if len(on) > contract.max_days_week:
        yield f"{len(on)} days worked"
    if hours > contract.max_hours_week + contract.overtime_hours + 1e-9:
        yield f"{hours:g} h paid, at most {contract.max_hours_week + contract.overtime_hours:g}"
    off = sum(day in agent.time_off for day in dates) * contract.max_hours_week / contract.max_days_week
    due = contract.min_hours_week * len(dates) / 7 - off - contract.leave_hours
    if hours < due - 1e-9:
        yield f"{hours:g} h paid, at least {due:g}"


def _paid(row: Row, scenario: Scenario) -> float:
    unpaid = {rest.name for template in scenario.workforce.shifts for rest in template.breaks if not rest.paid}
    unpaid |= {activity.name for activity in scenario.workforce.activities if not activity.paid}
    return 0.0 if row.activity in unpaid else row.minutes


def _activity_faults(rows: list[Row], scenario: Scenario) -> Iterator[str]:
    for activity in scenario.workforce.activities:
        placed = {name: [r for r in rows if r.activity == activity.name and r.agent == name] for name in activity.attendees}
        for name, sessions in placed.items():
            yield from (f"{name}: {activity.name} {text}" for text in _session_faults(activity, sessions, scenario.axis.timezone))
        for group in activity.groups():
            if len({tuple(sorted(row.start for row in placed[name])) for name in group}) > 1:
                yield f"{activity.name}: {', '.join(group)} do not attend together"
        strangers = {row.agent for row in rows if row.activity == activity.name} - set(activity.attendees)
        if strangers:
            yield f"{activity.name}: attended by {', '.join(sorted(strangers))}, who are not asked to"


def _session_faults(activity: Activity, sessions: list[Row], zone: str) -> Iterator[str]:
    minutes, due = sum(row.minutes for row in sessions), activity.minutes * activity.sessions
    if minutes != due:
        yield f"has {minutes:g} of {due} minutes"
    for row in sessions:
        day = row.start.astimezone(ZoneInfo(zone)).date()
        opens, shuts = (_wall(day, minute, zone) for minute in (activity.from_minute, activity.to_minute))
        if row.minutes != activity.minutes:
            yield f"at {row.start} is cut to {row.minutes:g} minutes"
        if not activity.earliest <= day <= activity.latest:
            yield f"at {row.start} is outside its dates"
        if row.start.timestamp() < opens or row.end.timestamp() > shuts:
            yield f"at {row.start} is outside its window"
    if activity.at and sorted(r.start.timestamp() for r in sessions) != sorted(_wall(d, m, zone) for d, m in activity.at):
        yield "is not at its fixed times"

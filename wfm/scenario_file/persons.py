"""Who is meant: agents as written, those that groups make, the attendees of activities and the weeks they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wfm.model import Agent, Skill, TimeAxis
from wfm.model.axis import DAY_MINUTES
from wfm.scenario_file.dates import days_of
from wfm.scenario_file.document import Document
from wfm.scenario_file.places import Loc
from wfm.scenario_file.week import WHOLE_DAY


@dataclass(frozen=True)
class Person:
    """loc: where the table stands that makes this person. group: "" for somebody named. traits: tables of their particular skills.

    hours: earliest start and latest end of any shift. pattern_week: from 0.
    """

    loc: Loc
    name: str
    contract: str
    skills: tuple[str, ...]
    available: tuple[tuple[int, int] | None, ...]
    group: str = ""
    traits: tuple[Any, ...] = ()
    hours: tuple[int, int] = WHOLE_DAY
    pattern_week: int = 0
    unpopular_before: int = 0
    coach: str = ""


def persons(document: Document) -> tuple[Person, ...]:
    """Everybody, named agents first, in the order of the document."""
    queues = document.names("queue")
    found = [
        Person(
            loc,
            t.name,
            t.contract,
            skills_of(t.skills, queues),
            t.available,
            traits=tuple(t.traits),
            hours=own_hours(t),
            pattern_week=t.pattern_week - 1,
            unpopular_before=t.unpopular_before,
            coach=t.coach or "",
        )
        for loc, t in document.good("agent")
    ]
    for loc, group in document.good("group"):
        skills, hours = skills_of(group.skills, queues), own_hours(group)
        rest = (group.contract, skills, group.available, group.name, tuple(group.traits), hours)
        names = members(group.name, group.count)
        weeks = enumerate(names, group.pattern_week - 1)
        found += [Person(loc, name, *rest, week, coach=group.coach or "") for week, name in weeks]
    return tuple(found)


def own_hours(table: Any) -> tuple[int, int]:
    """Earliest start and latest end of any shift, in wall-clock minutes."""
    earliest = table.earliest or 0
    latest = WHOLE_DAY[1] if table.latest is None else table.latest
    return earliest, latest + DAY_MINUTES if latest <= earliest else latest


def members(group: str, count: int) -> Iterator[str]:
    """Names of a group's agents: "name 01", "name 02" …"""
    digits = max(2, len(str(count)))
    return (f"{group} {number:0{digits}d}" for number in range(1, count + 1))


def skills_of(written: tuple[str, ...], queues: Iterable[str]) -> tuple[str, ...]:
    """Queue names: "all" stands for every queue; one text of several names parted by spaces is taken apart."""
    known = tuple(queues)
    if written == ("all",) and "all" not in known:
        return known
    if len(written) == 1 and written[0] not in known and len(pieces := re.split(r"\s+", written[0])) > 1:
        return tuple(dict.fromkeys(pieces))
    return tuple(dict.fromkeys(written))


def time_off(document: Document) -> dict[str, frozenset[date]]:
    """Days off per agent, within the plan."""
    axis = document.axis
    dates = frozenset(axis.dates) if axis else frozenset()
    found: dict[str, frozenset[date]] = {}
    for _, row in document.good("time_off"):
        found[row.agent] = found.get(row.agent, frozenset()) | (days_of([(row.first, row.last)]) & dates)
    return found


def agents(document: Document) -> tuple[Agent, ...]:
    """The agents of a document without faults."""
    off = time_off(document)
    weeks = {table.name: (len(table.pattern or (0,)), _weeks_since(document, table.pattern_from)) for _, table in document.good("contract")}
    return tuple(
        Agent(
            p.name,
            p.contract,
            p.skills,
            off.get(p.name, frozenset()),
            p.available,
            _skills(p.traits),
            *p.hours,
            pattern_week=(p.pattern_week + weeks[p.contract][1]) % weeks[p.contract][0],
            unpopular_before=p.unpopular_before,
        )
        for p in persons(document)
    )


def _weeks_since(document: Document, day: date | None) -> int:
    """Weeks from that of a day to the first of the plan."""
    if day is None or document.axis is None:
        return 0
    first = document.axis.dates[0]
    return ((first - timedelta(days=first.weekday())) - (day - timedelta(days=day.weekday()))).days // 7


def _skills(tables: tuple[Any, ...]) -> tuple[Skill, ...]:
    return tuple(Skill(one.queue, one.handle_factor, one.resolution, one.after, one.rank, one.priority) for one in tables)


def attendees(document: Document, table: Any) -> tuple[str, ...]:
    """Names of an activity's attendees: named agents, members of groups, everybody of a contract or with a skill; each once."""
    everybody = persons(document)
    if table.skill is not None:
        return tuple(p.name for p in everybody if table.skill in p.skills)
    wanted = table.attendees or ()
    if wanted == ("all",):
        return tuple(p.name for p in everybody)
    called: dict[str, list[str]] = {}
    for person in everybody:
        for word in {person.name, person.group, person.contract}:
            called.setdefault(word, []).append(person.name)
    return tuple(dict.fromkeys(name for want in wanted for name in called.get(want, ())))


def spans_of(table: Any, axis: TimeAxis) -> list[tuple[str, date, date]]:
    """Name, first and last date of every activity that a table makes."""
    first, last = table.earliest or axis.dates[0], table.latest or axis.dates[-1]
    weeks = max(1, ((last - first).days + 1) // 7)
    if table.repeat == "once":
        return [(table.name, first, last)]
    starts = [first + timedelta(weeks=week) for week in range(weeks)]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [last]
    return [(f"{table.name} week {week}", *span) for week, span in enumerate(zip(starts, ends, strict=True), 1)]

"""Who is meant: agents as written, those that groups make, the attendees of activities and the weeks they are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wfm.model import Agent, Skill, TimeAxis
from wfm.scenario_file.dates import days_of
from wfm.scenario_file.document import Document
from wfm.scenario_file.places import Loc


@dataclass(frozen=True)
class Person:
    """loc: where the table stands that makes this person. group: "" for somebody named. traits: tables of their particular skills."""

    loc: Loc
    name: str
    contract: str
    skills: tuple[str, ...]
    available: tuple[tuple[int, int] | None, ...]
    group: str = ""
    traits: tuple[Any, ...] = ()


def persons(document: Document) -> tuple[Person, ...]:
    """Everybody, named agents first, in the order of the document."""
    queues = document.names("queue")
    found = [
        Person(loc, t.name, t.contract, skills_of(t.skills, queues), t.available, traits=tuple(t.traits))
        for loc, t in document.good("agent")
    ]
    for loc, group in document.good("group"):
        skills = skills_of(group.skills, queues)
        rest = (group.contract, skills, group.available, group.name, tuple(group.traits))
        found += [Person(loc, name, *rest) for name in members(group.name, group.count)]
    return tuple(found)


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
    return tuple(
        Agent(p.name, p.contract, p.skills, off.get(p.name, frozenset()), p.available, _skills(p.traits)) for p in persons(document)
    )


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

"""Sessions with a trainer: each group is an activity of its own, which the trainer attends as well.

So the trainer can be with one group at a time, on duty, and is found among those who stand against a session like any other attendee.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wfm.scenario_file.document import Document
from wfm.scenario_file.persons import persons

OWN = "own coach"


@dataclass(frozen=True)
class Part:
    """Those of an activity who are placed as one activity."""

    name: str
    attendees: tuple[str, ...]
    group_size: int | None


def trained(document: Document, table: Any, name: str, who: tuple[str, ...]) -> Iterator[Part]:
    """The activity as it is, or one for each group and its trainer; nothing where nobody attends."""
    if table.trainer is None:
        yield from [Part(name, who, table.group_size)] if who else []
        return
    groups = [
        (trainer, group) for trainer, pupils in _pupils(document, table, who).items() for group in _cut(pupils, table.group_size or 1)
    ]
    for number, (trainer, group) in enumerate(groups, 1):
        yield Part(group_name(name, number) if len(groups) > 1 else name, (*group, trainer), len(group) + 1)


def group_name(activity: str, number: int) -> str:
    return f"{activity} group {number}"


def _pupils(document: Document, table: Any, who: tuple[str, ...]) -> dict[str, list[str]]:
    """Attendees by trainer; a trainer is nobody's pupil of their own."""
    coach = {person.name: person.coach for person in persons(document)}
    found: dict[str, list[str]] = {}
    for name in who:
        trainer = coach.get(name, "") if table.trainer == OWN else table.trainer
        if name != trainer:
            found.setdefault(trainer, []).append(name)
    return found


def _cut(pupils: list[str], size: int) -> list[list[str]]:
    return [pupils[i : i + size] for i in range(0, len(pupils), size)]

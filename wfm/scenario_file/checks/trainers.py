"""Checks of trainers and coaches."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.errors import Fault
from wfm.scenario_file.document import Document
from wfm.scenario_file.persons import attendees, persons, spans_of
from wfm.scenario_file.trainers import OWN, group_name, trained
from wfm.scenario_file.wrong import near, shown


def _people(document: Document) -> set[str]:
    return {*document.names("agent"), *(person.name for person in persons(document))}


def _readable(document: Document) -> bool:
    return {"agent", "group"}.isdisjoint(document.unread)


def coaches_exist(document: Document) -> Iterator[Fault]:
    known = _people(document)
    for section in ("agent", "group") if _readable(document) else ():
        for loc, table in document.good(section):
            if table.coach is not None and table.coach not in known:
                yield document.fault((*loc, "coach"), shown(table.coach), "the name of an agent", near(table.coach, known))


def trainers_exist(document: Document) -> Iterator[Fault]:
    known = {*_people(document), OWN}
    for loc, activity in document.good("activity") if _readable(document) else ():
        if activity.trainer is not None and activity.trainer not in known:
            yield document.fault(
                (*loc, "trainer"), shown(activity.trainer), f'the name of an agent, or "{OWN}"', near(activity.trainer, known)
            )


def everybody_has_a_coach(document: Document) -> Iterator[Fault]:
    coach = {person.name: person.coach for person in persons(document)}
    for loc, activity in document.good("activity"):
        lacking = [name for name in attendees(document, activity) if not coach.get(name)] if activity.trainer == OWN else []
        if lacking:
            others = f" and {len(lacking) - 1} more" if len(lacking) > 1 else ""
            yield document.fault((*loc, "trainer"), f'"{OWN}" for {shown(lacking[0])}{others} without one', "a `coach` for every attendee")


def names_of_groups_are_free(document: Document) -> Iterator[Fault]:
    """Groups with a trainer make names of their own, which may meet those of other activities."""
    if document.axis is None:
        return
    taken = {name for _, activity in document.good("activity") for name, _, _ in spans_of(activity, document.axis)}
    for loc, activity in document.good("activity"):
        for name, _, _ in spans_of(activity, document.axis) if activity.trainer is not None else ():
            number = sum(1 for _ in trained(document, activity, name, attendees(document, activity)))
            met = taken & {group_name(name, k) for k in range(1, number + 1)} if number > 1 else set()
            if met:
                yield document.fault((*loc, "name"), f"{shown(name)}, whose groups make {shown(min(met))} too", "names that differ")

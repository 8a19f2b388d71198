"""Checks of the activities."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from wfm.errors import Fault
from wfm.scenario_file.dates import write_moment
from wfm.scenario_file.document import Document
from wfm.scenario_file.persons import persons, spans_of
from wfm.scenario_file.week import write_window
from wfm.scenario_file.wrong import near, shown


def attendees_exist(document: Document) -> Iterator[Fault]:
    known = {
        *document.names("agent"),
        *document.names("group"),
        *document.names("contract"),
        *(person.name for person in persons(document)),
    }
    queues = document.names("queue")
    for loc, activity in document.good("activity"):
        if (activity.attendees is None) == (activity.skill is None):
            found = "neither attendees nor skill" if activity.skill is None else "both attendees and skill"
            yield document.fault((*loc, "attendees"), found, "one of the two")
        if activity.skill is not None and document.lacks("queue", activity.skill):
            yield document.fault((*loc, "skill"), shown(activity.skill), "the name of a queue", near(activity.skill, queues))
        if activity.attendees in (None, ("all",)) or not {"agent", "group", "contract"}.isdisjoint(document.unread):
            continue
        for i, name in enumerate(activity.attendees):
            if name not in known:
                hint = near(name, known)
                yield document.fault(
                    (*loc, "attendees", i), shown(name), "the name of an agent, group or contract", hint if hint.startswith("did") else ""
                )


def names_are_unique(document: Document) -> Iterator[Fault]:
    """Weekly ones make names of their own, which may meet those of others."""
    seen: dict[str, str] = {}
    if document.axis is None:
        return
    for loc, activity in document.good("activity"):
        for name, _, _ in spans_of(activity, document.axis):
            if name in seen:
                yield document.fault(
                    (*loc, "name"),
                    f"{shown(name)}, which {shown(seen[name])} makes too",
                    "names that differ from those of weekly activities",
                )
            seen[name] = activity.name


def dates_lie_in_the_plan(document: Document) -> Iterator[Fault]:
    if document.axis is None:
        return
    first, last = document.axis.dates[0], document.axis.dates[-1]
    for loc, activity in document.good("activity"):
        for key in ("earliest", "latest"):
            on = getattr(activity, key)
            if on is not None and not first <= on <= last:
                yield document.fault((*loc, key), str(on), f"a date of the plan, {first} to {last}")
        for i, (on, minute) in enumerate(activity.at):
            if not (activity.earliest or first) <= on <= (activity.latest or last):
                expected = f"a date from {activity.earliest or first} to {activity.latest or last}"
                yield document.fault((*loc, "at", i), write_moment((on, minute)), expected)
        if activity.earliest and activity.latest and activity.latest < activity.earliest:
            yield document.fault((*loc, "latest"), str(activity.latest), f"a date from earliest ({activity.earliest}) on")


def sessions_fit(document: Document) -> Iterator[Fault]:
    for loc, activity in document.good("activity"):
        begin, end = activity.window
        if end - begin < activity.minutes:
            yield document.fault((*loc, "window"), write_window(activity.window), f"a window of at least {activity.minutes} minutes")
        if activity.at and activity.sessions not in (None, len(activity.at)):
            yield document.fault((*loc, "at"), f"{len(activity.at)} starts", f"as many as sessions ({activity.sessions})")
        if activity.at and activity.repeat == "weekly":
            yield document.fault((*loc, "repeat"), '"weekly" beside fixed starts', '"once": each start stands in `at`')


def fixed_starts_fit(document: Document) -> Iterator[Fault]:
    """Each attendee goes to every start, so they must not overlap, and each must lie in the window."""
    for loc, activity in document.good("activity"):
        begin, end = activity.window
        for i, (on, minute) in enumerate(activity.at):
            if not begin <= minute <= end - activity.minutes:
                expected = f"a start from which {activity.minutes} minutes lie in the window {write_window(activity.window)}"
                yield document.fault((*loc, "at", i), write_moment((on, minute)), expected)
        at = sorted(activity.at)
        for one, two in pairwise(at):
            if one[0] == two[0] and two[1] < one[1] + activity.minutes:
                yield document.fault(
                    (*loc, "at"), f"{write_moment(one)} and {write_moment(two)}", f"starts at least {activity.minutes} minutes apart"
                )

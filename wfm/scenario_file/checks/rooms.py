"""Checks of rooms, and of activities that come after others."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.errors import Fault
from wfm.scenario_file.document import Document
from wfm.scenario_file.wrong import near, shown


def rooms_exist(document: Document) -> Iterator[Fault]:
    for loc, activity in document.good("activity"):
        if activity.room is not None and document.lacks("room", activity.room):
            names = document.names("room")
            yield document.fault((*loc, "room"), shown(activity.room), "the name of a [[room]]", near(activity.room, names))


def seats_suffice(document: Document) -> Iterator[Fault]:
    seats = {room.name: room.seats for _, room in document.good("room") if room.seats is not None}
    for loc, activity in document.good("activity"):
        people, most = (activity.group_size or 1) + (activity.trainer is not None), seats.get(activity.room)
        if most is not None and people > most:
            who = f"{people} people, the trainer among them," if activity.trainer is not None else f"{people} people"
            key = "room" if activity.group_size is None else "group_size"
            yield document.fault((*loc, key), f"{who} in {shown(activity.room)}", f"at most the {most} seats of the room")


def earlier_ones_exist(document: Document) -> Iterator[Fault]:
    names = document.names("activity")
    for loc, activity in document.good("activity"):
        for i, name in enumerate(activity.after):
            if document.lacks("activity", name):
                yield document.fault((*loc, "after", i), shown(name), "the name of an activity", near(name, names))


def nothing_comes_after_itself(document: Document) -> Iterator[Fault]:
    after = {activity.name: activity.after for _, activity in document.good("activity")}
    for loc, activity in document.good("activity"):
        if activity.name in _before(after, activity.name):
            yield document.fault(
                (*loc, "after"), f"{shown(activity.name)} after itself, by way of others or not", "an order that begins somewhere"
            )


def _before(after: dict[str, list[str]], name: str) -> set[str]:
    """Everything that comes before an activity, one after the other."""
    found, ahead = set[str](), list(after[name])
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += after.get(one, [])
    return found

"""Checks of what contacts go through, and of the agents' particular skills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wfm.errors import Fault
from wfm.scenario_file.document import Document
from wfm.scenario_file.persons import skills_of
from wfm.scenario_file.places import Loc
from wfm.scenario_file.wrong import near, shown


def places_exist(document: Document) -> Iterator[Fault]:
    """Queues and trunks that a journey names."""
    for loc, queue in document.good("queue"):
        for at, section, name in _named(queue):
            if name and document.lacks(section, name):
                kind = {"queue": "a queue", "trunks": "trunks"}[section]
                yield document.fault((*loc, *at), shown(name), f"the name of {kind}", near(name, document.names(section)))


def _named(queue: Any) -> Iterator[tuple[Loc, str, str | None]]:
    yield ("trunks",), "trunks", queue.trunks
    for number, one in enumerate(queue.transfers):
        yield ("transfers", number, "to"), "queue", one.to
    if queue.repeat:
        yield ("repeat", "to"), "queue", queue.repeat.to
    if queue.offer:
        yield ("offer", "to"), "queue", queue.offer.to
    if queue.menu:
        yield ("menu", "misrouted_to"), "queue", queue.menu.misrouted_to


def shares_add_up(document: Document) -> Iterator[Fault]:
    for loc, queue in document.good("queue"):
        passed_on, kinds = sum(one.share for one in queue.transfers), sum(one.share for one in queue.segments)
        if passed_on > 1 + 1e-9:
            yield document.fault((*loc, "transfers"), f"shares of {passed_on:g} together", "at most 1 together")
        if queue.segments and abs(kinds - 1) > 1e-6:
            yield document.fault((*loc, "segments"), f"shares of {kinds:g} together", "1 together")
        if queue.menu and queue.menu.misrouted and not queue.menu.misrouted_to:
            yield document.fault((*loc, "menu"), "misrouted without misrouted_to", "the queue that they come to")


def segments_fit(document: Document) -> Iterator[Fault]:
    for loc, queue in document.good("queue"):
        names = [one.name for one in queue.segments]
        for number, name in enumerate(names):
            if name in names[:number]:
                yield document.fault((*loc, "segments", number, "name"), shown(name), "each segment once")
        if queue.gives_way and queue.concurrency > 1:
            yield document.fault((*loc, "gives_way"), "gives_way beside concurrency", "one of the two")
        if queue.wrap is not None and queue.concurrency > 1 and queue.chat_slowdown:
            yield document.fault((*loc, "wrap"), "wrap beside chat_slowdown", "one of the two")


def times_fit(document: Document) -> Iterator[Fault]:
    """After-call work is a part of the handle time."""
    from wfm.scenario_file.journeys import handle_s, shape

    for loc, queue in document.good("queue"):
        if queue.wrap is not None and not shape(queue.wrap).mean < handle_s(queue):
            yield document.fault(
                (*loc, "wrap"), f"{shape(queue.wrap).mean:g} s on average", f"less than the handle time ({handle_s(queue):g} s)"
            )


def contacts_are_stated_once(document: Document) -> Iterator[Fault]:
    for loc, queue in document.good("queue"):
        if queue.patience_by_time and queue.patience is None:
            yield document.fault((*loc, "patience_by_time"), "no patience beside it", "the patience at other times")
        for key in ("handle_by_time", "patience_by_time"):
            if any(not number > 0 for *_, number in getattr(queue, key)):
                yield document.fault((*loc, key), "0 s", "times above 0")
        if queue.contacts_per_hour is not None and queue.contacts_by_time:
            yield document.fault((*loc, "contacts_by_time"), "contacts_per_hour beside it", "one of the two")


def traits_are_of_skills(document: Document) -> Iterator[Fault]:
    for section in ("group", "agent"):
        for loc, table in document.good(section):
            known = skills_of(table.skills, document.names("queue"))
            for number, one in enumerate(table.traits):
                if one.queue not in known:
                    place = (*loc, "traits", number, "queue")
                    yield document.fault(place, shown(one.queue), "one of their skills", near(one.queue, known))


def duty_is_within_the_group(document: Document) -> Iterator[Fault]:
    for loc, group in document.good("group"):
        most = max((wanted for *_, wanted in group.on_duty), default=0)
        if most > group.count or any(wanted % 1 for *_, wanted in group.on_duty):
            yield document.fault((*loc, "on_duty"), f"up to {most:g} of {group.count}", "whole numbers up to the group's count")

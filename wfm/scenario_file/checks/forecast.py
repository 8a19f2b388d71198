"""Checks of events and edits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wfm.errors import Fault
from wfm.scenario_file import planners
from wfm.scenario_file.checks import centre
from wfm.scenario_file.document import Document
from wfm.scenario_file.wrong import near, shown


def imported_fits(document: Document) -> Iterator[Fault]:
    """The file itself is read only once all that it must fit is sound."""
    forecast, run = document.one("forecast"), document.one("run")
    if forecast is None or run is None or run.forecast_method != "imported":
        return
    if forecast.imported is None:
        yield document.fault(("forecast", "imported"), "nothing", 'a CSV beside forecast_method = "imported"')
    elif document.axis and document.sound("queue") and Path(forecast.imported).is_file() and not any(_of_the_calendar(document)):
        yield from planners.imported(document, document.axis).faults


def _of_the_calendar(document: Document) -> Iterator[Fault]:
    yield from centre.region_exists(document)
    yield from centre.holidays_have_a_country(document)


def events_have_days(document: Document) -> Iterator[Fault]:
    for loc, event in document.good("event"):
        if not event.days and not event.monthly:
            yield document.fault((*loc, "days"), "neither days nor monthly", "one of the two")


def events_move_queues(document: Document) -> Iterator[Fault]:
    for loc, event in document.good("event"):
        for i, name in enumerate(event.queues):
            if document.lacks("queue", name):
                yield document.fault((*loc, "queues", i), shown(name), "the name of a queue", near(name, document.names("queue")))


def edits_name_a_queue(document: Document) -> Iterator[Fault]:
    several = len(document.names("queue")) > 1
    for loc, edit in document.good("edit"):
        if edit.queue is not None and document.lacks("queue", edit.queue):
            yield document.fault((*loc, "queue"), shown(edit.queue), "the name of a queue", near(edit.queue, document.names("queue")))
        if edit.queue is None and edit.action in ("set", "plus") and several:
            yield document.fault((*loc, "queue"), f"nothing beside {edit.action}", "the queue that is meant", "only times can be for all")


def edits_have_a_value(document: Document) -> Iterator[Fault]:
    for loc, edit in document.good("edit"):
        wants = edit.action in ("set", "times", "plus")
        if wants and edit.value is None:
            yield document.fault((*loc, "value"), "nothing", f"a number beside {edit.action}")
        elif not wants and edit.value is not None:
            yield document.fault((*loc, "value"), f"{edit.value:g}", f"no value beside {edit.action}")
        elif wants and edit.action != "plus" and edit.value < 0:
            yield document.fault((*loc, "value"), f"{edit.value:g}", f"a number from 0 for {edit.action}")

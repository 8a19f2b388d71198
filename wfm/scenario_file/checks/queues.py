"""Checks of the queues."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.errors import Fault
from wfm.scenario_file.document import Document
from wfm.scenario_file.week import DAYS, write_window


def contacts_come_from_somewhere(document: Document) -> Iterator[Fault]:
    run = document.one("run")
    if document.raw.get("history") is not None or (run and run.forecast_method == "imported"):
        return
    for loc, queue in document.good("queue"):
        if queue.contacts_per_hour is None and not queue.contacts_by_time:
            yield document.fault(
                (*loc, "contacts_per_hour"),
                "neither a history nor contacts_per_hour",
                "one of the two",
                "add [history] or contacts_per_hour",
            )


def handle_time_is_stated(document: Document) -> Iterator[Fault]:
    for loc, queue in document.good("queue"):
        stated = "handle" in queue.model_fields_set or (queue.handle_law is not None and queue.handle_law.points)
        if (queue.contacts_per_hour is not None or queue.contacts_by_time) and not stated:
            yield document.fault((*loc, "handle"), "nothing", 'a handle time beside contacts_per_hour, such as 240 or "4m"')


def concurrency_is_for_chat(document: Document) -> Iterator[Fault]:
    for loc, queue in document.good("queue"):
        if queue.concurrency > 1 and queue.channel != "chat":
            yield document.fault((*loc, "concurrency"), f"{queue.concurrency} for {queue.channel}", '1, or channel = "chat"')


def slowdown_is_for_several_chats(document: Document) -> Iterator[Fault]:
    for loc, queue in document.good("queue"):
        if queue.chat_slowdown and queue.concurrency == 1:
            yield document.fault((*loc, "chat_slowdown"), f"{queue.chat_slowdown:g} at one chat a time", "a concurrency above 1")


def opening_falls_on_steps(document: Document) -> Iterator[Fault]:
    """An interval is open or shut as a whole, so hours between two steps would be rounded silently."""
    plan = document.one("plan")
    for loc, queue in document.good("queue") if plan else ():
        odd = {
            (day, span)
            for day, spans in enumerate(queue.open.week)
            for span in spans
            if span[0] % plan.step_minutes or span[1] % plan.step_minutes
        }
        for day, span in sorted(odd)[:1]:
            found = f"{write_window(span)} on {DAYS[day]}"
            yield document.fault(
                (*loc, "open"), found, f"times on steps of {plan.step_minutes} minutes", "round them, or choose a smaller plan.step_minutes"
            )


def staffing_model_fits(document: Document) -> Iterator[Fault]:
    """What `wfm staff` would refuse is told before anything is computed."""
    staffing = document.one("staffing")
    for loc, queue in document.good("queue"):
        waits = queue.model == "deferred" or (queue.model == "auto" and queue.channel == "email")
        named = queue.model if queue.model != "auto" or staffing is None or waits else staffing.model
        if named == "chat" and queue.channel != "chat":
            yield document.fault((*loc, "model"), f'"chat" for {queue.channel}', f"a model for {queue.channel}", "auto chooses one")
        if named in ("A", "X") and queue.patience is None:
            yield document.fault(
                (*loc, "patience"), f"none, while its staffing model is {named}", "a patience", 'or the model "C" or "auto"'
            )
        if queue.target.abandonment is not None and queue.patience is None and not waits:
            yield document.fault((*loc, "target"), "an abandonment where nobody hangs up", "a patience beside it", "add one, or drop it")
        if waits and (queue.target.asa is not None or queue.target.abandonment is not None):
            yield document.fault((*loc, "target"), "an ASA or abandonment for work that may wait", "a share and its due time only")

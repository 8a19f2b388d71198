"""The journeys of contacts, and the roster that is given by numbers, from their tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wfm.model import (
    CustomerSegment,
    Journey,
    Kind,
    Law,
    Menu,
    Offer,
    Repeat,
    Roster,
    Segment,
    Shift,
    TimeAxis,
    Transfer,
    Trunks,
)
from wfm.scenario_file.document import Document
from wfm.scenario_file.persons import members, skills_of
from wfm.scenario_file.tables.journey import Shape
from wfm.scenario_file.tables.queue import QueueTable
from wfm.scenario_file.targets import target_of

USUAL_REPEAT = Law("exponential", 3600.0)
AT_ONCE = Law("constant")


def shape(table: Shape, mean_s: float | None = None, cv: float | None = None) -> Law:
    """The law of a table; mean_s: where it is stated elsewhere; cv: where the table states none."""
    spread = (1.0 if cv is None else cv) if table.cv is None else table.cv
    return Law(table.kind, table.mean if mean_s is None else mean_s, spread, tuple(table.points))


def law(table: Shape | None, mean_s: float | None = None, cv: float | None = None) -> Law | None:
    """As `shape`, None where there is no table."""
    return None if table is None else shape(table, mean_s, cv)


def handle_s(table: QueueTable) -> float:
    """A queue's mean handle time: that of its law's points, if it has any, else as stated."""
    how = table.handle_law
    return shape(how).mean if how is not None and how.points else table.handle


def journey(table: Any, lines: dict[str, int]) -> Journey:
    """Of a queue's table. lines: of all trunks by name."""
    return Journey(
        handle=law(table.handle_law, cv=table.handle_cv),
        wrap=law(table.wrap),
        patience=law(table.patience_law),
        trunks=Trunks(table.trunks, lines[table.trunks]) if table.trunks else None,
        menu=_menu(table.menu) if table.menu else None,
        places=table.places,
        busy_redial_share=table.busy_redial_share,
        redial=law(table.redial_law, table.redial_after),
        transfers=tuple(Transfer(one.to, one.share, one.extra) for one in table.transfers),
        repeat=_repeat(table.repeat) if table.repeat else None,
        disconnect=table.disconnect,
        offer=Offer(table.offer.over, table.offer.accept, table.offer.to or "") if table.offer else None,
        segments=tuple(_segment(one) for one in table.segments),
        keep_free=table.keep_free,
        gives_way=table.gives_way,
        patience_by_time=table.patience_by_time,
        backlog=table.backlog,
    )


def _menu(table: Any) -> Menu:
    return Menu(
        message=law(table.message) or AT_ONCE,
        escape=table.escape,
        self_service=law(table.self_service) or AT_ONCE,
        contained=table.contained,
        misrouted=table.misrouted,
        misrouted_to=table.misrouted_to or "",
        misrouted_s=table.misrouted_time,
        hang_up=table.hang_up,
    )


def _repeat(table: Any) -> Repeat:
    return Repeat(table.share, law(table.after) or USUAL_REPEAT, table.limit, table.to or "")


def _segment(table: Any) -> CustomerSegment:
    target = target_of(table.target) if table.target else None
    return CustomerSegment(table.name, table.share, table.priority, table.credit, table.patience, target)


def given_roster(document: Document, axis: TimeAxis) -> Roster | None:
    """The shifts of groups whose numbers on duty are given; None where none are."""
    shifts = [shift for _, group in document.good("group") if group.on_duty for shift in _on_duty(document, group, axis)]
    return Roster(axis, tuple(shifts)) if shifts else None


def _on_duty(document: Document, group: Any, axis: TimeAxis) -> Iterator[Shift]:
    """The first so many of the group at any time. Whoever works all day and night does so without a break at midnight."""
    queues = skills_of(group.skills, document.names("queue"))
    for number, name in enumerate(members(group.name, group.count)):
        spans = [(begin, end) for begin, end, wanted in group.on_duty if wanted > number]
        if spans == [(0, 1440)]:
            yield Shift(name, 0, "on duty", (Segment(0, axis.minutes, Kind.WORK, "work", queues),))
            continue
        for day in range(axis.days) if spans else ():
            yield Shift(name, day, "on duty", tuple(_parts(spans, axis, day, queues)))


def _parts(spans: list[tuple[int, int]], axis: TimeAxis, day: int, queues: tuple[str, ...]) -> Iterator[Segment]:
    reached = None
    for begin, end in ((axis.minute(day, begin), axis.minute(day, end)) for begin, end in spans):
        if reached is not None and begin > reached:
            yield Segment(reached, begin, Kind.BREAK, "off", (), False)
        yield Segment(begin, end, Kind.WORK, "work", queues)
        reached = end

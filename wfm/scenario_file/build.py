"""A document without faults becomes a Scenario."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from wfm.model import (
    Activity,
    ActivityKind,
    Agent,
    Break,
    Calendar,
    Channel,
    Contract,
    Experiment,
    ForecastSettings,
    HistorySource,
    Queue,
    Room,
    Scenario,
    ScheduleSettings,
    ShiftTemplate,
    StaffingSettings,
    TimeAxis,
    Workforce,
)
from wfm.model.axis import DAY_MINUTES
from wfm.scenario_file import journeys, planners
from wfm.scenario_file.dates import days_of
from wfm.scenario_file.document import Document
from wfm.scenario_file.known import known_days
from wfm.scenario_file.persons import agents, attendees, spans_of, time_off
from wfm.scenario_file.targets import target_of
from wfm.scenario_file.trainers import Part, trained

USUAL_GRID = 15


def build(document: Document) -> Scenario:
    """The scenario of a document that passed every check."""
    centre, run, axis = document.one("centre"), document.one("run"), document.axis
    assert axis is not None
    calendar = planners.calendar(centre, axis)
    lines = {trunks.name: trunks.lines for _, trunks in document.good("trunks")}
    queues = tuple(_queue(table, lines) for _, table in document.good("queue"))
    workforce = _workforce(document, axis, calendar)
    return Scenario(
        name=centre.name,
        axis=axis,
        queues=queues,
        workforce=workforce,
        calendar=calendar,
        forecasting=_forecasting(document, queues, calendar, axis),
        staffing=_staffing(document.one("staffing"), centre, calendar),
        scheduling=_scheduling(run, axis),
        experiment=_experiment(document, workforce.agents),
        history=_history(document.one("history")),
        currency=centre.currency,
        description=centre.description,
        roster=journeys.given_roster(document, axis),
        loop=run.loop,
    )


def _queue(table: Any, lines: dict[str, int]) -> Queue:
    return Queue(
        name=table.name,
        channel=Channel(table.channel),
        target=target_of(table.target),
        hours=table.open,
        handle_s=journeys.handle_s(table),
        handle_cv=table.handle_cv,
        patience_s=table.patience,
        concurrency=table.concurrency,
        contacts_per_hour=_per_hour(table),
        priority=table.priority,
        min_agents=table.min_agents,
        model=table.model,
        redial_share=table.redial_share,
        redial_after_s=table.redial_after,
        redial_limit=table.redial_limit,
        balk_share=table.balking,
        journey=journeys.journey(table, lines),
        contacts_by_time=table.contacts_by_time,
        handle_by_time=table.handle_by_time,
        chat_slowdown=table.chat_slowdown,
    )


def _per_hour(table: Any) -> float | None:
    """The given volume of a queue, on average over the day where it is given by time."""
    if not table.contacts_by_time:
        return table.contacts_per_hour
    return sum((end - begin) * number for begin, end, number in table.contacts_by_time) / DAY_MINUTES


def _forecasting(document: Document, queues: tuple[Queue, ...], calendar: Calendar, axis: TimeAxis) -> ForecastSettings:
    run = document.one("run")
    how = (run.forecast_method, run.paths, run.backtest_origins, run.backtest_days, run.seed)
    theirs = planners.imported(document, axis).demand
    return ForecastSettings(
        queues,
        calendar,
        *how,
        planners.events(document, axis),
        planners.edits(document),
        theirs,
        families=tuple((table.name, table.family) for _, table in document.good("queue") if table.family),
        small_below=document.one("forecast").small_below,
        day_spread=document.one("centre").day_spread,
    )


def _staffing(table: Any, centre: Any, calendar: Calendar) -> StaffingSettings:
    return StaffingSettings(table.model, table.risk, centre.absence, table.shrinkage, calendar, table.risk_of, table.offered_load)


def _workforce(document: Document, axis: TimeAxis, calendar: Calendar) -> Workforce:
    shifts = tuple(_shift(table) for _, table in document.good("shift"))
    everything = tuple(shift.name for shift in shifts)
    contracts = tuple(_contract(table, everything) for _, table in document.good("contract"))
    activities = tuple(_activities(document, axis, calendar.closed))
    rooms = tuple(Room(room.name, room.seats, room.count) for _, room in document.good("room"))
    people = known_days(document, agents(document), axis, shifts)
    return Workforce(people, contracts, shifts, activities, calendar.closed, rooms)


def _shift(table: Any) -> ShiftTemplate:
    breaks = tuple(Break(rest.name, rest.minutes, rest.earliest, rest.latest, rest.paid) for rest in table.breaks)
    last = table.start_from if table.start_to is None else table.start_to
    return ShiftTemplate(
        table.name, table.start_from, last, tuple(table.lengths), table.start_step, breaks, table.break_gap, table.weekdays, table.unpopular
    )


AS_WRITTEN = (
    "min_hours_week",
    "max_hours_week",
    "max_days_week",
    "max_consecutive_days",
    "rest_hours",
    "cost_per_hour",
    "min_days_off",
    "max_nights",
    "days_off_after_nights",
    "forward_minutes",
    "start_spread",
    "average_weeks",
    "min_hours_average",
    "max_hours_average",
    "overtime_hours",
    "overtime_price",
    "leave_hours",
    "leave_price",
    "fairness_price",
)


def _contract(table: Any, everything: tuple[str, ...]) -> Contract:
    free, of = table.weekends_off or (0, Contract.weekends_of)
    return Contract(
        name=table.name,
        shifts=everything if table.shifts is None else tuple(table.shifts),
        weekends_off=free,
        weekends_of=of,
        forbidden_next=table.forbidden_next or (),
        pattern=table.pattern or (),
        **{key: getattr(table, key) for key in AS_WRITTEN},
    )


def _activities(document: Document, axis: TimeAxis, closed: frozenset[date]) -> Iterator[Activity]:
    """For every table one activity, or one for every week and every group with a trainer."""
    made = {table.name: list(_weeks(document, table, axis, closed)) for _, table in document.good("activity")}
    weekly = {table.name for _, table in document.good("activity") if table.repeat == "weekly"}
    for _, table in document.good("activity"):
        for week, (first, last, parts) in enumerate(made[table.name]):
            same_week = [made[name][week : week + 1] if {name, table.name} <= weekly else made[name] for name in table.after]
            after = tuple(dict.fromkeys(part.name for weeks in same_week for _, _, before in weeks for part in before))
            yield from (_activity(table, part, first, last, after) for part in parts)


def _weeks(document: Document, table: Any, axis: TimeAxis, closed: frozenset[date]) -> Iterator[tuple[date, date, list[Part]]]:
    """First and last date of each week of an activity, and who is placed together in it; those away throughout are left out."""
    everybody, off = attendees(document, table), time_off(document)
    for name, first, last in spans_of(table, axis):
        working = days_of([(first, last)]) - closed
        who = tuple(who for who in everybody if table.repeat == "once" or not working <= off.get(who, frozenset()))
        yield first, last, list(trained(document, table, name, who))


def _activity(table: Any, part: Part, first: date, last: date, after: tuple[str, ...]) -> Activity:
    return Activity(
        name=part.name,
        kind=ActivityKind(table.kind),
        minutes=table.minutes,
        attendees=part.attendees,
        earliest=first,
        latest=last,
        sessions=table.sessions or len(table.at) or 1,
        from_minute=table.window[0],
        to_minute=table.window[1],
        group_size=part.group_size,
        at=tuple(table.at),
        paid=table.paid,
        trainer=part.attendees[-1] if table.trainer is not None else "",
        room=table.room or "",
        after=after,
    )


def _scheduling(run: Any, axis: TimeAxis) -> ScheduleSettings:
    grid = run.grid_minutes or math.gcd(axis.step_minutes, USUAL_GRID)
    prices = (run.under_price, run.deep_under_price, run.over_price, run.paid_price)
    return ScheduleSettings(*prices, grid, run.effort, run.workers, run.seed)


def _experiment(document: Document, people: tuple[Agent, ...]) -> Experiment:
    run, routing, centre = document.one("run"), document.one("routing"), document.one("centre")
    return Experiment(
        replications=run.replications,
        routing=routing.policy,
        absence=centre.absence,
        workers=run.workers,
        seed=run.seed,
        engine=run.engine,
        precision=run.precision,
        precision_of=run.precision_of,
        preference=routing.agents,
        among=routing.among,
        agents=tuple(agent for agent in people if agent.traits),
        late_share=centre.late,
        late_s=centre.late_by,
        leaving=routing.leaving,
        breaks=routing.breaks,
        warm_up_minutes=run.warm_up,
    )


def _history(table: Any) -> HistorySource | None:
    if table is None:
        return None
    return HistorySource(
        file=Path(table.file),
        missing=table.missing,
        lost=days_of(table.lost),
        columns=tuple(table.columns.items()),
        queue=table.queue,
        layout=table.layout,
        timezone=table.timezone,
        step_minutes=table.step_minutes,
    )

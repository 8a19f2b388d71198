"""A document without faults becomes a Scenario."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from wfm.model import (
    Agent,
    Calendar,
    Channel,
    Experiment,
    ForecastSettings,
    HistorySource,
    Queue,
    Scenario,
    ScheduleSettings,
    StaffingSettings,
    TimeAxis,
)
from wfm.model.axis import DAY_MINUTES
from wfm.scenario_file import journeys, planners
from wfm.scenario_file.dates import days_of
from wfm.scenario_file.document import Document
from wfm.scenario_file.tables.queue import QueueTable
from wfm.scenario_file.targets import target_of
from wfm.scenario_file.workforce import workforce_of

USUAL_GRID = 15


def build(document: Document) -> Scenario:
    """The scenario of a document that passed every check."""
    centre, run, axis = document.one("centre"), document.one("run"), document.axis
    assert axis is not None
    calendar = planners.calendar(centre, axis)
    lines = {trunks.name: trunks.lines for _, trunks in document.good("trunks")}
    queues = tuple(_queue(table, lines) for _, table in document.good("queue"))
    workforce = workforce_of(document, axis, calendar)
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


def _queue(table: QueueTable, lines: dict[str, int]) -> Queue:
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


def _per_hour(table: QueueTable) -> float | None:
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

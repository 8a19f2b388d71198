"""The whole job on one page: history → forecast → requirement → schedule → simulate → summary."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pandas as pd

from scheduling import schedule
from simulation import simulate
from wfm.forecasting import RestOfDay, Today, forecast, read_today, rest_of_today
from wfm.forecasting.today import as_archive, published_before
from wfm.intake import read_history
from wfm.loop import close_loop
from wfm.model import Forecast, History, LoopStep, Progress, Reason, Requirement, Result, Scenario, Solved, TimeAxis, part, silent
from wfm.report import summarise
from wfm.staffing import require


def plan(scenario: Scenario, progress: Progress = silent, history: History | None = None) -> Result:
    """Do the whole job for one scenario. history: where it has been read already, as by `history_of`.

    Where the hard rules contradict each other the result ends after `solved`, whose `conflicts` say why. Raises InputError when the
    history is at fault; whatever `progress` raises passes through.
    """
    seconds: dict[str, float] = {}
    placed, judged = (0.4, 0.7) if scenario.loop else (0.6, 0.6)  # shares of the work done after the schedule and after the loop
    with _timed(seconds, "history"):
        history = history_of(scenario) if history is None else history
    with _timed(seconds, "forecast"):
        predicted = forecast(history, scenario.axis, scenario.forecasting, part(progress, 0.0, 0.1))
    with _timed(seconds, "requirement"):
        required = require(predicted, scenario.queues, scenario.staffing)
    with _timed(seconds, "schedule"):
        solved = schedule(required, scenario.workforce, scenario.scheduling, part(progress, 0.1, placed))
    if solved.reason in (Reason.INFEASIBLE, Reason.NOTHING_FOUND):
        return Result(predicted, required, solved, seconds=seconds)
    steps: tuple[LoopStep, ...] = ()
    if scenario.loop:
        with _timed(seconds, "loop"):
            required, solved, steps = close_loop(scenario, predicted, required, solved, part(progress, placed, judged))
    with _timed(seconds, "simulation"):
        outcome = simulate(
            predicted, scenario.queues, solved.roster, scenario.experiment, part(progress, 0.7 if scenario.loop else 0.6, 1.0)
        )
    with _timed(seconds, "summary"):
        summary = summarise(outcome, solved, scenario.currency)
    return Result(predicted, required, solved, outcome, summary, seconds, steps)


def judge(scenario: Scenario, predicted: Forecast, required: Requirement, solved: Solved, progress: Progress = silent) -> Result:
    """A roster that is already there, simulated and told; whatever `progress` raises passes through."""
    seconds: dict[str, float] = {}
    with _timed(seconds, "simulation"):
        outcome = simulate(predicted, scenario.queues, solved.roster, scenario.experiment, progress)
    with _timed(seconds, "summary"):
        summary = summarise(outcome, solved, scenario.currency)
    return Result(predicted, required, solved, outcome, summary, seconds)


def history_of(scenario: Scenario) -> History | None:
    """The scenario's contact history, None where every queue has a given volume. Raises HistoryError."""
    if scenario.history is None:
        return None
    return read_history(scenario.history, scenario.queues, scenario.calendar, scenario.axis.timezone)


def reforecast(
    scenario: Scenario, rows: pd.DataFrame, archive: pd.DataFrame, at_minute: int | None = None
) -> tuple[Today, tuple[RestOfDay, ...]]:
    """The rest of the last day in `rows` (interval_start, contacts, queue), given the scenario's archive of published forecasts.

    Where nothing was published of that day, a forecast is made now from the history before it. Raises InputError.
    """
    history, axis = history_of(scenario), scenario.axis
    today = read_today(rows, scenario.queues, axis.step_minutes, axis.timezone, at_minute)
    if not published_before(archive, today.day, axis.timezone):
        settings = replace(scenario.forecasting, backtest_origins=0, imported=None)
        made = forecast(history, TimeAxis(today.day, 1, axis.step_minutes, axis.timezone), settings)
        archive = pd.concat([as_archive(made), archive], ignore_index=True)
    return today, rest_of_today(today, archive, history, axis, scenario.forecasting)


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - begun, 3)

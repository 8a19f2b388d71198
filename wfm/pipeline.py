"""The whole job on one page: history → forecast → requirement → schedule → simulate → summary."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from scheduling import schedule
from simulation import simulate
from wfm.forecasting import forecast
from wfm.intake import read_history
from wfm.model import History, Progress, Reason, Result, Scenario, part, silent
from wfm.report import summarise
from wfm.staffing import require


def plan(scenario: Scenario, progress: Progress = silent) -> Result:
    """Do the whole job for one scenario.

    Where the hard rules contradict each other the result ends after `solved`, whose `conflicts` say why. Raises InputError when the
    history is at fault; whatever `progress` raises passes through.
    """
    seconds: dict[str, float] = {}
    with _timed(seconds, "history"):
        history = history_of(scenario)
    with _timed(seconds, "forecast"):
        predicted = forecast(history, scenario.axis, scenario.forecasting, part(progress, 0.0, 0.1))
    with _timed(seconds, "requirement"):
        required = require(predicted, scenario.queues, scenario.staffing)
    with _timed(seconds, "schedule"):
        solved = schedule(required, scenario.workforce, scenario.scheduling, part(progress, 0.1, 0.6))
    if solved.reason in (Reason.INFEASIBLE, Reason.NOTHING_FOUND):
        return Result(predicted, required, solved, seconds=seconds)
    with _timed(seconds, "simulation"):
        outcome = simulate(predicted, scenario.queues, solved.roster, scenario.experiment, part(progress, 0.6, 1.0))
    with _timed(seconds, "summary"):
        summary = summarise(outcome, solved, scenario.currency)
    return Result(predicted, required, solved, outcome, summary, seconds)


def history_of(scenario: Scenario) -> History | None:
    """The scenario's contact history, None where every queue has a given volume. Raises HistoryError."""
    if scenario.history is None:
        return None
    return read_history(scenario.history, scenario.queues, scenario.calendar, scenario.axis.timezone)


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    seconds[stage] = round(time.perf_counter() - begun, 3)

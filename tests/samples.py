"""Tiny nouns to twist with `dataclasses.replace`; every test may start from them."""

from datetime import date

import numpy as np

from wfm.model import Agent, Break, Contract, Forecast, OpeningHours, Queue, Requirement, ShiftTemplate, Target, TimeAxis, Workforce

MONDAY = date(2026, 3, 2)
OFFICE = OpeningHours((((540, 1020),),) * 5 + ((), ()))
AXIS = TimeAxis(MONDAY, 7, 15, "Europe/Berlin")
CALLS = Queue("calls", target=Target(0.8, 20), hours=OFFICE, handle_s=240, patience_s=120)
LUNCH = Break("lunch", 30, earliest=180, latest=270)
DAY = ShiftTemplate("day", 540, 540, (480,), breaks=(LUNCH,))
FULL_TIME = Contract("full time", ("day",), max_hours_week=40, cost_per_hour=20)
AGENT = Agent("ann", "full time", ("calls",))
TEAM = Workforce((AGENT, Agent("bob", "full time", ("calls",))), (FULL_TIME,), (DAY,))


def flat_forecast(per_interval: float, axis: TimeAxis = AXIS, queue: Queue = CALLS, paths: int = 20, seed: int = 1) -> Forecast:
    """A Poisson forecast, constant while the queue is open."""
    mean = per_interval * queue.hours.mask(axis)[None, :]
    counts = np.random.default_rng(seed).poisson(mean, (paths, *mean.shape))
    levels = (0.1, 0.5, 0.9)
    return Forecast(axis, (queue.name,), mean, counts, np.quantile(counts, levels, axis=0), np.full(mean.shape, queue.handle_s), levels)


def flat_requirement(agents: int, axis: TimeAxis = AXIS, queue: Queue = CALLS) -> Requirement:
    """The same number of agents whenever the queue is open."""
    need = agents * queue.hours.mask(axis)[None, :].astype(float)
    return Requirement(axis, (queue.name,), need, need, need, np.full(need.shape, 0.8), ("flat",))

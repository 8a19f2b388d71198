"""Logs made by a centre that is known, through the simulation."""

from dataclasses import replace
from datetime import date

import numpy as np

from simulation.engines import ENGINES
from simulation.run import run_one
from simulation.setting import prepare
from simulation.trace import Fate
from tests.simulation.small import forecast_of, roster, shift
from wfm.model import Agent, CallLog, CustomerSegment, Experiment, Forecast, Journey, Queue, Roster, Skill, TimeAxis

AXIS = TimeAxis(date(2026, 3, 2), 12, 15, "UTC")
PATIENCE_S, HANDLE_S = 240.0, 200.0
SLOW, QUICK = 1.4, 0.7
CREDIT_S = 60.0
SEGMENTS = (CustomerSegment("1", 0.6), CustomerSegment("2", 0.4, credit_s=CREDIT_S))
QUEUE = Queue("calls", handle_s=HANDLE_S, patience_s=PATIENCE_S, journey=Journey(segments=SEGMENTS))
AGENTS = 9


def people() -> tuple[Agent, ...]:
    """The first is slow, the last is quick."""
    factors = [SLOW, *[1.0] * (AGENTS - 2), QUICK]
    return tuple(Agent(f"agent {n}", "any", ("calls",), traits=(Skill("calls", handle_factor=f),)) for n, f in enumerate(factors))


def true_roster(seed: int) -> Roster:
    """Eight to eighteen, with breaks of a quarter to half an hour about every other hour."""
    dice = np.random.default_rng(seed)
    shifts = []
    for day in range(AXIS.days):
        for number in range(AGENTS):
            at, parts = 480 + 60 * (number % 3), []
            while at < 1080:
                end = min(at + int(dice.integers(80, 160)), 1080)
                back = end + int(dice.integers(15, 30))
                parts += [(day * 1440 + at, day * 1440 + end, ["calls"]), (day * 1440 + end, day * 1440 + back, [])]
                at = back
            shifts.append(shift(f"agent {number}", *parts[:-1], day=day))
    return roster(*shifts, axis=AXIS)


def truth(seed: int = 1) -> tuple[Forecast, Roster, Experiment]:
    rate = np.zeros(AXIS.n_intervals)
    for day in range(AXIS.days):
        rate[day * 96 + 32 : day * 96 + 72] = 34
    paths = np.random.default_rng(seed).poisson(rate, (1, 1, len(rate))).astype(float)
    return forecast_of((QUEUE,), paths, AXIS), true_roster(seed), Experiment(agents=people(), routing="longest_wait", seed=seed)


def made_log(seed: int = 1) -> CallLog:
    """The log of that centre."""
    predicted, who, experiment = truth(seed)
    setting = prepare(predicted, (QUEUE,), who, experiment)
    trace = run_one(setting, ENGINES["fast"](setting).live, 0, predicted.paths[0], trace=True).trace
    served = trace.fate == Fate.ANSWERED
    keep = served | (trace.fate == Fate.ABANDONED)
    order = np.argsort(trace.arrival_s[keep], kind="stable")
    columns = {"asked_s": trace.arrival_s, "wait_s": trace.wait_s, "service_s": trace.service_s, "agent": trace.agent, "rank": trace.queue}
    told = {name: values[keep][order] for name, values in columns.items()}
    return CallLog(AXIS, ("calls",), setting.agents, ("1", "2"), kind=np.zeros(len(order), int), served=served[keep][order], **told)


def part_of(log: CallLog, who: np.ndarray) -> CallLog:
    names = ("kind", "asked_s", "wait_s", "served", "service_s", "agent", "rank")
    return replace(log, **{name: getattr(log, name)[who] for name in names})

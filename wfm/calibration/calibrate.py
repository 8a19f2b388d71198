"""calibrate(): from a log of calls to a centre that can be simulated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from scipy.optimize import minimize_scalar

from wfm.calibration import classes, duty, laws
from wfm.calibration.duty import Stint
from wfm.calibration.exam import misfit
from wfm.model import (
    Agent,
    CallLog,
    CustomerSegment,
    Experiment,
    Forecast,
    Journey,
    Kind,
    Outcome,
    Progress,
    Queue,
    Roster,
    Segment,
    Shift,
    Skill,
    Target,
    silent,
)
from wfm.model.arrays import FloatArray

CONTRACT = "as logged"
ROUTING = "longest_wait"
MOST = 3.0
"""Longest turn-round that is tried, in units of the one seen."""

LOOKS = 14
"""Most turn-rounds that are tried."""


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A centre as its log tells it.

    queues: one for each kind of call, with its laws and classes. agents: with skills and pace. roster: who was on duty when. forecast: the
    recorded calls, to be lived through again. turn_round_s: time an agent needs after a call, part of every handle time; seen_turn_round_s:
    what the log shows of it. hours: handle time of each interval ÷ the usual, (intervals,). patience: by kind, None where nobody waited.
    credits_s: head start of each class.
    """

    log: CallLog
    queues: tuple[Queue, ...]
    agents: tuple[Agent, ...]
    roster: Roster
    forecast: Forecast
    turn_round_s: float
    seen_turn_round_s: float
    hours: FloatArray
    patience: tuple[laws.Patience | None, ...]
    credits_s: FloatArray

    def experiment(self, replications: int, seed: int = 1) -> Experiment:
        """How to simulate it."""
        return Experiment(replications, routing=ROUTING, seed=seed, agents=self.agents)

    def on_duty(self) -> FloatArray:
        """Mean number of agents on duty in each interval, (intervals,)."""
        spans = [(part.start, part.end) for shift in self.roster.shifts for part in shift.segments if part.kind is Kind.WORK]
        edges, step = self.log.axis.interval_minutes, self.log.axis.step_minutes
        minutes = np.zeros(self.log.axis.minutes + 1)
        for start, end in spans:
            minutes[start] += 1
            minutes[min(end, self.log.axis.minutes)] -= 1
        return np.add.reduceat(np.cumsum(minutes)[:-1], edges) / step


def calibrate(log: CallLog, target: Target | None = None) -> Calibrated:
    """The centre with the turn-round that the log shows. target: of every queue, 80 % within 20 s if None.

    How each part is found: see `docs/calibration.md`.
    """
    skills, seen_s = duty.skills_of(log), duty.turn_round_s(log)
    heads = classes.credits_s(log) if log.classes else np.zeros(1)
    patience = tuple(laws.patience(log, kind) for kind in range(len(log.kinds)))
    queues = tuple(_queue(log, kind, target or Target(), patience[kind], heads) for kind in range(len(log.kinds)))
    factors = laws.agent_factors(log)
    hours = laws.hour_factors(log, factors)
    agents = tuple(_agent(log, number, skills[number], float(factors[number])) for number in range(len(log.agents)))
    centre = Calibrated(log, queues, agents, _roster(log, agents), _recorded(log), 0.0, seen_s, hours, patience, heads)
    return with_turn_round(centre, seen_s)


def with_turn_round(centre: Calibrated, turn_round_s: float) -> Calibrated:
    """The same centre with another turn-round."""
    queues, usual_s = [], laws.usual_s(centre.log)
    handle_s = usual_s[:, None] * centre.hours + turn_round_s
    for kind, queue in enumerate(centre.queues):
        mean_s = max(float(usual_s[kind]) + turn_round_s, 1.0)
        journey = replace(queue.journey, handle=laws.handle_law(centre.log, kind, turn_round_s))
        queues.append(replace(queue, handle_s=mean_s, journey=journey))
    forecast = replace(centre.forecast, handle_s=handle_s)
    return replace(centre, queues=tuple(queues), forecast=forecast, turn_round_s=turn_round_s)


def fit(centre: Calibrated, live: Callable[[Calibrated], Outcome], within_s: float, progress: Progress = silent) -> Calibrated:
    """The centre with the turn-round, up to `MOST` times that seen, with which the simulated log comes closest to the real one.

    live: simulates a centre, with the same random numbers each time. What is compared: see `exam.misfit`. The turn-round makes up for all
    that the log does not show of who was really there, so it need not be what somebody with a stop-watch would find.
    """
    most_s = MOST * max(centre.seen_turn_round_s, 1.0)
    tried = count(1)

    def misfit_of(turn_round_s: float) -> float:
        progress(f"turn-round of {turn_round_s:.1f} s", min(next(tried) / (LOOKS + 1), 1.0))
        return misfit(centre.log, live(with_turn_round(centre, turn_round_s)), within_s)

    found = minimize_scalar(misfit_of, bounds=(0.0, most_s), method="bounded", options={"maxiter": LOOKS, "xatol": 0.1})
    return with_turn_round(centre, round(float(found.x), 1))


def _queue(log: CallLog, kind: int, target: Target, patience: laws.Patience | None, heads: FloatArray) -> Queue:
    law = patience.law if patience else None
    journey = Journey(patience=law if law and law.points else None, segments=_segments(log, kind, heads))
    return Queue(log.kinds[kind], target=target, patience_s=law.mean if law else None, journey=journey)


def _segments(log: CallLog, kind: int, heads: FloatArray) -> tuple[CustomerSegment, ...]:
    """None where there is one class, or nobody has a head start."""
    if len(log.classes) < 2 or not heads.any():
        return ()
    share = classes.shares(log, kind)
    return tuple(
        CustomerSegment(name, float(part), credit_s=float(head)) for name, part, head in zip(log.classes, share, heads, strict=True) if part
    )


def _agent(log: CallLog, number: int, kinds: tuple[int, ...], factor: float) -> Agent:
    skills = tuple(log.kinds[kind] for kind in kinds)
    return Agent(log.agents[number], CONTRACT, skills, traits=tuple(Skill(name, handle_factor=round(factor, 4)) for name in skills))


def _roster(log: CallLog, agents: tuple[Agent, ...]) -> Roster:
    by_day: dict[tuple[int, int], list[Stint]] = {}
    for stint in duty.stints(log):
        by_day.setdefault((stint.agent, stint.day), []).append(stint)
    shifts = [_shift(agents[agent], day, some) for (agent, day), some in by_day.items()]
    return Roster(log.axis, tuple(shift for shift in shifts if shift))


def _shift(agent: Agent, day: int, stints: list[Stint]) -> Shift | None:
    """Times on duty cut to whole minutes, so that whoever takes a call at once is there when it comes, and breaks between them.

    None where not a minute is left.
    """
    parts: list[Segment] = []
    for stint in stints:
        start = max(int(stint.start_s // 60), parts[-1].end if parts else 0)
        end = int(stint.end_s // 60)
        if end <= start:
            continue
        if parts and start > parts[-1].end:
            parts.append(Segment(parts[-1].end, start, Kind.BREAK, "away", paid=False))
        parts.append(Segment(start, end, Kind.WORK, "work", agent.skills))
    return Shift(agent.name, day, CONTRACT, tuple(parts)) if parts else None


def _recorded(log: CallLog) -> Forecast:
    axis, kinds = log.axis, range(len(log.kinds))
    moments = tuple(np.sort(log.asked_s[log.kind == kind]) for kind in kinds)
    counts = np.array([np.bincount((at_s // (axis.step_minutes * 60)).astype(int), minlength=axis.n_intervals) for at_s in moments], float)
    levels = (0.1, 0.9)
    return Forecast(axis, log.kinds, counts, counts[None], np.stack([counts] * 2), np.ones(counts.shape), levels, recorded_s=moments)

"""Simulation in the loop: what pooled people really give corrects the requirement, hour by hour, until it is met and no more.

A requirement is worked out queue by queue, a roster has people with several skills. So the roster is simulated; where a queue misses its
target the requirement is raised, where it surely has more than its target it is lowered; the roster is mended to suit, and so on. An
hour that was ever raised is never lowered again, and one lowered is never raised twice, so the loop ends.
(After Atlason, Epelman, Henderson, Optimizing call center staffing using simulation and analytic center cutting-plane methods,
Management Science 54, 2008.)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.stats import t as student

from scheduling import repair
from simulation import simulate
from wfm.model import (
    Correction,
    Forecast,
    LoopStep,
    Outcome,
    Progress,
    Queue,
    Reason,
    Requirement,
    Scenario,
    Solved,
    Workforce,
    part,
    silent,
)
from wfm.model.arrays import BoolArray, FloatArray, IntArray
from wfm.report import measures
from wfm.report.service import by_interval, own

BLOCK_MINUTES = 60  # intervals judged together, or the noise of single ones would be followed
STEP = 0.1  # of the requirement, at least one agent
OTHER_DAYS = 1_000_003  # added to the seed, so that the days which steer the loop are not those by which the plan is judged
CORRECTED = "; corrected by simulation"
Chosen = tuple[Requirement, Solved]


@dataclass(frozen=True, eq=False)
class Evidence:
    """What one simulation says of each queue and block of intervals, (queues, blocks).

    mean: contacts served in target beyond those asked for. short: surely below the target; below: so far; beyond: surely above.
    sure_queue (queues,): whether the queue as a whole surely meets its target.
    """

    mean: FloatArray
    short: BoolArray
    below: BoolArray
    beyond: BoolArray
    sure_queue: BoolArray


def close_loop(
    scenario: Scenario, predicted: Forecast, required: Requirement, solved: Solved, progress: Progress = silent
) -> tuple[Requirement, Solved, tuple[LoopStep, ...]]:
    """The requirement and roster of fewest paid hours found at which every queue meets its target with its 95 % interval, else those that
    miss it least; and the trace, a step for each roster simulated (`scenario.loop` corrections at most).
    """
    experiment = replace(scenario.experiment, seed=scenario.experiment.seed + OTHER_DAYS)
    if experiment.replications < 2:
        return required, solved, ()
    pinned = np.zeros((len(required.queues), blocks_of(required)[-1] + 1), np.int64)  # 1 raised, −1 lowered, 2 lowered and raised
    shared = pools(scenario.queues, scenario.workforce)
    tried: list[tuple[LoopStep, Chosen]] = []
    early = solved.ended_early
    for number in range(scenario.loop + 1):
        here = part(progress, number / (scenario.loop + 1), (number + 1) / (scenario.loop + 1))
        outcome = simulate(predicted, scenario.queues, solved.roster, experiment, part(here, 0.0, 0.6))
        evidence = judged(outcome, blocks_of(required))
        up, down = cuts(evidence, pinned, shared)
        last = number == scenario.loop or not (up.any() or down.any())
        after = required if last else corrected(required, up, down, scenario)
        step = _step(number, outcome, scenario, solved, told_corrections(required, after))
        step = step if last else replace(step, raised=int(up.sum()), lowered=int(down.sum()))
        tried.append((step, (required, solved)))
        if last:
            break
        required = after
        mended = repair(solved.roster, required, scenario.workforce, scenario.scheduling, change_price=0.0, progress=part(here, 0.6, 1.0))
        early |= mended.solved.ended_early
        if mended.solved.reason in (Reason.INFEASIBLE, Reason.NOTHING_FOUND) or not mended.changes:
            break
        solved = replace(mended.solved, workforce=scenario.workforce)
    best = min(range(len(tried)), key=lambda n: (_worst(tried[n][0], scenario.queues), tried[n][0].paid_hours, n))
    steps = tuple(replace(step, chosen=n == best) for n, (step, _) in enumerate(tried))
    required, solved = tried[best][1]
    return required, replace(solved, ended_early=early), steps


def blocks_of(required: Requirement) -> IntArray:
    """Index of the block of each interval, shape (intervals,)."""
    return np.arange(required.axis.n_intervals) // max(1, BLOCK_MINUTES // required.axis.step_minutes)


def judged(outcome: Outcome, blocks: IntArray) -> Evidence:
    """Each queue and block against the queue's target, by the t interval of (served in target − share × counted)."""
    surplus = np.array([_surplus(outcome, q) for q in range(len(outcome.queues))])
    starts = np.unique(blocks, return_index=True)[1]
    by_block = np.add.reduceat(surplus, starts, axis=2)
    mean, half = _interval(by_block)
    whole, whole_half = _interval(surplus.sum(axis=2))
    return Evidence(mean, mean + half < 0, mean < 0, mean - half > 0, whole - whole_half >= 0)


def _surplus(outcome: Outcome, index: int) -> FloatArray:
    """Contacts served in target beyond those asked for, (replications, intervals)."""
    top, bottom = own(outcome.queues[index], by_interval(outcome, index))
    return top - outcome.queues[index].target.share * bottom


def _interval(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and half of the 95 % interval over replications (axis 1)."""
    runs = values.shape[1]
    return values.mean(axis=1), student.ppf(0.975, runs - 1) * values.std(axis=1, ddof=1) / np.sqrt(runs)


def pools(queues: tuple[Queue, ...], workforce: Workforce) -> IntArray:
    """A number for each queue, the same for those that people link by their skills, shape (queues,)."""
    pool = np.arange(len(queues))
    for skills in {agent.skills for agent in workforce.agents}:
        linked = [q for q, queue in enumerate(queues) if queue.name in skills]
        pool[np.isin(pool, pool[linked])] = min(pool[linked], default=0)
    return pool


def cuts(evidence: Evidence, pinned: IntArray, pool: IntArray) -> tuple[BoolArray, BoolArray]:
    """Where to raise and where to lower the requirement, (queues, blocks) each; remembered in `pinned`.

    Of queues that share people only one at a time, or they would overshoot together: the worst is raised, the best lowered.
    """
    wanted = evidence.short | (evidence.below & ~evidence.sure_queue[:, None])
    up = _first(wanted & (pinned != 2), evidence.mean, pool)
    down = _first(evidence.beyond & evidence.sure_queue[:, None] & (pinned <= 0), -evidence.mean, pool)
    down &= ~np.array([wanted[pool == one].any(axis=0) for one in pool])
    pinned[up] = np.where(pinned[up] == -1, 2, 1)
    pinned[down] = -1
    return up, down


def _first(wanted: BoolArray, order: FloatArray, pool: IntArray) -> BoolArray:
    """Of the wanted cells those least in order among the queues of their pool, in each block."""
    ranked = np.where(wanted, order, np.inf)
    least = np.array([ranked[pool == one].min(axis=0) for one in pool])
    chosen: BoolArray = wanted & (ranked == least)
    return chosen


def corrected(required: Requirement, up: BoolArray, down: BoolArray, scenario: Scenario) -> Requirement:
    """The requirement a step higher or lower in some blocks, where it is open; never below a queue's least agents."""
    blocks = blocks_of(required)
    step = np.maximum(1.0, np.round(STEP * required.rostered))
    sign = up[:, blocks].astype(float) - down[:, blocks]
    least = np.array([[float(queue.min_agents)] for queue in scenario.queues])
    rostered = np.where(required.rostered > 0, np.maximum(required.rostered + sign * step, least), required.rostered)
    rostered = np.where((required.rostered <= 0) & up[:, blocks] & np.isfinite(required.service), 1.0, rostered)
    ratio = np.divide(rostered, required.rostered, out=np.ones_like(rostered), where=required.rostered > 0)
    told = tuple(f"{words.removesuffix(CORRECTED)}{CORRECTED}" for words in required.definition)
    return replace(required, rostered=rostered, present=required.present * ratio, paid=required.paid * ratio, definition=told)


def told_corrections(before: Requirement, after: Requirement) -> tuple[Correction, ...]:
    """Stretches inside a day in which the requirement of a queue goes up, or down, by queue and time."""
    axis, told = before.axis, []
    change = (after.rostered - before.rostered) * axis.step_minutes / 60
    for queue, row in zip(before.queues, change, strict=True):
        keys = np.stack([np.sign(row), axis.day])
        edges = [0, *(np.flatnonzero((keys[:, 1:] != keys[:, :-1]).any(axis=0)) + 1).tolist(), axis.n_intervals]
        for first, last in pairwise(edges):
            if row[first] != 0:
                begin, end = (axis.stamp(i * axis.step_minutes) for i in (first, last))
                told.append(Correction(queue, begin, end, float(row[first:last].sum())))
    return tuple(told)


def _step(number: int, outcome: Outcome, scenario: Scenario, solved: Solved, corrections: tuple[Correction, ...]) -> LoopStep:
    told = measures(outcome, scenario.workforce.closed)
    service = tuple(m for m in told if m.name == "service_level" and m.queue)
    hours = sum(shift.paid_minutes for shift in solved.roster.shifts) / 60
    return LoopStep(number, solved.objective, hours, service, 0, 0, corrections=corrections)


def _worst(step: LoopStep, queues: tuple[Queue, ...]) -> float:
    """By how much the lower end of the interval misses the target where it does most; 0 where none does."""
    share = {queue.name: queue.target.share for queue in queues}
    return max((max(0.0, share[m.queue] - m.low) for m in step.service if np.isfinite(m.low)), default=0.0)

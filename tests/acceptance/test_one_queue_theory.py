"""The smallest scenario, simulated from its own plan, against exact Erlang A computed here from its birth–death equations."""

from dataclasses import replace

import mpmath
import numpy as np

from simulation import simulate
from wfm.cli.runner import read
from wfm.pipeline import plan

RATE, HANDLE_S, PATIENCE_S, AGENTS, WITHIN_S = 60 / 3600, 240.0, 120.0, 6, 20.0


def erlang_a_offered(states: int = 400) -> float:
    """P(served within T) of M/M/n+M: states by their birth–death balance, then the race of a tagged caller who finds all agents busy."""
    weight = [mpmath.mpf(1)]
    for k in range(1, states):
        weight.append(weight[-1] * RATE / (min(k, AGENTS) / HANDLE_S + max(k - AGENTS, 0) / PATIENCE_S))
    total = mpmath.fsum(weight)
    served = mpmath.fsum(weight[:AGENTS]) / total
    for ahead in range(60):
        served += weight[AGENTS + ahead] / total * _reaches_an_agent(ahead)
    return float(served)


def _reaches_an_agent(ahead: int) -> mpmath.mpf:
    """P(the tagged caller, with `ahead` before them, is served within T): ∫ density of the wait × P(still patient)."""
    steps = [AGENTS / HANDLE_S + j / PATIENCE_S for j in range(ahead + 1)]
    chain = mpmath.matrix(ahead + 1, ahead + 1)
    for j, rate in enumerate(steps):
        chain[j, j] = -(rate + 1 / PATIENCE_S)
        if j:
            chain[j, j - 1] = rate
    gone = mpmath.expm(chain * WITHIN_S) - mpmath.eye(ahead + 1)
    return steps[0] * (chain**-1 * gone)[ahead, 0]


def test_simulated_service_level_of_one_queue_is_exact_erlang_a() -> None:
    scenario = read("one_queue").scenario
    queue = scenario.queues[0]
    assert (queue.contacts_per_hour, queue.handle_s, queue.patience_s, queue.target.within_s) == (60, HANDLE_S, PATIENCE_S, WITHIN_S)
    result = plan(scenario)
    is_open = queue.hours.mask(scenario.axis)
    assert np.all(result.requirement.present[0, is_open] == AGENTS)
    assert np.all(result.solved.present[0, is_open] == AGENTS)
    experiment = replace(scenario.experiment, replications=120)
    outcome = simulate(result.forecast, scenario.queues, result.solved.roster, experiment)
    minute = scenario.axis.wall_minute
    steady = is_open & (minute >= 10 * 60) & (minute < 16 * 60 + 45)  # the day starts empty, and its last callers meet the closing time
    good, offered = (getattr(outcome, name)[:, 0, steady].sum(axis=1) for name in ("answered_in_target", "offered"))
    level = good.sum() / offered.sum()
    error = np.std(good - level * offered, ddof=1) / offered.mean() / np.sqrt(len(good))
    assert abs(level - erlang_a_offered()) < 4 * error
    assert error < 0.004, "so wide an error would hide a wrong formula"

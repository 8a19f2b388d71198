"""One queue, simulated, against exact steady states that this file computes for itself."""

from datetime import date

import numpy as np
import pytest
from scipy.linalg import expm

from simulation import simulate
from simulation.arrivals import draw_contacts
from simulation.centre import Centre
from simulation.setting import prepare
from tests.simulation.small import roster, steady, team
from wfm.model import Experiment, Outcome, Queue, TimeAxis

AXIS = TimeAxis(date(2026, 3, 2), 1, 60, "Europe/Berlin")
HANDLE_S = 240.0
REPLICATIONS = 40
WITHIN_S = 20.0
SETTLED = slice(1, None)
"""The first hour is dropped: the day begins with an empty centre."""


class Exact:
    """Birth and death of the number in an M/M/n+M centre (M/M/n where patience_s is None), summed state by state."""

    def __init__(self, per_hour: float, agents: int, patience_s: float | None, most: int = 1500):
        self.rate, self.agents = per_hour / 3600, agents
        self.leave_rate = 1 / patience_s if patience_s else 0.0
        n = np.arange(1, most + 1)
        death = np.minimum(n, agents) / HANDLE_S + np.maximum(n - agents, 0) * self.leave_rate
        weight = np.concatenate([[0.0], np.cumsum(np.log(self.rate / death))])
        self.chance = np.exp(weight - weight.max())
        self.chance /= self.chance.sum()
        self.waiting = np.maximum(np.arange(most + 1) - agents, 0)

    @property
    def mean_queue(self) -> float:
        return float(self.chance @ self.waiting)

    @property
    def share_waiting(self) -> float:
        return float(self.chance[self.agents :].sum())

    @property
    def share_abandoned(self) -> float:
        return self.leave_rate * self.mean_queue / self.rate

    @property
    def mean_wait_s(self) -> float:
        return self.mean_queue / self.rate

    @property
    def busy(self) -> float:
        return float(self.chance @ np.minimum(np.arange(len(self.chance)), self.agents))

    def share_served_within(self, seconds: float) -> float:
        """Follow one waiting contact: a place forward by each service or each one ahead who leaves, until served or gone itself."""
        ahead = self.chance[self.agents : self.agents + 150]
        size = len(ahead)
        service = self.agents / HANDLE_S
        generator = np.zeros((size + 1, size + 1))
        for place in range(size):
            forward = service + place * self.leave_rate
            generator[place, place - 1 if place else size] += forward
            generator[place, place] -= forward + self.leave_rate
        served = expm(generator * seconds)[:size, size]
        return float(1 - self.share_waiting + ahead @ served)


def measured(per_hour: float, agents: int, patience_s: float | None, seed: int = 1) -> Outcome:
    queue = Queue("calls", handle_s=HANDLE_S, patience_s=patience_s)
    who = roster(*team(agents, 0, 1800, ["calls"], AXIS), axis=AXIS)  # they stay until the last has been answered
    return simulate(steady(queue, per_hour, REPLICATIONS, AXIS, seed), (queue,), who, Experiment(REPLICATIONS, workers=1, seed=seed))


def distance(top: np.ndarray, bottom: np.ndarray, exact: float) -> float:
    """How many standard errors over replications the ratio of the settled sums lies from the exact value."""
    above, below = top[..., SETTLED].sum(axis=(1, 2)), bottom[..., SETTLED].sum(axis=(1, 2))
    ratio = above.sum() / below.sum()
    error = (above - ratio * below).std(ddof=1) / below.mean() / len(above) ** 0.5
    return abs(ratio - exact) / error


CASES = [(160.0, 11, 120.0), (160.0, 9, 300.0), (20.0, 2, 60.0), (600.0, 42, 180.0), (120.0, 10, None), (6.0, 1, None), (300.0, 23, None)]
"""None so loaded that a day from an empty centre differs from the steady state by more than its noise."""


@pytest.mark.parametrize(("per_hour", "agents", "patience_s"), CASES)
def test_the_simulation_lies_within_four_standard_errors_of_erlang_a_and_c(per_hour: float, agents: int, patience_s: float | None):
    outcome, exact = measured(per_hour, agents, patience_s), Exact(per_hour, agents, patience_s)
    assert outcome.unanswered.sum() == 0
    assert distance(outcome.answered_in_target, outcome.offered, exact.share_served_within(WITHIN_S)) < 4
    assert distance(outcome.wait_s, outcome.offered, exact.mean_wait_s) < 4
    assert distance(outcome.busy_s, outcome.present_s[:, None], exact.busy / agents) < 4
    if patience_s:
        assert distance(outcome.abandoned, outcome.offered, exact.share_abandoned) < 4


def by_minute(exact: Exact, states: int) -> np.ndarray:
    """Chance of each number present at each minute of a day that begins empty, (minutes, states)."""
    rate, n = exact.rate, np.arange(states)
    leave = np.minimum(n, exact.agents) / HANDLE_S + np.maximum(n - exact.agents, 0) * exact.leave_rate
    generator = np.diag(np.append(np.full(states - 1, rate), 0)[:-1], 1) + np.diag(leave[1:], -1)
    generator -= np.diag(generator.sum(axis=1))
    step, chances = expm(generator * 60), [np.eye(states)[0]]
    for _ in range(AXIS.minutes):
        chances.append(chances[-1] @ step)
    return (np.array(chances[:-1]) + np.array(chances[1:])) / 2


def test_a_day_from_an_empty_centre_is_that_of_the_exact_transient_not_of_the_steady_state():
    runs, per_hour = 1500, 13.0
    queue, who = Queue("calls", handle_s=HANDLE_S), roster(*team(1, 0, 2880, ["calls"], AXIS), axis=AXIS)
    outcome = simulate(steady(queue, per_hour, runs, AXIS), (queue,), who, Experiment(runs, workers=1))
    exact = Exact(per_hour, 1, None)
    seen = by_minute(exact, 300) @ np.arange(300)  # by an arriving contact: each ahead takes a service
    mean_s = seen[60:].mean() * HANDLE_S
    assert mean_s < 0.9 * exact.mean_wait_s
    assert distance(outcome.wait_s, outcome.offered, mean_s) < 4


def test_those_who_hang_up_in_a_day_from_an_empty_centre_are_as_many_as_the_exact_transient_says():
    runs, per_hour = 600, 160.0
    queue, who = Queue("calls", handle_s=HANDLE_S, patience_s=300), roster(*team(10, 0, 2880, ["calls"], AXIS), axis=AXIS)
    outcome = simulate(steady(queue, per_hour, runs, AXIS), (queue,), who, Experiment(runs, workers=1))
    waiting = by_minute(Exact(per_hour, 10, 300.0), 120) @ np.maximum(np.arange(120) - 10, 0)
    leave = outcome.abandoned.sum(axis=(1, 2))
    assert abs(leave.mean() - waiting.sum() * 60 / 300) < 4 * leave.std(ddof=1) / runs**0.5


def test_virtual_waits_are_those_of_a_contact_that_never_hangs_up():
    per_hour, agents, patience_s = 160.0, 9, 60.0
    outcome, exact = measured(per_hour, agents, patience_s), Exact(per_hour, agents, patience_s)
    served = _served_if_patient(exact, WITHIN_S)
    assert distance(outcome.virtual_in_target, outcome.offered, served) < 4
    assert served > exact.share_served_within(WITHIN_S) + 0.01


def _served_if_patient(exact: Exact, seconds: float) -> float:
    ahead = exact.chance[exact.agents : exact.agents + 150]
    size = len(ahead)
    forward = exact.agents / HANDLE_S + np.arange(size) * exact.leave_rate
    generator = np.diag(np.append(-forward, 0.0))
    generator[np.arange(size), np.append(size, np.arange(size - 1))] = forward
    return float(1 - exact.share_waiting + ahead @ expm(generator * seconds)[:size, size])


def test_with_agents_enough_nobody_waits_and_the_number_busy_is_poisson():
    seen = np.array(_every_hour(160.0, 60, None, lambda centre: sum(agent.in_hand for agent in centre.floor.agents)))
    load = 160.0 * HANDLE_S / 3600
    by_run = seen.mean(axis=1)
    assert abs(by_run.mean() - load) < 4 * by_run.std(ddof=1) / len(by_run) ** 0.5
    square = ((seen - load) ** 2).mean(axis=1)
    assert abs(square.mean() - load) < 4 * square.std(ddof=1) / len(square) ** 0.5
    assert measured(160.0, 60, None).wait_s.sum() == 0


def test_the_queue_seen_at_the_stroke_of_the_hour_is_rate_times_wait():
    seen = np.array(_every_hour(160.0, 10, 120.0, lambda centre: len(centre.lines.waiting[0]))).mean(axis=1)
    outcome = measured(160.0, 10, 120.0)
    waits = outcome.wait_s[..., SETTLED].sum(axis=(1, 2)) / (23 * 3600)
    gap = seen - waits
    assert abs(gap.mean()) < 4 * gap.std(ddof=1) / len(gap) ** 0.5
    assert seen.mean() > 0.5


def _every_hour(per_hour: float, agents: int, patience_s: float | None, look) -> list[list[float]]:
    """What `look` sees in the centre at each hour of each replication, the first left out."""
    queue = Queue("calls", handle_s=HANDLE_S, patience_s=patience_s)
    predicted = steady(queue, per_hour, REPLICATIONS, AXIS)
    setting = prepare(predicted, (queue,), roster(*team(agents, 0, 1800, ["calls"], AXIS), axis=AXIS), Experiment())
    seen: list[list[float]] = []
    for replication, counts in enumerate(predicted.paths):
        contacts = draw_contacts((queue,), counts.astype(int), setting.handle_s, setting.step_s, (setting.seed, replication))
        hours: list[float] = []
        centre = Centre(setting, contacts, setting.stints, lambda _share: hours.append(look(centre)))  # noqa: B023
        centre.run()
        seen.append(hours[1:])
    return seen

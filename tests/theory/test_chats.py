"""Chats that slow each other down, simulated, against exact chains."""

from datetime import date

import numpy as np
import pytest

from simulation import simulate
from tests.simulation.small import forecast_of, roster, shift
from wfm.model import Channel, Experiment, Outcome, Queue, TimeAxis
from wfm.queueing.chat import evaluate_chat

AXIS = TimeAxis(date(2026, 3, 2), 20, 60, "UTC")
CHATS = Queue("chats", Channel.CHAT, handle_s=600, patience_s=300, concurrency=3, chat_slowdown=0.4)
RUNS = 20


def outcome_of(queue: Queue, per_hour: float, agents: int) -> Outcome:
    paths = np.random.default_rng(1).poisson(per_hour, (RUNS, 1, AXIS.n_intervals)).astype(float)
    who = roster(*(shift(f"agent {n}", (0, AXIS.minutes, ["chats"])) for n in range(agents)), axis=AXIS)
    return simulate(forecast_of((queue,), paths, AXIS), (queue,), who, Experiment(RUNS, warm_up_minutes=1440))


def ratio(outcome: Outcome, over: str, under: str = "offered") -> tuple[float, float]:
    a, b = (getattr(outcome, name).sum(axis=(1, 2)) for name in (over, under))
    value = a.sum() / b.sum()
    return value, (a - value * b).std(ddof=1) / b.mean() / RUNS**0.5


@pytest.mark.parametrize("per_hour", [10.0, 25.0])
def test_one_agent_with_three_chats_at_a_time_is_the_exact_chat_model(per_hour: float):
    outcome = outcome_of(CHATS, per_hour, 1)
    lengths = [CHATS.handle_s * CHATS.slowness(held) for held in (1, 2, 3)]
    exact = evaluate_chat(chats=per_hour, interval_s=3600, handle_s=lengths, agents=1, patience=300.0, within_s=20)
    found, error = ratio(outcome, "abandoned")
    assert abs(found - float(exact.measures.p_abandon)) < 4 * error < 0.02
    found, error = ratio(outcome, "answered_in_target")
    assert abs(found - float(exact.measures.sl_offered)) < 4 * error < 0.02
    found, error = ratio(outcome, "busy_s", "answered")
    assert abs(found * CHATS.concurrency / float(exact.mean_handle_s) - 1) < 4 * error * CHATS.concurrency / 600 < 0.02


def test_two_agents_take_chats_by_who_holds_fewest_and_each_slows_down_alone():
    """The chain of (chats of the one, chats of the other, waiting); nobody hands a chat over."""
    per_hour, most, places = 40.0, 3, 60
    rate, leave = per_hour / 3600, 1 / CHATS.patience_s
    speed = [0.0] + [held / (CHATS.handle_s * CHATS.slowness(held)) for held in (1, 2, 3)]
    states = [(a, b, 0) for a in range(most + 1) for b in range(a + 1)] + [(most, most, q) for q in range(1, places + 1)]
    number = {state: k for k, state in enumerate(states)}
    rates = np.zeros((len(states), len(states)))
    for (a, b, q), k in number.items():
        full = (most, most, min(q + 1, places))
        moves = [((a, b + 1, 0) if b < a else (a + 1, b, 0) if a < most else full, rate)]
        if q:
            moves += [((a, b, q - 1), speed[a] + speed[b] + q * leave)]
        else:
            moves += [((a - 1, b, 0), speed[a]), ((a, b - 1, 0), speed[b])]
        for (x, y, z), pace in moves:
            if pace and (x, y, z) != (a, b, q):
                rates[k, number[max(x, y), min(x, y), z]] += pace
    np.fill_diagonal(rates, -rates.sum(axis=1))
    chance = np.linalg.lstsq(np.vstack([rates.T, np.ones(len(states))]), np.append(np.zeros(len(states)), 1.0), rcond=None)[0]
    waiting = sum(chance[k] * q for (_, _, q), k in number.items())
    held = sum(chance[k] * (a + b) for (a, b, _), k in number.items())
    outcome = outcome_of(CHATS, per_hour, 2)
    found, error = ratio(outcome, "abandoned")
    assert abs(found - waiting * leave / rate) < 4 * error < 0.02
    found, error = ratio(outcome, "busy_s")
    assert abs(found * CHATS.concurrency * rate - held) < 4 * error * CHATS.concurrency * rate < 0.05

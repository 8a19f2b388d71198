"""Centres with busy signals, retrials, overflow and messages against what theory says of them, from scenario files."""

from pathlib import Path

import numpy as np
import pytest

from simulation import simulate
from wfm.forecasting import forecast
from wfm.model import Outcome
from wfm.scenario_file import load

HEAD = """
[centre]
name = "Theory"
timezone = "UTC"

[plan]
start = 2026-03-02
days = 20
step_minutes = 60

[[contract]]
name = "any"

[run]
paths = 20
replications = 20
warm_up = "24h"
"""


def outcome_of(folder: Path, text: str) -> Outcome:
    file = folder / "scenario.toml"
    file.write_text(HEAD + text, encoding="utf-8")
    scenario = load(file).scenario
    predicted = forecast(None, scenario.axis, scenario.forecasting)
    return simulate(predicted, scenario.queues, scenario.roster, scenario.experiment)


def ratio(over: np.ndarray, under: np.ndarray) -> tuple[float, float]:
    """Of sums by replication, with its standard error."""
    value = over.sum() / under.sum()
    return value, (over - value * under).std(ddof=1) / under.mean() / len(over) ** 0.5


def sums(outcome: Outcome, name: str, queue: int | None = None) -> np.ndarray:
    values = getattr(outcome, name)
    return (values if queue is None else values[:, [queue]]).sum(axis=(1, 2))


@pytest.mark.parametrize("again_s", [60, 240])
def test_a_single_agent_with_persistent_retrials(tmp_path: Path, again_s: int):
    """M/M/1/1 with retrials: an arrival finds the agent busy with probability ρ, and customers try (ν/μ + 1) ρ ÷ (1 − ρ) times again on
    average (Falin & Templeton, Retrial Queues, 1997, section 1.2)."""
    load_, handle_s = 0.4, 240
    outcome = outcome_of(
        tmp_path,
        f"""
[[queue]]
name = "calls"
handle = {handle_s}
contacts_per_hour = {load_ * 3600 / handle_s}
places = 0
busy_redial_share = 1.0
redial_after = {again_s}
redial_limit = 50

[[group]]
name = "alone"
count = 1
contract = "any"
skills = ["calls"]
on_duty = {{"00:00-24:00" = 1}}
""",
    )
    first = sums(outcome, "offered") + sums(outcome, "blocked") - sums(outcome, "redialled")
    tries, error = ratio(sums(outcome, "redialled"), first)
    assert abs(tries - (handle_s / again_s + 1) * load_ / (1 - load_)) < 4 * error < 0.3
    busy, error = ratio(sums(outcome, "busy_s"), outcome.present_s.sum(axis=1))
    assert abs(busy - load_) < 4 * error < 0.02


def test_bilingual_agents_who_help_out_are_one_pool_where_everybody_is_bilingual(tmp_path: Path):
    """Two languages, all agents of both: Erlang C of the whole, whatever the language."""
    outcome = outcome_of(
        tmp_path,
        """
[[queue]]
name = "english"
handle = "4m"
contacts_per_hour = 90

[[queue]]
name = "french"
handle = "4m"
contacts_per_hour = 30

[[group]]
name = "both"
count = 10
contract = "any"
skills = ["english", "french"]
traits = [{queue = "french", rank = 1}]
on_duty = {"00:00-24:00" = 10}
""",
    )
    blocked = 1.0
    for number in range(1, 11):
        blocked = 8 * blocked / (number + 8 * blocked)
    wait_s = 10 * blocked / (10 - 8 * (1 - blocked)) * 240 / (10 - 8)
    for queue in (None, 0, 1):
        found, error = ratio(sums(outcome, "wait_s", queue), sums(outcome, "offered", queue))
        assert abs(found - wait_s) < 4 * error < 12


LANGUAGES = """
[[queue]]
name = "english"
handle = "4m"
contacts_per_hour = 90
places = 0

[[queue]]
name = "french"
handle = "4m"
contacts_per_hour = 60
places = 0

[[group]]
name = "english"
count = 6
contract = "any"
skills = ["english"]
on_duty = {"00:00-24:00" = 6}

[[group]]
name = "french"
count = 4
contract = "any"
skills = ["french"]
on_duty = {"00:00-24:00" = 4}

[[group]]
name = "bilingual"
count = 2
contract = "any"
skills = ["english", "french"]
on_duty = {"00:00-24:00" = 2}

[routing]
agents = "fewest_skills"
"""


def test_specialists_in_their_own_language_and_the_rest_for_overflow_lose_less_than_apart_and_more_than_together(tmp_path: Path):
    """Loss by language: bounds from Erlang B with the bilingual agents shared by nobody and by everybody."""
    outcome = outcome_of(tmp_path, LANGUAGES)
    found, error = ratio(sums(outcome, "blocked"), sums(outcome, "offered") + sums(outcome, "blocked"))
    apart = (6 * erlang_b(6, 7) + 4 * erlang_b(4, 5)) / 10
    assert erlang_b(10, 12) + 3 * error < found < apart - 3 * error
    lost, error = ratio(sums(outcome, "blocked", 0), sums(outcome, "offered", 0) + sums(outcome, "blocked", 0))
    assert abs(lost - overflow_loss()[0]) < 4 * error < 0.01


def erlang_b(load_: float, servers: int) -> float:
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load_ * blocked / (number + load_ * blocked)
    return blocked


def overflow_loss() -> tuple[float, float]:
    """Exactly: the chain of (english specialists, french specialists, bilingual agents) busy, in units of the handle time."""
    states = [(a, b, c) for a in range(7) for b in range(5) for c in range(3)]
    number = {state: k for k, state in enumerate(states)}
    rates = np.zeros((len(states), len(states)))
    for (a, b, c), k in number.items():
        moves = [((a + 1, b, c) if a < 6 else (a, b, c + 1), 6.0), ((a, b + 1, c) if b < 4 else (a, b, c + 1), 4.0)]
        moves += [((a - 1, b, c), a), ((a, b - 1, c), b), ((a, b, c - 1), c)]
        for state, rate in moves:
            if state in number and rate:
                rates[k, number[state]] += rate
    np.fill_diagonal(rates, -rates.sum(axis=1))
    system = np.vstack([rates.T, np.ones(len(states))])
    chance = np.linalg.lstsq(system, np.append(np.zeros(len(states)), 1.0), rcond=None)[0]
    return tuple(sum(chance[k] for (a, b, c), k in number.items() if (a, b)[kind] == (6, 4)[kind] and c == 2) for kind in (0, 1))


def test_lines_with_a_message_before_a_waiting_line(tmp_path: Path):
    """Lines: exponential message, then a queue for fewer agents than lines; exactly, the chain of (in the message, at the agents)."""
    outcome = outcome_of(
        tmp_path,
        """
[[trunks]]
name = "main"
lines = 9

[[queue]]
name = "calls"
handle = "4m"
contacts_per_hour = 90
trunks = "main"
menu = {message = {kind = "exponential", mean = "1m"}}

[[group]]
name = "agents"
count = 6
contract = "any"
skills = ["calls"]
on_duty = {"00:00-24:00" = 6}
""",
    )
    states = [(a, b) for a in range(10) for b in range(10 - a)]
    weights = {}
    for a, b in states:  # product form: an infinite-server station of load 1.5 and one of 6 servers of load 6, cut at 9 together
        at_agents = np.prod([6 / min(k, 6) for k in range(1, b + 1)])
        weights[a, b] = 1.5**a / np.prod(np.arange(1, a + 1)) * at_agents
    total = sum(weights.values())
    blocked = sum(weight for (a, b), weight in weights.items() if a + b == 9) / total
    found, error = ratio(sums(outcome, "blocked"), sums(outcome, "offered") + sums(outcome, "blocked"))
    assert abs(found - blocked) < 4 * error < 0.01
    waiting = sum(weight * max(b - 6, 0) for (_, b), weight in weights.items()) / total
    wait_s = waiting / (90 / 3600 * (1 - blocked))
    found, error = ratio(sums(outcome, "wait_s"), sums(outcome, "offered"))
    assert abs(found - wait_s) < 4 * error < 5

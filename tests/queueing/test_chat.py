"""Chats against the chain solved as linear equations, and the limits that are Erlang A."""

import numpy as np
import pytest
from hypothesis import given, settings

from tests.queueing.chains import figures, stationary
from tests.queueing.strategies import queues
from wfm.queueing import evaluate
from wfm.queueing.chat import agents_needed_chat, evaluate_chat
from wfm.queueing.general_patience import evaluate_patience
from wfm.queueing.measures import NAMES
from wfm.queueing.patience import Weibull

LENGTHS = [480.0, 560.0, 700.0]


def _speeds(agents, lengths, places):
    """Finishing rate with 1, 2, … chats, from handing them out one by one."""
    held, rates = [0] * agents, []
    for _ in range(places):
        held[held.index(min(held))] += 1
        rates.append(sum(k / lengths[k - 1] for k in held if k))
    return rates, held


@pytest.mark.parametrize(("chats", "agents"), [(40, 4), (200, 13), (260, 13), (10, 1)])
def test_every_measure_is_that_of_the_chain_solved_as_equations(chats, agents):
    rate, places, theta = chats / 3600, agents * 3, 1 / 120
    rates, _ = _speeds(agents, LENGTHS, places)
    queue = 140
    down = np.array([0.0, *rates, *(rates[-1] + theta * np.arange(1, queue))])
    states = stationary(np.append(np.full(len(down) - 1, rate), 0.0), down)
    expected = figures(states, places, rates[-1], theta, 30.0)
    held = np.minimum(np.arange(len(states)), places)
    expected["occupancy"] = states @ np.minimum(held, agents) / agents
    found = evaluate_chat(chats=chats, interval_s=3600.0, handle_s=LENGTHS, agents=agents, patience=120.0, within_s=30.0)
    for name, value in expected.items():
        assert found.measures[name] == pytest.approx(value, rel=1e-8), name
    assert found.chats_per_agent == pytest.approx(states @ held / agents, rel=1e-8)


@settings(max_examples=40, deadline=None)
@given(queues(max_agents=300))
def test_one_chat_at_a_time_is_erlang_a(queue):
    queue = queue | {"within_s": max(queue["within_s"], 1.0)}
    plain = evaluate("A", **queue)
    found = evaluate_chat(
        chats=queue["calls"],
        interval_s=900.0,
        handle_s=[180.0],
        agents=queue["agents"],
        patience=queue["patience_s"],
        within_s=queue["within_s"],
    )
    for name in NAMES:
        assert found.measures[name] == pytest.approx(plain[name], rel=1e-8, abs=1e-10 if name.startswith("sl_") else 1e-200), name


def test_equal_lengths_make_every_place_a_server():
    chat = evaluate_chat(chats=300, interval_s=3600.0, handle_s=[500.0] * 3, agents=12, patience=Weibull(90.0, 1.5))
    plain = evaluate_patience(Weibull(90.0, 1.5), calls=300, interval_s=3600.0, aht_s=500.0, agents=36)
    assert chat.measures.sl_offered == pytest.approx(plain.sl_offered, rel=1e-9)
    assert chat.chats_per_agent == pytest.approx(3 * plain.occupancy, rel=1e-9)
    assert chat.mean_handle_s == pytest.approx(500)


def test_the_published_example_needs_13_agents():
    assert (
        agents_needed_chat(chats=200, interval_s=3600.0, handle_s=LENGTHS, patience=120.0, within_s=30.0, targets={"sl_offered": 0.8}) == 13
    )


def test_the_least_agents_are_those_of_trying_all():
    queue = {"interval_s": 3600.0, "handle_s": LENGTHS, "patience": 120.0, "within_s": 30.0}
    chats = np.array([1.0, 30, 100, 400])
    tried = evaluate_chat(chats=chats, agents=np.arange(1, 60)[:, None], **queue).measures.sl_offered >= 0.8
    assert agents_needed_chat(chats=chats, targets={"sl_offered": 0.8}, **queue).tolist() == (tried.argmax(axis=0) + 1).tolist()


def test_no_chats_no_agents_and_missing_numbers_follow_the_rules():
    found = evaluate_chat(chats=[0, 10, np.nan], interval_s=900.0, handle_s=LENGTHS, agents=[5, 0, 5], patience=60.0)
    assert found.measures.sl_offered.tolist()[:2] == [1, 0]
    assert found.chats_per_agent[0] == 0
    assert np.isnan(found.measures.p_wait[2])
    assert np.isnan(found.mean_handle_s[1])


@pytest.mark.parametrize("wrong", [{"handle_s": []}, {"handle_s": [480.0, 0.0]}, {"agents": 2.5}, {"chats": -1}, {"patience": 0.0}])
def test_impossible_arguments_are_named(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong)).replace("patience", "mean_s")):
        evaluate_chat(**{"chats": 10, "interval_s": 900.0, "handle_s": LENGTHS, "agents": 3, "patience": 60.0} | wrong)

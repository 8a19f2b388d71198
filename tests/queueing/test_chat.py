"""Chats against the chain solved as linear equations, and the limits that are Erlang A."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.queueing.chains import figures, stationary, summed
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


def _floor(lengths, agents):
    """Finishing rate from 1, 2, … chats up to the last place, spread evenly; by the numbers who hold so many."""
    chats = np.arange(1, agents * len(lengths) + 1)
    each, more = np.divmod(chats, agents)
    speed = np.array([0.0, *(k / length for k, length in enumerate(lengths, 1)), np.nan])
    return np.where(more > 0, more * speed[np.minimum(each + 1, len(lengths))], 0.0) + (agents - more) * speed[each]


def _wide(rng):
    """A floor of 1 to 2,000 agents with 1 to 5 chats each, quiet to overloaded."""
    most, agents = int(rng.integers(1, 6)), round(10 ** rng.uniform(0, 3.3))
    lengths = 10 ** rng.uniform(0, 3.5) * (1 + rng.uniform(0, 1) * np.arange(most))
    drain = agents * most / lengths[-1]
    rate = drain * float(rng.choice([rng.uniform(0.3, 1.4), 10 ** rng.uniform(-6, 0)]))
    patience = float(rng.choice([1.0, 10 ** rng.uniform(0, 4), 1e6 if agents < 30 and rate < drain else 100.0]))
    return rate, lengths, agents, patience, float(rng.choice([0.0, 20.0, 300.0]))


@pytest.mark.parametrize("seed", range(6))
def test_floors_of_any_size_are_those_of_the_states_multiplied_out(seed):
    rng = np.random.default_rng(seed)
    for _ in range(10):
        rate, lengths, agents, patience, within = _wide(rng)
        states, expected = summed(
            rate, _floor(lengths, agents), agents * len(lengths), agents * len(lengths) / lengths[-1], 1 / patience, within
        )
        held = np.minimum(np.arange(len(states)), agents * len(lengths))
        found = evaluate_chat(chats=rate, interval_s=1.0, handle_s=list(lengths), agents=agents, patience=patience, within_s=within)
        for name, value in expected.items():
            assert found.measures[name] == pytest.approx(value, rel=1e-8, abs=1e-10 if name.startswith("sl_") else 1e-100), name
        assert found.chats_per_agent == pytest.approx(float(states @ held) / agents, rel=1e-8)
        assert found.measures.occupancy == pytest.approx(float(states @ np.minimum(held, agents)) / agents, rel=1e-8)


def test_patient_customers_wait_as_in_the_states_multiplied_out_and_for_ever_in_overload():
    for chats, agents in ((20, 2), (200, 14), (7000, 480)):
        rate, drain = chats / 3600, agents * 3 / 700
        states, expected = summed(rate, _floor(LENGTHS, agents), agents * 3, drain, 0.0, 30.0)
        found = evaluate_chat(chats=chats, interval_s=3600.0, handle_s=LENGTHS, agents=agents, patience=np.inf, within_s=30.0)
        for name in ("p_wait", "asa_all", "mean_queue", "sl_offered", "sl_virtual"):
            assert found.measures[name] == pytest.approx(expected[name], rel=1e-8), name
        assert found.measures.p_abandon == 0
        held = float(states @ np.minimum(np.arange(len(states)), agents * 3))
        assert (found.chats_per_agent, found.mean_handle_s) == pytest.approx((held / agents, held / rate), rel=1e-8)
    lost = evaluate_chat(chats=400, interval_s=3600.0, handle_s=LENGTHS, agents=14, patience=np.inf)
    assert (lost.measures.asa_all, lost.measures.sl_offered, lost.measures.p_wait) == (np.inf, 0, 1)
    assert (lost.chats_per_agent, lost.mean_handle_s) == pytest.approx((3, 700))


def test_patient_customers_with_one_length_are_erlang_c():
    found = evaluate_chat(chats=[100, 250], interval_s=3600.0, handle_s=[500.0] * 3, agents=[6, 13], patience=np.inf)
    plain = evaluate("C", calls=[100, 250], interval_s=3600.0, aht_s=500.0, agents=[18, 39])
    for name in ("p_wait", "asa_all", "mean_queue", *(name for name in NAMES if name.startswith("sl_"))):
        assert found.measures[name] == pytest.approx(plain[name], rel=1e-10), name


def test_each_row_may_have_its_own_lengths():
    chats, factor = np.array([30.0, 90, 200]), np.array([1.0, 0.5, 1.3])
    queue = {"interval_s": 3600.0, "agents": [3, 4, 15], "patience": 90.0}
    found = evaluate_chat(chats=chats, handle_s=[length * factor for length in LENGTHS], **queue).measures.sl_offered
    for i in range(3):
        alone = queue | {"agents": queue["agents"][i]}
        single = evaluate_chat(chats=chats[i], handle_s=[length * factor[i] for length in LENGTHS], **alone)
        assert found[i] == pytest.approx(single.measures.sl_offered, rel=1e-12)


@pytest.mark.parametrize(("chats", "agents", "redial"), [(120, 5, 0.5), (260, 13, 0.9), (20, 2, 0.2)])
def test_those_who_try_again_make_the_load_that_the_states_agree_with(chats, agents, redial):
    found = evaluate_chat(
        chats=chats, interval_s=3600.0, handle_s=LENGTHS, agents=agents, patience=120.0, within_s=30.0, redial_share=redial
    )
    total = found.total_chats / 3600
    _, expected = summed(total, _floor(LENGTHS, agents), agents * 3, agents * 3 / 700, 1 / 120, 30.0)
    assert total * (1 - redial * expected["p_abandon"]) == pytest.approx(chats / 3600, rel=1e-9)
    for name, value in expected.items():
        assert found.measures[name] == pytest.approx(value, rel=1e-8), name


def test_a_cap_on_chats_in_hand_is_a_target_too():
    queue = {"chats": 200.0, "interval_s": 3600.0, "handle_s": LENGTHS, "patience": 120.0}
    agents = agents_needed_chat(targets={"chats_per_agent": 2.0}, **queue)
    held = evaluate_chat(agents=[agents, agents - 1], **queue).chats_per_agent
    assert held[0] <= 2 < held[1]


def test_patient_customers_get_agents_who_keep_up_whatever_is_asked():
    agents = agents_needed_chat(chats=200, interval_s=3600.0, handle_s=LENGTHS, patience=np.inf, targets={"sl_offered": 0.0})
    assert agents == np.floor(200 / 3600 * 700 / 3) + 1


def test_more_places_than_anybody_can_fill_cost_no_time_and_a_hopeless_load_is_refused():
    quiet = evaluate_chat(chats=10, interval_s=3600.0, handle_s=LENGTHS, agents=10**9, patience=60.0)
    assert (quiet.measures.p_wait, quiet.concurrency) == (0, 1)
    assert quiet.chats_per_agent == pytest.approx(10 * 480 / 3600 / 1e9)
    with pytest.raises(ValueError, match="chats: a load above"):
        evaluate_chat(chats=1e12, interval_s=3600.0, handle_s=LENGTHS, agents=3, patience=60.0)


@settings(max_examples=30, deadline=None)
@given(queues(max_agents=60), st.integers(1, 4), st.floats(0, 1))
def test_one_more_agent_helps_and_the_time_of_a_chat_lies_between_its_ends(queue, most, slowdown):
    lengths = [180 * (1 + slowdown * k) for k in range(most)]
    found = evaluate_chat(
        chats=queue["calls"], interval_s=900.0, handle_s=lengths, agents=queue["agents"] + np.arange(3), patience=queue["patience_s"]
    )
    for name in ("p_wait", "p_abandon", "asa_all"):
        assert (np.diff(found.measures[name]) <= 1e-9 * found.measures[name][:-1]).all(), name
    assert (np.diff(found.chats_per_agent) <= 1e-12).all()
    assert (found.mean_handle_s >= lengths[0] * (1 - 1e-9)).all()
    assert (found.mean_handle_s <= lengths[-1] * (1 + 1e-9)).all()


def _lived(rng, chats, rate, agents, patience, within):
    """Every customer on a floor of LENGTHS, told one by one: (share served in time, share that left, mean wait)."""
    now, held, line, seen = 0.0, [0] * agents, [], []
    comes = rng.exponential(1 / rate)
    while len(seen) < chats:
        finish = [k / LENGTHS[k - 1] if k else 0.0 for k in held]
        busy = sum(finish)
        leaves = min((end for _, end in line), default=np.inf)
        done = now + rng.exponential(1 / busy) if busy else np.inf
        now = min(comes, leaves, done)
        if now == comes:
            comes = now + rng.exponential(1 / rate)
            if min(held) < len(LENGTHS):
                held[held.index(min(held))] += 1
                seen.append((0.0, True))
            else:
                line.append((now, now + rng.exponential(patience)))
        elif now == leaves:
            gone = next(one for one in line if one[1] == leaves)
            line.remove(gone)
            seen.append((now - gone[0], False))
        else:
            who = int(rng.choice(agents, p=np.array(finish) / busy))
            held[who] -= 1
            if line:
                held[who] += 1
                seen.append((now - line.pop(0)[0], True))
            elif max(held) > held[who] + 1:
                # evened out, as the formulas have it
                held[held.index(max(held))] -= 1
                held[who] += 1
    wait, served = (np.array(part) for part in zip(*seen, strict=True))
    return np.stack([served & (wait <= within), ~served, wait])


def test_a_floor_lived_through_chat_by_chat_agrees_within_four_standard_errors():
    rng, batches = np.random.default_rng(8), 30
    seen = _lived(rng, 60_000, 100 / 3600, 6, 120.0, 30.0)[:, 3000:]
    means = seen[:, : seen.shape[1] // batches * batches].reshape(3, batches, -1).mean(axis=2)
    found = evaluate_chat(chats=100, interval_s=3600.0, handle_s=LENGTHS, agents=6, patience=120.0, within_s=30.0).measures
    for values, name in zip(means, ("sl_offered", "p_abandon", "asa_all"), strict=True):
        assert abs(found[name] - values.mean()) < 4 * values.std(ddof=1) / np.sqrt(batches), name

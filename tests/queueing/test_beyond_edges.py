"""The edge rules of `evaluate`, kept by every model beyond Erlang."""

import numpy as np
import pytest

from wfm.queueing import evaluate_blend, evaluate_chat, evaluate_patience, evaluate_random, evaluate_redials
from wfm.queueing.day import day_figures
from wfm.queueing.laws import Exponential, Fixed, Gamma, HyperExponential, LogNormal, Weibull
from wfm.queueing.measures import NAMES, evaluate

LEVELS = [name for name in NAMES if name.startswith("sl_")]
LAW = Weibull(90.0, 0.8)


def _patience(**queue):
    return evaluate_patience(LAW, **queue)


def _redials(**queue):
    return evaluate_redials(patience_s=90.0, redial_share=0.4, **queue).measures


def _random(**queue):
    return evaluate_random("A", patience_s=90.0, cv=0.2, **queue)


def _blend(**queue):
    return evaluate_blend(reserve=np.minimum(queue["agents"], 2), patience=90.0, **queue).measures


def _chat(**queue):
    aht_s = queue.pop("aht_s")
    return evaluate_chat(chats=queue.pop("calls"), handle_s=[aht_s, 1.2 * aht_s], patience=90.0, **queue).measures


MODELS = {"patience": _patience, "redials": _redials, "random": _random, "blend": _blend, "chat": _chat}
QUEUE = {"interval_s": 1800.0, "aht_s": 240.0}
every = pytest.mark.parametrize("model", MODELS)


@every
@pytest.mark.filterwarnings("error")
def test_no_calls_are_all_served_at_once_with_and_without_agents(model):
    found = MODELS[model](calls=[0.0, 0.0], agents=[0, 5], **QUEUE)
    for name in LEVELS:
        assert found[name].tolist() == [1, 1], name
    for name in ("asa_all", "wait_served", "virtual_wait", "mean_queue", "p_abandon", "p_abandon_within"):
        assert found[name].tolist() == [0, 0], name


@every
@pytest.mark.filterwarnings("error")
def test_calls_without_agents_all_leave(model):
    found = MODELS[model](calls=[1e-6, 30.0, 1e4], agents=0, **QUEUE)
    assert found.p_abandon == pytest.approx(np.ones(3))
    for name in LEVELS:
        assert found[name].tolist() == [0, 0, 0], name
    assert (found.virtual_wait == np.inf).all()
    assert found.asa_all == pytest.approx(np.full(3, LAW.mean_s if model == "patience" else 90.0))


@every
@pytest.mark.filterwarnings("error")
def test_at_a_threshold_of_0_only_who_finds_somebody_free_is_in_time(model):
    found = MODELS[model](calls=[10.0, 60.0, 200.0], agents=9, within_s=0.0, **QUEUE)
    assert found.sl_offered == pytest.approx(1 - found.p_wait, abs=1e-12)
    assert found.sl_virtual == pytest.approx(1 - found.p_wait, abs=1e-12)


@every
@pytest.mark.filterwarnings("error")
def test_a_missing_number_makes_its_row_missing_and_no_other(model):
    for name in ("calls", "agents", "aht_s", "interval_s", "within_s"):
        queue = {"calls": 30.0, "agents": 5.0, "within_s": 20.0, **QUEUE}
        found = MODELS[model](**queue | {name: np.array([queue[name], np.nan])})
        for measure in LEVELS:
            assert not np.isnan(found[measure][0]), (name, measure)
            assert np.isnan(found[measure][1]), (name, measure)


@every
@pytest.mark.parametrize("name", ["calls", "agents", "interval_s", "within_s"])
@pytest.mark.parametrize("bad", [-1.0, np.inf])
def test_a_bad_number_is_named_with_its_place(model, name, bad):
    queue = {"calls": 30.0, "agents": 5.0, "within_s": 20.0, **QUEUE}
    named = "chats" if (model, name) == ("chat", "calls") else name
    with pytest.raises(ValueError, match=rf"{named}\[1\] is {bad:g}"):
        MODELS[model](**queue | {name: np.array([queue[name], bad])})


@every
@pytest.mark.filterwarnings("error")
def test_from_next_to_nothing_to_far_too_much_every_share_is_one(model):
    found = MODELS[model](calls=np.array([1e-300, 1e-6, 1.0, 50.0, 3e5])[:, None], agents=np.array([1, 20, 2000]), **QUEUE)
    for name in NAMES:
        values = found[name]
        assert name in ("wait_abandoned", "wait_served") or not np.isnan(values).any(), name
        assert not (values < 0).any(), name
        assert not name.startswith(("p_", "sl_", "occ")) or not (values > 1).any(), name


@pytest.mark.parametrize(
    ("law", "wrong"),
    [
        (Exponential, (0.0,)),
        (Exponential, (np.nan,)),
        (Weibull, (90.0, -1.0)),
        (LogNormal, (np.inf, 1.0)),
        (Gamma, (0.0, 1.0)),
        (Fixed, (-5.0,)),
        (HyperExponential, ((0.5, 0.6), (1.0, 2.0))),
    ],
)
def test_a_law_that_is_none_is_refused(law, wrong):
    with pytest.raises(ValueError, match="expected"):
        law(*wrong)


def test_a_day_names_what_is_wrong_with_its_weights():
    each = evaluate("A", calls=[10, 20], agents=[4, 5], patience_s=60.0, **QUEUE)
    with pytest.raises(ValueError, match=r"calls\[1\] is -2"):
        day_figures(each, calls=[1, -2])
    assert np.isnan(day_figures(each, calls=[1, np.nan]).sl_offered)

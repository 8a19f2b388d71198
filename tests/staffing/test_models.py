"""Models by queue, and targets beside the service level."""

from dataclasses import replace

import numpy as np
import pytest

from tests.samples import AXIS, CALLS, OFFICE, flat_forecast
from wfm.errors import ScenarioError
from wfm.model import Channel, Queue, StaffingSettings, Target
from wfm.queueing import evaluate
from wfm.queueing.redials import evaluate_redials
from wfm.staffing import require

OPEN = OFFICE.mask(AXIS)
EASY = Target(0.05, 300)
BUSY = flat_forecast(40.0)
QUESTION = {"calls": 40.0, "interval_s": 900, "aht_s": 240, "patience_s": 120}


def _need(queue, settings=None, predicted=BUSY):
    return require(predicted, (queue,), settings or StaffingSettings())


def _agents(queue, settings=None):
    return int(_need(queue, settings).present.max())


def test_an_asa_target_is_met_and_one_agent_fewer_misses_it():
    agents = _agents(replace(CALLS, target=replace(EASY, asa_s=8)))
    enough, short = evaluate("A", **QUESTION, agents=[agents, agents - 1]).wait_served
    assert enough <= 8 < short


def test_an_abandonment_target_is_met_and_one_agent_fewer_misses_it():
    need = _need(replace(CALLS, target=replace(EASY, abandonment=0.03)))
    agents = int(need.present.max())
    enough, short = evaluate("A", **QUESTION, agents=[agents, agents - 1]).p_abandon
    assert enough <= 0.03 < short
    assert "abandoned at most 3.0%" in need.definition[0]


def test_all_targets_together_need_the_most_that_any_of_them_needs():
    targets = [replace(EASY, asa_s=5), replace(EASY, abandonment=0.05), replace(EASY, max_occupancy=0.75), Target(0.9, 20)]
    joint = Target(0.9, 20, max_occupancy=0.75, asa_s=5, abandonment=0.05)
    assert _agents(replace(CALLS, target=joint)) == max(_agents(replace(CALLS, target=each)) for each in targets)


def test_redials_need_more_agents_and_meet_the_target_with_their_own_load():
    queue = replace(CALLS, redial_share=0.6, target=Target(0.5, 20))
    need = _need(queue)
    agents = int(need.present.max())
    found = evaluate_redials(**QUESTION, agents=[agents, agents - 1], redial_share=0.6).measures.sl_offered
    assert found[0] >= 0.5 > found[1]
    assert need.service[0, OPEN][0] == pytest.approx(found[0])
    assert agents > _agents(replace(queue, redial_share=0.0))
    assert "Erlang X" in need.definition[0]
    assert "60% of abandoners redial" in need.definition[0]


def test_a_queues_own_model_counts_more_than_the_settings():
    own = replace(CALLS, model="C")
    assert _agents(own, StaffingSettings(model="A")) == _agents(replace(CALLS, patience_s=None))
    assert _agents(CALLS, StaffingSettings(model="C")) == _agents(own)
    assert _agents(CALLS) < _agents(own)


def test_any_queue_may_be_staffed_as_deferred_work():
    callbacks = replace(CALLS, model="deferred", target=Target(0.95, 4 * 3600))
    need = _need(callbacks)
    assert "deferred work" in need.definition[0]
    assert need.present.sum() < _need(CALLS).present.sum()


def test_a_chat_queue_goes_by_its_patience():
    chat = Queue("calls", Channel.CHAT, Target(0.8, 30), OFFICE, 300, patience_s=120, concurrency=2)
    assert "Erlang A" in _need(chat).definition[0]
    assert "Erlang C" in _need(replace(chat, patience_s=None)).definition[0]
    assert "2 chats at once" in _need(chat).definition[0]


@pytest.mark.parametrize(
    ("queue", "said"),
    [
        (replace(CALLS, model="Z"), "one of auto, C, A, X, chat, deferred"),
        (replace(CALLS, model="chat"), "a model for voice"),
        (replace(CALLS, model="X", patience_s=None), "a patience"),
        (replace(CALLS, target=Target(abandonment=0.05), patience_s=None), "add one or drop"),
        (replace(CALLS, model="deferred", target=Target(asa_s=5)), "due time only"),
    ],
)
def test_a_model_that_does_not_fit_its_queue_is_refused_with_its_reason(queue, said):
    with pytest.raises(ScenarioError, match=said):
        _need(queue)


@pytest.mark.parametrize("wrong", [{"asa_s": 0}, {"abandonment": 0.0}, {"abandonment": 1.0}, {"asa_s": -1}])
def test_impossible_targets_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Target(**wrong)


def test_redials_of_everybody_are_refused():
    with pytest.raises(ValueError, match="redial_share"):
        replace(CALLS, redial_share=1.0)


def test_the_first_half_hour_of_long_contacts_needs_fewer_and_the_load_settles():
    """With contacts as long as two intervals the load of the first interval is 1 − 2(1 − e^−½) of the steady one."""
    long = replace(CALLS, handle_s=1800.0, target=Target(0.5, 0.0, max_occupancy=0.5), patience_s=None)
    predicted = replace(flat_forecast(20.0, queue=long))
    need, plain = _need(long, predicted=predicted), _need(long, StaffingSettings(offered_load="stationary"), predicted)
    first, last = np.flatnonzero(OPEN)[0], np.flatnonzero(OPEN)[31]
    steady = 20 * 1800 / 900
    share = 1 - 2 * (1 - np.exp(-0.5))
    assert plain.present[0, first] == plain.present[0, last] == 2 * steady
    assert need.present[0, first] == np.ceil(2 * steady * share)
    assert need.present[0, last] == plain.present[0, last]
    assert "modified offered load" in need.definition[0]
    assert "modified" not in plain.definition[0]


def test_short_contacts_are_staffed_by_their_own_interval_unless_asked_otherwise():
    assert "modified" not in _need(CALLS).definition[0]
    asked = _need(CALLS, StaffingSettings(offered_load="modified"))
    assert "modified" in asked.definition[0]
    assert asked.present[0, ~OPEN].sum() == 0
    assert asked.present[0, OPEN][0] < asked.present[0, OPEN][-1]

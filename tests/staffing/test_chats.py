"""Chats that slow each other down."""

from dataclasses import replace

import numpy as np
import pytest

from simulation import simulate
from tests.samples import AXIS, OFFICE, flat_forecast
from wfm.model import Channel, Experiment, Kind, OpeningHours, Queue, Roster, Segment, Shift, StaffingSettings, Target, TimeAxis
from wfm.queueing import evaluate_chat
from wfm.staffing import require

OPEN = OFFICE.mask(AXIS)
PLAIN = StaffingSettings(offered_load="stationary")
# 480 s alone, 120 s more for each further chat: 480, 600, 720 s
CHAT = Queue("calls", Channel.CHAT, Target(0.8, 30), OFFICE, 720, patience_s=120, concurrency=3, chat_slowdown=0.25)
LENGTHS = [480.0, 600.0, 720.0]
BUSY = flat_forecast(50.0, queue=CHAT)


def _need(queue, settings=PLAIN, predicted=BUSY):
    return require(predicted, (queue,), settings)


def _floor(queue, agents, chats=50.0, lengths=LENGTHS):
    patience = np.inf if queue.patience_s is None else queue.patience_s
    return evaluate_chat(chats=chats, interval_s=900.0, handle_s=lengths, agents=agents, patience=patience, within_s=30.0)


def test_the_time_of_a_chat_is_stated_for_full_hands():
    assert [720 * CHAT.slowness(held) for held in (1, 2, 3)] == pytest.approx(LENGTHS)
    assert replace(CHAT, chat_slowdown=0.0).slowness(1) == 1


@pytest.mark.parametrize("patience_s", [120.0, None])
def test_the_floor_of_slowing_chats_meets_its_target_and_one_agent_fewer_does_not(patience_s):
    queue = replace(CHAT, patience_s=patience_s)
    need = _need(queue)
    agents = int(need.present.max())
    enough, short = _floor(queue, [agents, agents - 1]).measures.sl_offered
    assert enough >= 0.8 > short
    assert need.service[0, OPEN] == pytest.approx(np.full(OPEN.sum(), enough))
    assert "25% longer for every further one in hand, 3 chats at once" in need.definition[0]


def test_chats_that_are_quicker_alone_need_no_more_agents_than_places_of_full_hands():
    for contacts in (2.0, 10.0, 50.0):
        predicted = flat_forecast(contacts, queue=CHAT)
        slots = _need(replace(CHAT, chat_slowdown=0.0), predicted=predicted).present
        assert (_need(CHAT, predicted=predicted).present <= slots).all()
        hardly = _need(replace(CHAT, chat_slowdown=1e-9), predicted=predicted)
        assert hardly.present.tolist() == slots.tolist()


def test_without_slowing_the_places_are_exactly_the_floor_of_equal_chats():
    queue = replace(CHAT, chat_slowdown=0.0)
    need = _need(queue)
    agents = int(need.present.max())
    found = _floor(queue, [agents, agents - 1], lengths=[720.0] * 3).measures.sl_offered
    assert found[0] >= 0.8 > found[1]
    assert need.service[0, OPEN] == pytest.approx(np.full(OPEN.sum(), found[0]), abs=1e-9)


def test_handle_times_that_differ_by_interval_are_each_their_own():
    factor = np.where(AXIS.wall_minute < 720, 1.0, 1.5)
    need = _need(CHAT, predicted=replace(BUSY, handle_s=BUSY.handle_s * factor))
    for morning, scale in ((True, 1.0), (False, 1.5)):
        agents = need.present[0, OPEN & ((AXIS.wall_minute < 720) == morning)]
        assert len(set(agents.tolist())) == 1
        levels = _floor(CHAT, [agents[0], agents[0] - 1], lengths=[length * scale for length in LENGTHS]).measures.sl_offered
        assert levels[0] >= 0.8 > levels[1]


def test_a_cap_on_occupancy_counts_places_as_the_simulation_does():
    capped = replace(CHAT, target=Target(0.05, 300, max_occupancy=0.6))
    agents = int(_need(capped).present.max())
    held = _floor(capped, [agents, agents - 1]).chats_per_agent / 3
    assert held[0] <= 0.6 < held[1]


def test_a_day_of_chats_meets_its_target_with_no_more_agents_than_its_intervals():
    settings = replace(PLAIN, risk=0.8, risk_of="day")
    day, interval = _need(CHAT, settings), _need(CHAT, replace(settings, risk_of="interval"))
    assert day.present.sum() <= interval.present.sum()
    assert day.present[0, OPEN].min() > 0


def test_those_who_try_again_need_more_agents():
    hard = replace(CHAT, target=Target(0.4, 30))
    again = replace(hard, redial_share=0.8)
    assert _need(again).present.max() > _need(hard).present.max()
    assert "80% of those who leave try again" in _need(again).definition[0]


def test_an_impossible_slowdown_is_refused():
    with pytest.raises(ValueError, match="chat_slowdown"):
        replace(CHAT, chat_slowdown=1.5)


@pytest.mark.parametrize(("per_hour", "agents"), [(200.0, 13), (40.0, 3)])
def test_the_simulation_in_which_chats_stay_with_their_agent_serves_nearly_alike(per_hour, agents):
    """Not the same model: chats that cannot move are a little less evenly spread, which costs at most half a point here."""
    axis = TimeAxis(AXIS.start, 1, 60, "UTC")
    queue = replace(CHAT, hours=OpeningHours.always())
    predicted = flat_forecast(per_hour, axis, queue, paths=100)
    shifts = tuple(Shift(f"agent {i}", 0, "all", (Segment(0, axis.minutes, Kind.WORK, "work", ("calls",)),)) for i in range(agents))
    outcome = simulate(predicted, (queue,), Roster(axis, shifts), Experiment(100, workers=1, warm_up_minutes=180))
    served, came = (np.asarray(values[:, 0], float).sum(axis=1) for values in (outcome.answered_in_target, outcome.offered))
    expected = _floor(queue, agents, per_hour / 4).measures.sl_offered
    ratio = served.sum() / came.sum()
    error = (served - ratio * came).std(ddof=1) * np.sqrt(len(came)) / came.sum()
    assert expected - 0.005 - 4 * error < ratio < expected + 4 * error

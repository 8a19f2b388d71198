"""Chats beside each other: their pace and their segments, as stories with exact times, in both engines."""

from dataclasses import replace

import numpy as np
import pytest

from simulation import fast, simulate
from simulation.centre import Centre
from simulation.tables import tables_of
from simulation.trace import Trace
from tests.simulation.small import ANN, CALLS, contacts, forecast_of, roster, setting_of, shift
from wfm.errors import ScenarioError
from wfm.model import Channel, CustomerSegment, Experiment, Journey, Law, Queue

PAIR = Queue("chats", Channel.CHAT, handle_s=600, concurrency=2, chat_slowdown=0.5)
"""Alone a chat takes 1 ÷ 1.5 of its time beside another."""
DAY = roster(shift(ANN, (0, 600, ["chats"])))


def told(queue: Queue, *rows: tuple[float, ...]) -> Trace:
    setting = setting_of((queue,), DAY)
    day = contacts(*rows, step_s=setting.step_s)
    one = Centre(setting, day, setting.stints).run()
    other = fast.live(tables_of(setting), day, setting.stints)
    assert one.service_s.tobytes() == other.service_s.tobytes()
    return one


def test_a_chat_alone_takes_less_than_one_beside_another():
    assert told(PAIR, (0, 0, 600)).service_s == pytest.approx([400])


def test_what_is_left_of_a_chat_stretches_when_another_begins_and_shrinks_when_it_ends():
    """The first has done 300 of 600 when the second comes at 200; both then go at full concurrency; at 500 the first is done. The
    second has done 300 of its 450 by then, and needs 100 more alone."""
    trace = told(PAIR, (0, 0, 600), (200, 0, 450))
    assert trace.wait_s.tolist() == [0, 0]
    assert trace.service_s == pytest.approx([500, 400])


def test_without_slowdown_every_chat_takes_its_own_time():
    assert told(replace(PAIR, chat_slowdown=0.0), (0, 0, 600), (200, 0, 450)).service_s.tolist() == [600, 450]


def test_chats_of_two_segments_are_held_beside_each_other_and_the_urgent_one_is_next():
    segments = (CustomerSegment("gold", 0.5, priority=1), CustomerSegment("rest", 0.5, priority=2))
    queue = replace(PAIR, chat_slowdown=0.0, journey=Journey(segments=segments))
    trace = told(queue, (0, 1, 600), (10, 0, 600), (20, 1, 100), (30, 0, 100))
    assert trace.wait_s.tolist() == [0, 0, 590, 570]


def test_after_call_work_does_not_go_with_chats_that_slow_each_other_down():
    queue = replace(PAIR, journey=Journey(wrap=Law("constant", 30)))
    silent = forecast_of((queue,), np.zeros((1, 1, 24)))
    with pytest.raises(ScenarioError, match="chat_slowdown and wrap"):
        simulate(silent, (queue,), DAY, Experiment(1))


def test_calls_never_slow_each_other_down():
    assert setting_of((CALLS,), roster(shift(ANN, (0, 600, ["calls"])))).rules is None

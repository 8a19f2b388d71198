"""What the policies and the channels do, as stories of a few contacts with exact times."""

from dataclasses import replace

import pytest

from simulation.routing import POLICIES
from simulation.trace import Fate
from tests.simulation.small import ANN, BOB, CHATS, CID, MAILS, STEADY, roster, shift, story
from wfm.model import Queue

GOLD = Queue("gold", priority=1)
GREY = Queue("grey", priority=2)
HOUR_S = 3600.0
DAY_OF_ANN = roster(shift(ANN, (0, 1440, ["grey", "gold"])))
RUSH = [(0, 1, 100), (10, 1, 100), (20, 0, 100)]
"""Ann is busy with grey until 100; grey has waited since 10, gold since 20."""


@pytest.mark.parametrize(
    ("routing", "waits"),
    [("priority_longest_wait", [0, 190, 80]), ("longest_wait", [0, 90, 180]), ("skill_order", [0, 90, 180])],
)
def test_a_free_agent_takes_the_contact_that_the_policy_puts_first(routing: str, waits: list[float]):
    assert story((GOLD, GREY), DAY_OF_ANN, *RUSH, routing=routing).wait_s.tolist() == waits


def test_skill_order_keeps_a_specialist_to_the_first_skill_even_when_another_waits_longer():
    specialist = roster(shift(ANN, (0, 1440, ["gold", "grey"])))
    assert story((GOLD, GREY), specialist, *RUSH, routing="skill_order").wait_s.tolist() == [0, 190, 80]


def test_inside_a_priority_the_longest_waiting_goes_first_across_queues():
    trace = story((GOLD, replace(GREY, priority=1)), DAY_OF_ANN, *RUSH)
    assert trace.wait_s.tolist() == [0, 90, 180]


def test_an_arriving_contact_takes_the_agent_who_has_been_idle_longest():
    both = roster(shift(ANN, (0, 1440, ["steady"])), shift(BOB, (0, 1440, ["steady"])))
    trace = story((STEADY,), both, (0, 0, 50), (10, 0, 10), (60, 0, 5), (70, 0, 5))
    assert trace.agent.tolist() == [0, 1, 1, 0]  # bob is free since 20, ann since 50


def test_only_an_agent_with_the_skill_takes_a_contact():
    two = roster(shift(ANN, (0, 1440, ["grey"])), shift(BOB, (0, 1440, ["gold"])))
    trace = story((GOLD, GREY), two, (0, 0, 100), (10, 0, 100), (20, 1, 5))
    assert trace.agent.tolist() == [1, 1, 0]
    assert trace.wait_s.tolist() == [0, 90, 0]


def test_an_agent_holds_as_many_chats_as_the_queue_allows_and_the_next_waits_for_room():
    one = roster(shift(ANN, (0, 1440, ["chats"])))
    trace = story((CHATS,), one, (0, 0, 300), (10, 0, 100), (20, 0, 300), (30, 0, 50))
    assert trace.wait_s.tolist() == [0, 0, 0, 80]


def test_a_chat_goes_to_a_free_agent_first_and_then_to_whoever_holds_fewest():
    two = roster(shift(ANN, (0, 1440, ["chats"])), shift(BOB, (0, 1440, ["chats"])))
    trace = story((CHATS,), two, (0, 0, 100), (1, 0, 900), (2, 0, 900), (3, 0, 900), (200, 0, 900))
    assert trace.agent.tolist() == [0, 1, 0, 1, 0]  # ann has finished one at 100


def test_a_call_needs_the_agent_wholly_free():
    one = roster(shift(ANN, (0, 1440, ["chats", "steady"])))
    trace = story((CHATS, STEADY), one, (0, 0, 100), (5, 0, 300), (10, 1, 60))
    assert trace.wait_s.tolist() == [0, 0, 295]


def test_an_agent_does_not_go_on_filling_up_with_chats_while_a_more_urgent_call_waits():
    one = roster(shift(ANN, (0, 1440, ["chats", "steady"])))
    later = replace(CHATS, priority=2)
    trace = story((later, STEADY), one, (0, 0, 100), (10, 1, 60), (20, 0, 50))
    assert trace.wait_s.tolist() == [0, 90, 140]


def test_room_held_for_a_call_is_given_to_a_waiting_chat_when_the_caller_hangs_up():
    one = roster(shift(ANN, (0, 1440, ["chats", "steady"])))
    later = replace(CHATS, priority=2)
    trace = story((later, STEADY), one, (0, 0, 500), (10, 1, 60, 30), (20, 0, 50))
    assert trace.fate.tolist() == [Fate.ANSWERED, Fate.ABANDONED, Fate.ANSWERED]
    assert trace.wait_s.tolist() == [0, 30, 20]


def test_room_held_for_a_call_is_given_to_a_waiting_chat_when_somebody_else_takes_the_call():
    two = roster(shift(ANN, (0, 1440, ["chats", "steady"])), shift(BOB, (0, 1440, ["steady"])))
    later = replace(CHATS, priority=2)
    trace = story((later, STEADY), two, (0, 0, 500), (1, 1, 40), (10, 1, 60), (20, 0, 50))
    assert trace.agent.tolist() == [0, 1, 1, 0]
    assert trace.wait_s.tolist() == [0, 0, 31, 21]


def test_room_held_for_a_call_is_given_to_a_waiting_chat_when_somebody_comes_and_takes_the_call():
    two = roster(shift(ANN, (0, 1440, ["chats", "steady"])), shift(BOB, (1, 1440, ["steady"])))
    later = replace(CHATS, priority=2)
    trace = story((later, STEADY), two, (0, 0, 500), (10, 1, 60), (20, 0, 50))
    assert trace.agent.tolist() == [0, 1, 0]
    assert trace.wait_s.tolist() == [0, 50, 40]


def test_a_chat_kept_waiting_by_another_queue_is_taken_as_soon_as_that_one_is_served_whatever_the_order_of_the_queues():
    """Ann's first is the chat that Bob may not take while a caller waits for him; when that one hangs up, Bob takes it and Ann hers."""
    first, second = replace(CHATS, name="first", concurrency=2), replace(CHATS, name="second", concurrency=2)
    who = roster(shift(ANN, (0, 1440, ["first", "second"])), shift(BOB, (0, 1440, ["second", "calls"])))
    rows = [(0, 0, 900), (1, 1, 900), (50, 2, 100, 250), (100, 1, 900), (200, 0, 900)]
    for queues, number in (((first, second), (0, 1)), ((second, first), (1, 0))):
        named = [(at_s, number[queue] if queue < 2 else 2, *rest) for at_s, queue, *rest in rows]
        told = story((*queues, replace(STEADY, name="calls")), who, *named, routing="longest_wait")
        assert told.wait_s.tolist() == [0, 0, 250, 200, 100]


def test_an_agent_moved_from_chats_to_calls_finishes_the_chats_in_hand_and_takes_no_new_one():
    moved = roster(shift(ANN, (0, 60, ["chats"]), (60, 120, ["steady"])), shift(CID, (120, 180, ["chats"])))
    trace = story((CHATS, STEADY), moved, (3500, 0, 200), (3610, 0, 50), (3620, 1, 50))
    assert trace.wait_s.tolist() == [0, 7200 - 3610, 80]
    assert trace.agent.tolist() == [0, 1, 0]


def test_a_mail_waits_over_night_for_the_next_agent_and_a_call_does_not():
    split = roster(shift(ANN, (540, 600, ["steady", "mails"])))
    trace = story((STEADY, MAILS), split, (9.5 * HOUR_S, 0, 2 * HOUR_S), (9.6 * HOUR_S, 1, 60), (9.7 * HOUR_S, 0, 60), (11 * HOUR_S, 0, 60))
    assert trace.fate.tolist() == [Fate.ANSWERED, Fate.UNANSWERED, Fate.UNANSWERED, Fate.UNANSWERED]
    assert trace.wait_s.tolist() == pytest.approx([0, 14.4 * HOUR_S, 0.3 * HOUR_S, 0])


def test_every_policy_file_is_found_by_its_name():
    assert set(POLICIES) == {"priority_longest_wait", "longest_wait", "skill_order"}

"""Who goes when fewer agents are planned: by name, or by head count; and those who come late."""

import numpy as np
import pytest
from hypothesis import given, settings

from simulation import fast
from simulation.arrivals import Contacts
from simulation.centre import live
from simulation.measure import present_s
from simulation.presence import Stint, attended
from simulation.setting import Setting
from simulation.tables import tables_of
from simulation.trace import Fate, Trace
from tests.simulation.rich import rich_centres
from tests.simulation.small import ANN, BOB, STEADY, contacts, roster, setting_of, shift
from tests.simulation.strategies import Small
from tests.simulation.test_journey_engines import MANY, differences


def lived(setting: Setting, callers: Contacts, stints: tuple[Stint, ...]) -> Trace:
    """What becomes of them, from both engines."""
    trace = live(setting, callers, stints)
    assert differences(trace, fast.live(tables_of(setting), callers, stints)) == []
    return trace


TEN_S = 36_000.0
TWO = roster(shift(ANN, (540, 600, ["steady"])), shift(BOB, (540, 660, ["steady"])))
CALLS = [(TEN_S - 100, 0, 1000), (TEN_S - 50, 0, 80), (TEN_S + 10, 0, 60), (TEN_S + 20, 0, 60)]
"""Ann takes the first, Bob the second; at ten Ann's time is over."""


def test_by_name_the_agent_whose_time_is_over_finishes_and_goes():
    setting = setting_of((STEADY,), TWO)
    trace = lived(setting, contacts(*CALLS), setting.stints)
    assert trace.agent.tolist() == [0, 1, 1, 1]
    assert trace.late.tolist() == [[0, TEN_S, TEN_S + 900]]


LUNCH = roster(shift(ANN, (540, 600, ["steady"]), (600, 630, []), (630, 720, ["steady"])))


@pytest.mark.parametrize(("breaks", "back_s"), [("fixed", 1800.0), ("shifted", 2000.0)])
def test_a_break_that_begins_late_ends_as_planned_or_as_much_later(breaks: str, back_s: float):
    setting = setting_of((STEADY,), LUNCH, breaks=breaks)
    trace = lived(setting, contacts((TEN_S - 100, 0, 300), (TEN_S + 500, 0, 60)), setting.stints)
    assert trace.answer_s.tolist() == [TEN_S - 100, TEN_S + back_s]
    assert trace.late.tolist() == [[0, TEN_S, TEN_S + 200]]
    if breaks == "shifted":
        assert trace.absent.tolist() == [[0, TEN_S + 1800, TEN_S + 2000]]


def test_a_contact_longer_than_the_break_is_followed_by_all_of_it_where_breaks_shift():
    setting = setting_of((STEADY,), LUNCH, breaks="shifted")
    trace = lived(setting, contacts((TEN_S - 100, 0, 2500), (TEN_S + 500, 0, 60)), setting.stints)
    assert trace.answer_s.tolist() == [TEN_S - 100, TEN_S + 2400 + 1800]
    assert trace.late.tolist() == [[0, TEN_S, TEN_S + 1800]]
    assert trace.absent.tolist() == [[0, TEN_S + 2400, TEN_S + 4200]]


def test_nobody_comes_back_after_the_shift():
    setting = setting_of((STEADY,), LUNCH, breaks="shifted")
    trace = lived(setting, contacts((TEN_S - 100, 0, 6000), (TEN_S + 500, 0, 60, 10_000)), setting.stints)
    assert trace.agent.tolist() == [0, -1]
    assert trace.absent.tolist() == [[0, TEN_S + 5900, TEN_S + 7200]]


def test_by_head_count_the_first_to_finish_goes_and_the_other_stays():
    setting = setting_of((STEADY,), TWO, leaving="head_count")
    trace = lived(setting, contacts(*CALLS), setting.stints)
    assert trace.agent.tolist() == [0, 1, 0, 0]
    assert trace.wait_s.tolist() == [0, 0, 890, 940]
    assert trace.late.tolist() == [[1, TEN_S, TEN_S + 30]]


def test_by_head_count_a_free_agent_goes_in_place_of_a_busy_one():
    setting = setting_of((STEADY,), TWO, leaving="head_count")
    trace = lived(setting, contacts(CALLS[0], CALLS[2]), setting.stints)
    assert trace.late.tolist() == []
    assert trace.wait_s.tolist() == [0, 890]


def test_by_head_count_somebody_who_should_go_is_kept_when_more_are_wanted_again():
    who = roster(shift(ANN, (540, 600, ["steady"])), shift(BOB, (605, 660, ["steady"])))
    setting = setting_of((STEADY,), who, leaving="head_count")
    trace = lived(setting, contacts((TEN_S - 100, 0, 1000), (TEN_S + 10, 0, 60)), setting.stints)
    assert trace.agent.tolist() == [0, 0]
    assert trace.late.tolist() == [[1, TEN_S, TEN_S + 300]]


@settings(MANY, max_examples=100)
@given(rich_centres(leaving="head_count"))
def test_by_head_count_nobody_begins_a_contact_while_as_many_are_busy_as_are_planned(small: Small):
    setting = small.setting
    trace = live(setting, small.contacts, setting.stints)
    answered = np.flatnonzero(trace.fate == Fate.ANSWERED)
    start_s, end_s = trace.answer_s, trace.answer_s + trace.service_s
    served = {agent: {queue for s in setting.stints if s.agent == agent for queue in s.queues} for agent in range(len(setting.agents))}
    assert all(trace.queue[contact] in served[trace.agent[contact]] for contact in answered)
    for contact in answered:
        at_s = start_s[contact] + 1e-6
        planned = sum(stint.start_s <= at_s and stint.end_s >= start_s[contact] for stint in setting.stints)
        assert ((start_s[answered] < at_s) & (end_s[answered] > at_s)).sum() <= planned + _owed(setting, trace, at_s)


def _owed(setting, trace, at_s: float) -> int:
    """Those who are finishing a contact after the numbers fell."""
    return int(((trace.late[:, 1] < at_s) & (trace.late[:, 2] > at_s)).sum())


def test_the_share_comes_late_by_the_time_on_average_and_goes_as_planned():
    who = roster(*(shift(f"agent {k:04}", (540, 1020, ["steady"])) for k in range(2000)))
    setting = setting_of((STEADY,), who)
    there = attended(setting.stints, setting.agents, 0.0, 1, 0, (0.3, 600.0))
    late_s = np.array([stint.start_s - 9 * 3600 for stint in there])
    assert abs((late_s > 0).mean() - 0.3) < 4 * (0.21 / 2000) ** 0.5
    assert abs(late_s[late_s > 0].mean() - 600) < 4 * 600 / 600**0.5
    assert {stint.end_s for stint in there} == {17 * 3600.0}
    assert np.isclose(present_s(setting, there).sum(), 2000 * 8 * 3600 - late_s.sum())


def test_who_comes_later_than_the_first_break_misses_the_time_before_it():
    who = roster(shift(ANN, (540, 600, ["steady"]), (600, 615, []), (615, 700, ["steady"])))
    setting = setting_of((STEADY,), who)
    for replication in range(40):
        there = attended(setting.stints, setting.agents, 0.0, 1, replication, (1.0, 3600.0))
        assert all(stint.start_s < stint.end_s for stint in there)
        assert [stint.end_s for stint in there] == [stint.end_s for stint in setting.stints][-len(there) or 2 :]

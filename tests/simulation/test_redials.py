"""Those who hang up and call again, and those who do not wait at all."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest

from simulation import simulate
from simulation.arrivals import Contacts, draw_contacts
from simulation.centre import live, quiet
from simulation.engines import ENGINES
from simulation.redials import with_redials
from simulation.run import contacts_of, run_one
from tests.simulation.small import ANN, BOB, CALLS, roster, setting_of, shift, steady, team
from wfm.model import Channel, Experiment, Journey, Outcome, Queue, TimeAxis, Trunks

AXIS = TimeAxis(date(2026, 3, 2), 1, 60, "UTC")
NINE_S = 9 * 3600.0


def outcome_of(queue: Queue, agents: int = 8, per_hour: float = 160.0, runs: int = 100) -> Outcome:
    who = roster(*team(agents, 0, 2880, ["calls"], AXIS), axis=AXIS)
    return simulate(steady(queue, per_hour, runs, AXIS), (queue,), who, Experiment(runs, workers=1))


def drawn(queue: Queue, contacts: int = 4000) -> Contacts:
    counts = np.full((1, 1), contacts)
    return with_redials(draw_contacts((queue,), counts, np.full((1, 1), 240.0), 3600, (1, 0)), (queue,), 1, 0)


def test_a_caller_who_hangs_up_calls_again_after_the_delay_and_waits_behind_those_who_came_meanwhile():
    setting = setting_of((CALLS,), roster(shift(ANN, (540, 600, ["calls"]))))
    arrival_s = np.array([NINE_S, NINE_S + 10, NINE_S + 50, np.inf])
    handle_s, patience_s = np.array([100.0, 20, 20, 20]), np.array([1000.0, 30, 1000, 1000])
    again, delay_s = np.array([-1, 3, -1, -1]), np.array([0.0, 15, 0, 0])
    interval = np.array([9, 9, 9, -1])
    trace = live(setting, Contacts(arrival_s, np.zeros(4, int), interval, handle_s, patience_s, again, delay_s, 3), setting.stints)
    assert trace.arrival_s.tolist() == [NINE_S, NINE_S + 10, NINE_S + 50, NINE_S + 55]
    assert trace.fate.tolist() == [0, 1, 0, 0]
    assert trace.wait_s.tolist() == [0, 30, 50, 65]
    assert trace.interval.tolist() == [9] * 4


def test_attempts_are_no_more_than_the_limit_and_as_many_as_the_share_says():
    found = drawn(replace(CALLS, redial_share=0.5, redial_limit=3, redial_after_s=100))
    attempts = np.zeros(len(found), int)
    for row in range(len(found)):
        if found.again[row] >= 0:
            attempts[found.again[row]] = attempts[row] + 1
    each = np.bincount(attempts, minlength=4)
    assert len(each) == 4
    for before, after in pairwise(each):
        assert abs(after - before / 2) < 4 * (before / 4) ** 0.5
    chain = found.again >= 0
    assert np.array_equal(found.handle_s[found.again[chain]], found.handle_s[chain])
    assert abs(found.delay_s[chain].mean() - 100) < 4 * 100 / chain.sum() ** 0.5


def test_redials_leave_every_other_draw_as_it_was():
    without, redialling = drawn(CALLS), drawn(replace(CALLS, redial_share=0.4))
    for name in ("arrival_s", "handle_s", "patience_s"):
        assert np.array_equal(getattr(redialling, name)[: len(without)], getattr(without, name))


def test_of_those_who_hang_up_the_share_calls_again():
    base = Queue("calls", handle_s=240, patience_s=120)
    alone = outcome_of(base)
    more = outcome_of(replace(base, redial_share=0.4, redial_limit=20, redial_after_s=300))
    extra = (more.offered - alone.offered).sum(axis=(1, 2))
    expected = 0.4 * more.abandoned.sum(axis=(1, 2))
    gap = extra - expected
    assert expected.mean() > 20
    assert abs(gap.mean() + 0.4 * more.abandoned[..., -1].mean() * 300 / 3600) < 4 * gap.std(ddof=1) / 10
    assert np.array_equal(more.offered, more.answered + more.abandoned + more.unanswered)


def test_a_balker_is_served_if_somebody_is_free_and_else_leaves_at_once():
    queue = Queue("calls", handle_s=240, patience_s=120, balk_share=0.3)
    outcome = outcome_of(queue)
    waited = outcome.wait_counts.sum()
    assert waited == outcome.offered.sum()
    patience = drawn(queue).patience_s
    assert abs((patience == 0).mean() - 0.3) < 4 * (0.21 / 4000) ** 0.5
    assert patience[patience > 0].mean() == pytest.approx(120, rel=0.1)
    assert outcome_of(queue, agents=60).abandoned.sum() == 0


def test_everybody_balks_and_nobody_waits_which_is_erlang_b():
    load, agents = 160 * 240 / 3600, 9
    blocked = 1.0
    for number in range(1, agents + 1):
        blocked = load * blocked / (number + load * blocked)
    outcome = outcome_of(Queue("calls", handle_s=240, balk_share=1.0), agents, runs=200)
    assert outcome.wait_s.sum() == 0
    lost, offered = outcome.abandoned[..., 1:].sum(axis=(1, 2)), outcome.offered[..., 1:].sum(axis=(1, 2))
    share = lost.sum() / offered.sum()
    error = (lost - share * offered).std(ddof=1) / offered.mean() / 200**0.5
    assert abs(share - blocked) < 4 * error


def test_mails_neither_balk_nor_call_again():
    mails = drawn(Queue("mails", Channel.EMAIL, balk_share=0.5))
    assert np.isinf(mails.patience_s).all()


def test_redials_that_are_drawn_only_for_those_who_need_them_change_nothing():
    """Every second attempt finds no line, so many need more than are drawn at first."""
    journey = Journey(trunks=Trunks("main", 3), busy_redial_share=0.9)
    queue = replace(CALLS, redial_share=0.8, redial_limit=12, redial_after_s=200, patience_s=60, journey=journey)
    setting = setting_of((queue,), roster(shift(ANN, (480, 1080, ["calls"])), shift(BOB, (480, 1080, ["calls"]))))
    counts = np.zeros((1, 24), np.int64)
    counts[0, 8:18] = 40
    compiled = ENGINES["fast"](setting).live
    whole = compiled(contacts_of(setting, counts, 0, np.full(counts.sum(), 12)), setting.stints, quiet)
    few = compiled(contacts_of(setting, counts, 0), setting.stints, quiet)
    assert len(few.left_out) > 10
    assert not len(whole.left_out)
    found = run_one(setting, compiled, 0, counts, trace=True).trace
    for name in ("arrival_s", "wait_s", "fate", "agent", "service_s", "cause"):
        assert getattr(found, name).tobytes() == getattr(whole, name).tobytes(), name

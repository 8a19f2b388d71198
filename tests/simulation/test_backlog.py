"""Work that is there when the plan begins, work that gives way to who has waited, and hanging up in the menu."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from simulation import simulate
from simulation.arrivals import Contacts
from simulation.centre import live
from simulation.run import contacts_of
from simulation.trace import Cause, Fate
from tests.simulation.small import ANN, CALLS, MAILS, STEADY, forecast_of, roster, setting_of, shift
from wfm.model import Agent, Channel, Experiment, Journey, Law, Menu, Skill, TimeAxis

DAY = TimeAxis(date(2026, 3, 2), 1, 60, "UTC")
FULL = replace(MAILS, handle_cv=0.0, journey=Journey(backlog=3))


def test_mails_of_a_backlog_are_worked_one_after_the_other_from_the_first_minute_on():
    setting = setting_of((FULL,), roster(shift(ANN, (480, 600, ["mails"])), axis=DAY))
    trace = live(setting, contacts_of(setting, np.zeros((1, 24), np.int64), 0), setting.stints)
    assert trace.arrival_s.tolist() == [0, 0, 0]
    assert trace.wait_s.tolist() == [28800, 29100, 29400]


def test_a_line_that_is_full_from_the_beginning_begins_when_somebody_first_serves_it():
    calls = replace(CALLS, patience_s=None, handle_cv=0.0, journey=Journey(backlog=2))
    setting = setting_of((calls,), roster(shift(ANN, (480, 600, ["calls"])), axis=DAY))
    counts = np.zeros((1, 24), np.int64)
    counts[0, 9] = 1
    contacts = contacts_of(setting, counts, 0)
    assert contacts.arrival_s[:2].tolist() == [28800, 28800]
    assert contacts.interval.tolist() == [8, 8, 9]
    assert live(setting, contacts, setting.stints).wait_s[:2].tolist() == [0, 240]


def test_a_backlog_nobody_ever_serves_is_left_unanswered():
    setting = setting_of((replace(FULL, channel=Channel.VOICE),), roster(axis=DAY))
    trace = live(setting, contacts_of(setting, np.zeros((1, 24), np.int64), 0), setting.stints)
    assert trace.fate.tolist() == [Fate.UNANSWERED] * 3


def test_a_backlog_that_is_negative_is_refused():
    with pytest.raises(ValueError, match="backlog must not be negative"):
        Journey(backlog=-1)


def test_work_that_gives_way_is_laid_aside_for_who_has_waited_long_enough_for_its_agent():
    mails = replace(MAILS, handle_cv=0.0, journey=Journey(gives_way=True))
    agents = (Agent(ANN, "any", ("mails", "steady"), traits=(Skill("steady", after_s=60),)),)
    setting = setting_of((mails, STEADY), roster(shift(ANN, (0, 1440, ["mails", "steady"])), axis=DAY), agents=agents)
    contacts = Contacts(np.array([0.0, 10]), np.array([0, 1]), np.zeros(2, int), np.array([300.0, 100]), np.full(2, np.inf))
    trace = live(setting, contacts, setting.stints)
    assert trace.wait_s.tolist() == [0, 60]
    assert trace.further.tolist() == [[0, 0, 170, 400]]


def test_who_hangs_up_in_the_menu_has_heard_a_part_of_it_and_tries_again_like_others_who_hang_up():
    menu = Menu(Law("constant", 40), self_service=Law("constant", 100), contained=0.5, hang_up=0.2)
    queue = replace(STEADY, redial_share=0.5, journey=Journey(menu=menu))
    setting = setting_of((queue,), roster(shift(ANN, (0, 1440, ["steady"])), axis=DAY))
    contacts = contacts_of(setting, np.full((1, 24), 200), 0)
    lives, size = contacts.lives, contacts.originals
    gone = lives.gives_up[:size]
    assert abs(gone.mean() - 0.2) < 4 * (0.16 / size) ** 0.5
    assert not (lives.contained & lives.gives_up).any()
    assert abs(lives.menu_s[:size][gone].mean() - 70) < 4 * 140 / 12**0.5 / gone.sum() ** 0.5
    trace = live(setting, contacts, setting.stints)
    assert np.array_equal(trace.fate[trace.cause == Cause.FIRST] == Fate.GIVEN_UP, gone)
    assert np.all(trace.wait_s[trace.fate == Fate.GIVEN_UP] == 0)


def test_the_outcome_counts_who_hung_up_in_the_menu_and_does_not_offer_them():
    queue = replace(STEADY, journey=Journey(menu=Menu(Law("constant", 40), hang_up=0.25)))
    paths = np.full((2, 1, 24), 20.0)
    outcome = simulate(forecast_of((queue,), paths, DAY), (queue,), roster(shift(ANN, (0, 1440, ["steady"])), axis=DAY), Experiment(2))
    assert outcome.given_up.sum() > 0
    assert (outcome.offered + outcome.given_up).sum() == 960

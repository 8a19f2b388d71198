"""Busy signals, menus and transfers are told where a scenario has them, and nowhere else."""

import numpy as np
import pytest

from simulation import simulate
from tests.samples import AXIS, CALLS, flat_forecast
from tests.simulation.small import roster, team
from wfm.model import Experiment, Journey, Law, Measure, Menu, Outcome, Queue, Trunks
from wfm.report import measures
from wfm.report.words import LABELS

TEAM = roster(*team(10, 540, 1020, ["calls"], AXIS), axis=AXIS)


def outcome(journey: Journey) -> Outcome:
    queue = Queue("calls", hours=CALLS.hours, handle_s=240, patience_s=120, journey=journey)
    return simulate(flat_forecast(40), (queue,), TEAM, Experiment(4, workers=1))


def named(found: tuple[Measure, ...], name: str, queue: str = "") -> Measure:
    return next(m for m in found if (m.name, m.queue) == (name, queue))


def test_a_centre_without_anything_of_the_kind_tells_nothing_of_it():
    assert not {m.name for m in measures(outcome(Journey()))} & {"blocked", "contained", "lines_in_use"}


def test_busy_signals_are_a_share_of_attempts_and_lines_in_use_a_number():
    told = outcome(Journey(trunks=Trunks("main", 12), menu=Menu(Law("constant", 20), contained=0.2)))
    found = measures(told)
    attempts = told.offered.sum() + told.blocked.sum() + told.contained.sum()
    for queue in ("", "calls"):
        assert named(found, "blocked", queue).value == pytest.approx(told.blocked.sum() / attempts)
        assert named(found, "contained", queue).value == pytest.approx(told.contained.sum() / attempts)
        assert 0 < named(found, "lines_in_use", queue).value < 12
    assert named(found, "contained").low < 0.2 * (1 - named(found, "blocked").value) < named(found, "contained").high
    assert not any(m.name == "transferred" for m in found)
    assert all(m.name in LABELS for m in found)


def test_blocked_and_contained_are_not_offered():
    told = outcome(Journey(trunks=Trunks("main", 5), menu=Menu(Law("constant", 20), contained=0.5)))
    assert np.array_equal(told.offered, told.answered + told.abandoned + told.unanswered)

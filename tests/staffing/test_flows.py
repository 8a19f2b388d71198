"""What reaches agents: by hand, by a linear system, and as simulated."""

from dataclasses import replace

import numpy as np
import pytest

from simulation import simulate
from tests.samples import AXIS, CALLS, OFFICE
from wfm.model import (
    Channel,
    Experiment,
    Forecast,
    Journey,
    Kind,
    Law,
    Menu,
    OpeningHours,
    Queue,
    Repeat,
    Roster,
    Segment,
    Shift,
    StaffingSettings,
    Target,
    TimeAxis,
    Transfer,
)
from wfm.staffing import pooled, require
from wfm.staffing.require import workloads

PLAIN = StaffingSettings(offered_load="stationary")
OPEN = OFFICE.mask(AXIS)
SALES = replace(CALLS, name="sales", handle_s=300.0)


def _forecast(queues, per_interval, axis=AXIS, paths=40):
    mean = np.array([rate * queue.hours.mask(axis) for queue, rate in zip(queues, per_interval, strict=True)], float)
    counts = np.random.default_rng(3).poisson(mean, (paths, *mean.shape)).astype(float)
    handle_s = np.array([np.full(axis.n_intervals, queue.handle_s) for queue in queues])
    return Forecast(
        axis, tuple(queue.name for queue in queues), mean, counts, np.quantile(counts, (0.1, 0.9), axis=0), handle_s, (0.1, 0.9)
    )


def _works(queues, per_interval, axis=AXIS):
    return workloads(_forecast(queues, per_interval, axis), tuple(queues), PLAIN)


def test_without_journeys_nothing_moves():
    queues = (CALLS, SALES)
    for work in _works(queues, (20.0, 5.0)):
        assert work.forecast is None
    assert "forecast (" not in require(_forecast(queues, (20.0, 5.0)), queues, PLAIN).definition[0]


def test_a_menu_keeps_what_it_settles_and_those_who_hang_up_in_it():
    queue = replace(CALLS, journey=Journey(menu=Menu(escape=0.3, contained=0.4, hang_up=0.1)))
    (work,) = _works((queue,), (20.0,))
    share = 0.9 * (0.3 + 0.7 * 0.6)
    assert work.contacts[OPEN] == pytest.approx(20 * share)
    need = require(_forecast((queue,), (20.0,)), (queue,), PLAIN)
    less = require(_forecast((CALLS,), (20.0 * share,)), (CALLS,), PLAIN)
    assert need.present.tolist() == less.present.tolist()
    assert f"contacts that reach agents {share:.1%} of those forecast" in need.definition[0]


def test_transfers_that_go_in_circles_solve_the_linear_system():
    shares = np.array([[0.0, 0.3, 0.1], [0.2, 0.0, 0.3], [0.1, 0.0, 0.0]])
    names = ("calls", "sales", "claims")
    queues = [
        replace(
            CALLS,
            name=name,
            handle_s=100.0 * (i + 1),
            journey=Journey(transfers=tuple(Transfer(to, share, 50.0) for to, share in zip(names, shares[i], strict=True) if share)),
        )
        for i, name in enumerate(names)
    ]
    first = np.array([20.0, 5.0, 0.0])
    everybody = np.linalg.solve(np.eye(3) - shares.T, first)
    for i, work in enumerate(_works(queues, first)):
        assert work.contacts[OPEN] == pytest.approx(everybody[i], rel=1e-4)
        told_again = 50.0 * (everybody[i] - first[i]) / everybody[i]
        assert work.handle_s[OPEN] == pytest.approx(100.0 * (i + 1) + told_again, rel=1e-4)


def test_a_queue_that_only_others_pass_on_to_is_staffed_all_the_same():
    calls = replace(CALLS, journey=Journey(transfers=(Transfer("sales", 0.5),)))
    need = require(_forecast((calls, SALES), (20.0, 0.0)), (calls, SALES), PLAIN)
    alone = require(_forecast((SALES,), (10.0,)), (SALES,), PLAIN)
    assert need.present[1].tolist() == alone.present[0].tolist()
    assert "where none are forecast" in need.definition[1]


def test_repeats_come_as_often_as_their_limit_lets_them_and_later():
    repeat = Repeat(0.5, Law("exponential", 1800.0), limit=2)
    always = OpeningHours.always()
    queue = replace(CALLS, hours=always, journey=Journey(repeat=repeat))
    (work,) = _works((queue,), (20.0,))
    assert work.contacts[-1] == pytest.approx(20 * (1 + 0.5 + 0.25), rel=1e-6)
    # the first quarter of an hour: those of the first 15 minutes whose half hour was over within it
    x = 0.5
    soon = 1 - (1 - np.exp(-x)) / x
    assert work.contacts[0] == pytest.approx(20 * (1 + 0.5 * soon + 0.25 * soon * soon), rel=1e-6)


def test_what_is_passed_on_to_a_closed_queue_is_nobodys_work():
    calls = replace(CALLS, hours=OpeningHours.always(), journey=Journey(transfers=(Transfer("sales", 0.5),)))
    _, work = _works((calls, SALES), (20.0, 0.0))
    assert (work.contacts[~OPEN] == 0).all()
    assert work.contacts[OPEN] == pytest.approx(10.0)


def test_the_bound_of_pooled_skills_knows_what_is_passed_on():
    calls = replace(CALLS, journey=Journey(transfers=(Transfer("sales", 0.5),)))
    queues = (calls, SALES)
    with_them, without = (pooled(_forecast(each, (20.0, 5.0)), each, PLAIN) for each in (queues, (CALLS, SALES)))
    assert with_them.present.max() > without.present.max()


def test_mail_made_by_calls_is_done_as_deferred_work():
    mail = Queue("mail", Channel.EMAIL, Target(0.95, 4 * 3600), OFFICE, 600.0)
    calls = replace(CALLS, journey=Journey(transfers=(Transfer("mail", 0.25),)))
    need = require(_forecast((calls, mail), (20.0, 0.0)), (calls, mail), PLAIN)
    work_hours = 20 * 32 * 5 * 0.25 * 600 / 3600
    assert need.present[1].sum() / 4 == pytest.approx(work_hours, rel=0.05)


def test_what_lies_there_already_is_work_of_the_first_opening():
    mail = Queue("mail", Channel.EMAIL, Target(0.95, 4 * 3600), OFFICE, 600.0, journey=Journey(backlog=80))
    need = require(_forecast((mail,), (0.0,)), (mail,), PLAIN)
    first_day = need.present[0][AXIS.day == 0]
    assert first_day.sum() / 4 == pytest.approx(80 / 6, rel=0.1)
    assert need.present[0][AXIS.day > 0].sum() == 0


# As simulated: nobody waits and nobody leaves, so that everybody is served.

DAY = TimeAxis(AXIS.start, 1, 60, "UTC")
MENU = Menu(Law("constant", 5.0), escape=0.2, contained=0.3, misrouted=0.15, misrouted_to="back", misrouted_s=45.0, hang_up=0.1)
FRONT = Journey(
    menu=MENU,
    transfers=(Transfer("back", 0.25, 40.0), Transfer("third", 0.1)),
    repeat=Repeat(0.2, Law("exponential", 900.0), limit=2),
    disconnect=0.08,
)
BACK = Journey(transfers=(Transfer("front", 0.1),), repeat=Repeat(0.3, Law("exponential", 600.0), to="third"))
THIRD = Journey(wrap=Law("exponential", 20.0), disconnect=0.05)
CENTRE = (
    Queue("front", handle_s=200.0, journey=FRONT),
    Queue("back", handle_s=400.0, journey=BACK),
    Queue("third", handle_s=100.0, journey=THIRD),
)


@pytest.fixture(scope="module")
def lived():
    predicted = _forecast(CENTRE, (60.0, 15.0, 5.0), DAY, paths=150)
    names = tuple(queue.name for queue in CENTRE)
    shifts = tuple(Shift(f"agent {i}", 0, "all", (Segment(0, DAY.minutes, Kind.WORK, "work", names),)) for i in range(60))
    return predicted, simulate(predicted, CENTRE, Roster(DAY, shifts), Experiment(150, workers=1))


def test_the_contacts_and_the_work_of_every_queue_are_those_of_the_simulation(lived):
    predicted, outcome = lived
    for i, work in enumerate(workloads(predicted, CENTRE, PLAIN)):
        for seen, expected in ((outcome.offered[:, i], work.contacts.sum()), (outcome.busy_s[:, i], work.contacts @ work.handle_s)):
            days = np.asarray(seen, float).sum(axis=1)
            error = days.std(ddof=1) / np.sqrt(len(days))
            assert abs(days.mean() - expected) < 4 * error, (work.queue.name, days.mean(), expected, error)

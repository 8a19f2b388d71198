"""E-mail: done when due, only while open."""

from dataclasses import replace

import numpy as np
import pytest

from tests.samples import AXIS, MONDAY, OFFICE, flat_forecast
from wfm.model import Calendar, Channel, OpeningHours, Queue, StaffingSettings, Target
from wfm.staffing import require

MAIL = Queue("mail", Channel.EMAIL, Target(0.95, 4 * 3600), OFFICE, 300)
ROUND_THE_CLOCK = replace(MAIL, hours=OpeningHours.always())
OPEN = OFFICE.mask(AXIS)
SLOTS = 900 / 300


def _forecast(work):
    """A forecast with the given contacts per interval, known for sure."""
    base = flat_forecast(1.0, queue=ROUND_THE_CLOCK, paths=2)
    return replace(base, mean=work[None, :], paths=np.stack([work[None, :]] * 2), handle_s=np.full((1, len(work)), 300.0))


def _only(**contacts):
    work = np.zeros(AXIS.n_intervals)
    for place, number in contacts.items():
        work[int(place.removeprefix("at_"))] = number
    return _forecast(work)


def test_work_is_done_while_open_and_all_of_it():
    need = require(flat_forecast(3.0, queue=ROUND_THE_CLOCK), (MAIL,), StaffingSettings())
    assert (need.present[0, ~OPEN] == 0).all()
    assert np.isnan(need.service[0, ~OPEN]).all()
    assert need.service[0, OPEN] == pytest.approx(np.ones(OPEN.sum()))
    arrived_in_time = 3.0 * (np.flatnonzero(OPEN)[-1] + 1)
    assert need.present.sum() * SLOTS == pytest.approx(arrived_in_time, abs=10 * SLOTS)


def test_each_contact_is_done_by_its_due_time_and_the_load_is_spread():
    # Monday 10:00, due at 14:00: 120 contacts are 40 agent-intervals over the 17 intervals 10:00 – 14:15
    need = require(_only(at_40=120.0), (MAIL,), StaffingSettings())
    assert need.present[0, 40:57].sum() == 40
    assert need.present[0].sum() == 40
    assert need.present[0, 40:57].max() == 3


def test_work_from_the_night_is_spread_over_the_morning():
    # Tuesday 03:00; the clock starts when the queue opens at 09:00
    need = require(_only(at_108=102.0), (MAIL,), StaffingSettings())
    assert need.present[0].sum() == 34
    assert need.present[0, 96 + 36 : 96 + 36 + 17].tolist() == [2.0] * 17


def test_work_due_after_closing_time_may_be_finished_in_the_morning():
    # Monday 16:00: 4 intervals until closing and 17 the next morning
    need = require(_only(at_64=63.0), (MAIL,), StaffingSettings())
    assert need.present[0].sum() == 21
    assert need.present[0, 64:68].tolist() == [1.0] * 4
    assert need.present[0, 96 + 36 : 96 + 36 + 17].tolist() == [1.0] * 17


def test_a_closed_day_pushes_its_work_to_the_next_opening():
    closed = StaffingSettings(calendar=Calendar(frozenset({MONDAY})))
    need = require(_only(at_40=102.0), (MAIL,), closed)
    assert need.present[0, AXIS.day == 0].sum() == 0
    assert need.present[0, AXIS.day == 1].sum() == 34


def test_what_comes_before_the_last_closing_is_done_on_the_axis_and_later_work_is_left():
    friday_noon, saturday = 4 * 96 + 48, 5 * 96
    far = replace(MAIL, target=Target(0.95, 72 * 3600))
    need = require(_only(**{f"at_{friday_noon}": 30.0, f"at_{saturday}": 99.0}), (far,), StaffingSettings())
    assert need.present[0].sum() == 10


def test_a_due_time_shorter_than_an_interval_must_be_met_within_it():
    need = require(_only(at_40=10.0), (replace(MAIL, target=Target(0.95, 60)),), StaffingSettings())
    assert need.present[0, 40] == 4
    assert need.present[0].sum() == 4


def test_an_occupancy_cap_leaves_room_between_contacts():
    capped = replace(MAIL, target=Target(0.95, 4 * 3600, max_occupancy=0.5))
    predicted = flat_forecast(6.0, queue=ROUND_THE_CLOCK)
    plain, roomy = (require(predicted, (queue,), StaffingSettings()).present.sum() for queue in (MAIL, capped))
    assert roomy == pytest.approx(2 * plain, rel=0.02)


def test_the_minimum_is_there_whenever_the_queue_is_open():
    need = require(_only(at_40=3.0), (replace(MAIL, min_agents=1),), StaffingSettings())
    assert need.present[0].tolist() == OPEN.astype(float).tolist()


def test_a_queue_that_never_opens_needs_nobody():
    never = replace(MAIL, hours=OpeningHours(((),) * 7))
    assert require(flat_forecast(3.0, queue=ROUND_THE_CLOCK), (never,), StaffingSettings()).present.sum() == 0


def test_the_quantile_is_that_of_the_days_total():
    """The quantiles of single intervals would add up to far too much, or to nothing where contacts are rare."""
    predicted = flat_forecast(0.3, queue=ROUND_THE_CLOCK, paths=400)
    mean, risk = (require(predicted, (MAIL,), StaffingSettings(risk=level)).present.sum() for level in (None, 0.9))
    assert mean < risk < 1.6 * mean


def test_mail_is_staffed_as_deferred_work_even_where_the_model_is_set():
    need = require(flat_forecast(3.0, queue=ROUND_THE_CLOCK), (MAIL,), StaffingSettings(model="A"))
    assert "deferred work" in need.definition[0]
    assert "within 4 h" in need.definition[0]

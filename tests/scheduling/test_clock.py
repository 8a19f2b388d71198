"""Nights over midnight and the two weeks in which the clock changes: starts on the wall clock, lengths elapsed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from tests.scheduling.small import Centre, agent, axis, requirement, sound, team
from wfm.model import Activity, ActivityKind, Kind, Shift, ShiftTemplate, TimeAxis, Workforce

SPRING, AUTUMN = date(2026, 3, 23), date(2026, 10, 19)
BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = ShiftTemplate("night", 1320, 1320, (480,))
SUNDAY = 6


def moment(time_axis: TimeAxis, minute: int) -> datetime:
    """Local time of an elapsed minute, by the standard library alone."""
    midnight = datetime.combine(time_axis.start, time(), BERLIN).astimezone(UTC)
    return (midnight + timedelta(minutes=minute)).astimezone(BERLIN)


def at_night(time_axis: TimeAxis) -> Centre:
    need = np.zeros((1, 24))
    need[0, [22, 23, 0, 1, 2, 3, 4, 5]] = 1
    return Centre(requirement(time_axis, need), team(agent(), shift=NIGHT, max_days_week=7, max_hours_week=60, max_consecutive_days=7))


def shifts_of(centre: Centre) -> tuple[Shift, ...]:
    return sound(centre.solved(grid_minutes=15)).roster.shifts


@pytest.mark.parametrize("monday", [SPRING, AUTUMN])
def test_nights_start_on_the_wall_clock_and_last_elapsed_hours(monday: date) -> None:
    week = axis(7, 15, monday)
    shifts = shifts_of(at_night(week))
    assert [moment(week, shift.start).replace(tzinfo=None) for shift in shifts] == [
        datetime.combine(monday + timedelta(days=day), time(22)) for day in range(7)
    ]
    assert {shift.end - shift.start for shift in shifts} == {480}


@pytest.mark.parametrize(("monday", "end"), [(SPRING, 7), (AUTUMN, 5)])
def test_the_night_of_the_change_ends_an_hour_later_or_earlier(monday: date, end: int) -> None:
    week = axis(7, 15, monday)
    ends = [moment(week, shift.end).hour for shift in shifts_of(at_night(week))]
    assert ends == [6, 6, 6, 6, 6, end, 6]


@pytest.mark.parametrize("monday", [SPRING, AUTUMN])
def test_a_day_shift_after_the_change_starts_on_the_wall_clock(monday: date) -> None:
    week = axis(7, 15, monday)
    shift = ShiftTemplate("day", 540, 540, (240,), weekdays=(False,) * 6 + (True,))
    need = np.zeros((1, 24))
    need[0, 9:13] = 1
    (one,) = shifts_of(Centre(requirement(week, need), team(agent(), shift=shift)))
    assert moment(week, one.start).strftime("%a %H:%M") == "Sun 09:00"
    assert one.start % 1440 == (480 if monday == SPRING else 600)


@pytest.mark.parametrize(("monday", "hour"), [(SPRING, 10), (AUTUMN, 8)])
def test_rest_over_the_change_is_elapsed_time(monday: date, hour: int) -> None:
    """Saturday until 22:00, 11 h of rest: 10:00 in summer time, 8:00 after the hour that comes twice."""
    week = axis(2, 15, monday + timedelta(days=5))
    late = ShiftTemplate("late", 1080, 1080, (240,), weekdays=(True,) * 6 + (False,))
    early = ShiftTemplate("early", 420, 720, (240,), 60, weekdays=(False,) * 6 + (True,))
    need = np.zeros((1, 24))
    need[0, [7, 8, 9, 10, 11, 18, 19, 20, 21]] = 1
    centre = Centre(requirement(week, need), _two(late, early))
    first, second = shifts_of(centre)
    assert moment(week, first.end).hour == 22
    assert moment(week, second.start).hour == hour
    assert second.start - first.end == 660


def _two(late: ShiftTemplate, early: ShiftTemplate, **rules: float) -> Workforce:
    """Ann may work both."""
    one = team(agent(), shift=late, **rules)
    return replace(one, shifts=(late, early), contracts=(replace(one.contracts[0], shifts=("late", "early")),))


@pytest.mark.parametrize(("monday", "wall"), [(SPRING, 210), (AUTUMN, 210), (AUTUMN, 150)])
def test_a_fixed_session_in_the_night_of_the_change_is_at_its_wall_clock(monday: date, wall: int) -> None:
    """Where 2:30 comes twice, the first is meant."""
    week, sunday = axis(7, 15, monday), monday + timedelta(days=SUNDAY)
    course = Activity("course", ActivityKind.TRAINING, 45, ("ann",), sunday, sunday, at=((sunday, wall),))
    centre = at_night(week)
    workforce = team(agent(), shift=NIGHT, activities=[course])
    (session,) = [p for s in shifts_of(Centre(centre.required, workforce)) for p in s.segments if p.kind is Kind.ACTIVITY]
    local = moment(week, session.start)
    assert (local.date(), local.hour * 60 + local.minute, local.fold) == (sunday, wall, 0)
    assert session.minutes == 45


@pytest.mark.parametrize("monday", [SPRING, AUTUMN])
def test_a_window_over_the_change_holds_its_session(monday: date) -> None:
    """From 1:00 to 4:00 lie two hours in spring, four in autumn."""
    week, sunday = axis(7, 15, monday), monday + timedelta(days=SUNDAY)
    course = Activity("course", ActivityKind.TRAINING, 120, ("ann",), sunday, sunday, 1, 60, 240)
    centre = Centre(at_night(week).required, team(agent(), shift=NIGHT, activities=[course]))
    (session,) = [p for s in shifts_of(centre) for p in s.segments if p.kind is Kind.ACTIVITY]
    assert moment(week, session.start).replace(tzinfo=None) >= datetime.combine(sunday, time(1))
    assert moment(week, session.end).replace(tzinfo=None) <= datetime.combine(sunday, time(4))
    assert session.minutes == 120


def test_nights_in_a_row_never_overlap_and_each_belongs_to_its_first_day() -> None:
    shifts = shifts_of(at_night(axis(3, 15)))
    assert [shift.day for shift in shifts] == [0, 1, 2]
    assert all(before.end <= after.start for before, after in pairwise(shifts))


def test_only_the_hours_inside_the_plan_are_covered_by_its_last_night() -> None:
    solved = sound(at_night(axis(1, 15)).solved(grid_minutes=15))
    assert solved.present.sum() / 4 == 2
    assert solved.cost_parts["paid"] == pytest.approx(8 * 0.5)


@pytest.mark.parametrize("rest", [2.25, 2.5])
def test_a_start_that_the_clock_skips_is_as_late_as_it_becomes(rest: float) -> None:
    """On the Sunday in March 2:00, 2:30 and 3:00 become 3:00, 3:30 and 3:00: only the middle one leaves enough rest after midnight."""
    weekend = axis(2, 15, SPRING + timedelta(days=5))
    late = ShiftTemplate("late", 1080, 1080, (360,), weekdays=(True,) * 6 + (False,))
    early = ShiftTemplate("early", 120, 180, (60,), 30, weekdays=(False,) * 6 + (True,))
    need = np.zeros((1, 24))
    need[0, [3, 4, 18, 19, 20, 21, 22, 23]] = 5
    shifts = shifts_of(Centre(requirement(weekend, need), _two(late, early, rest_hours=rest)))
    assert [shift.template for shift in shifts] == ["late", "early"]

"""Breaks and shifts off the grid asked for, steps coarser than the grid, sessions off every grid."""

from dataclasses import replace

import pytest

from tests.scheduling import brute
from tests.scheduling.small import DAY, SETTINGS, Centre, agent, axis, fixed, flat, requirement, sound, team, training
from wfm.model import Break, Kind, Reason, ShiftTemplate

QUARTERS = replace(SETTINGS, grid_minutes=15)


def test_breaks_off_the_grid_make_it_finer_and_the_answer_says_so() -> None:
    shift = ShiftTemplate("day", 480, 480, (240,), 60, (Break("tea", 10, 50, 70), Break("walk", 25, 120, 180)), break_gap=40)
    solved = sound(Centre(flat(axis(2, 30), 1, begin=8, end=12), team(agent(), shift=shift), QUARTERS).solved())
    assert solved.notes == ("shifts and breaks need a grid of 5 minutes, finer than the 15 asked for",)
    for one in solved.roster.shifts:
        tea, walk = (part for part in one.segments if part.kind is Kind.BREAK)
        assert 50 <= tea.start - one.start <= 70
        assert 120 <= walk.start - one.start <= 180
        assert (tea.minutes, walk.minutes) == (10, 25)
    assert len(solved.roster.shifts) == 2


def test_the_finer_grid_is_priced_cell_by_cell() -> None:
    shift = ShiftTemplate("day", 480, 480, (240,), 60, (Break("tea", 10, 50, 70),))
    centre = Centre(flat(axis(1, 30), 1, begin=8, end=12), team(agent(), shift=shift), QUARTERS)
    solved = sound(centre.solved())
    assert solved.objective == pytest.approx(brute.price(solved.roster, centre, 5), abs=1e-9)
    assert solved.objective == pytest.approx((40 * 0.1 + 80 * 0.9) / 6 + 0.5 * (4 - 1 / 6))


def test_a_step_of_half_an_hour_on_a_grid_of_quarters() -> None:
    shift = ShiftTemplate("day", 480, 540, (240,), 15, (Break("rest", 15, 60, 120),))
    centre = Centre(flat(axis(1, 30), 1, begin=8, end=13), team(agent("ann"), agent("bob"), shift=shift), QUARTERS)
    solved = sound(centre.solved())
    assert solved.present.shape == (1, 48)
    assert solved.objective == pytest.approx(brute.price(solved.roster, centre, 15), abs=1e-9)
    assert solved.objective == pytest.approx(brute.optimum(centre), abs=1e-6)


def test_a_session_of_fifty_minutes_takes_every_cell_it_touches() -> None:
    centre = Centre(flat(axis(1), 1), team(agent(), activities=[fixed(0, 610, 50)]), QUARTERS)
    solved = sound(centre.solved())
    assert [(p.start, p.minutes) for s in solved.roster.shifts for p in s.segments if p.kind is Kind.ACTIVITY] == [(610, 50)]
    assert solved.objective == pytest.approx(brute.price(solved.roster, centre, 15), abs=1e-9)
    assert solved.reason is Reason.OPTIMAL


def test_sessions_off_the_grid_may_meet_inside_a_cell() -> None:
    """Three fixed ones of twenty minutes fill one hour."""
    courses = [fixed(0, 600 + 20 * n, 20, name=f"course {n}") for n in range(3)]
    solved = sound(Centre(flat(axis(1), 1), team(agent(), activities=courses)).solved())
    assert solved.reason in (Reason.OPTIMAL, Reason.FEASIBLE)
    assert sum(p.minutes for s in solved.roster.shifts for p in s.segments if p.kind is Kind.ACTIVITY) == 60


def test_a_session_longer_than_the_grid_starts_on_it() -> None:
    centre = Centre(flat(axis(1), 1), team(agent(), activities=[training(70, from_minute=485, to_minute=720)]), QUARTERS)
    (session,) = [p for s in sound(centre.solved()).roster.shifts for p in s.segments if p.kind is Kind.ACTIVITY]
    assert session.start % 15 == 0
    assert 485 <= session.start <= 650


def test_starts_off_the_grid_make_it_finer() -> None:
    solved = sound(Centre(flat(axis(1), 1), team(agent(), shift=replace(DAY, start_from=490, start_to=490)), QUARTERS).solved())
    assert [shift.start for shift in solved.roster.shifts] == [490]
    assert "5 minutes" in solved.notes[0] or "10 minutes" in solved.notes[0]


def test_a_gap_of_breaks_off_the_grid_is_kept_whole() -> None:
    """Twenty minutes of gap: on quarters the second break cannot start before 105, although 90 would cost nothing."""
    shift = ShiftTemplate("day", 480, 480, (240,), 60, (Break("tea", 15, 60, 60), Break("walk", 15, 90, 150)), break_gap=20)
    need = [0.0] * 24
    need[8:12] = [1, 0, 0, 0]
    need[10] = need[11] = 1
    solved = sound(Centre(requirement(axis(1), [need]), team(agent(), shift=shift, min_hours_week=14), QUARTERS).solved())
    assert [p.start - 480 for s in solved.roster.shifts for p in s.segments if p.kind is Kind.BREAK] == [60, 105]

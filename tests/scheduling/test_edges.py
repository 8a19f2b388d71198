"""Too much work, none, and strange teams."""

from dataclasses import replace

import numpy as np
import pytest

from tests.scheduling.small import DAY, Centre, agent, axis, fixed, flat, on, requirement, sound, team
from wfm.errors import ScenarioError
from wfm.model import Break, Kind, Reason, ShiftTemplate

HOUR = 40.0 * 0.1 + 80.0 * 0.9  # one agent missing where one is needed, for an hour


def test_demand_beyond_reach_gives_a_roster_with_a_shortfall() -> None:
    solved = sound(Centre(flat(axis(3), 100), team(agent("ann"), agent("bob"))).solved())
    assert solved.reason in (Reason.OPTIMAL, Reason.FEASIBLE)
    assert len(solved.roster.shifts) == 6
    assert solved.cost_parts["deep_under"] > 0


def test_nothing_needed_is_an_empty_roster_for_nothing() -> None:
    solved = sound(Centre(flat(axis(3), 0), team(agent())).solved())
    assert (solved.reason, solved.objective, solved.roster.shifts) == (Reason.OPTIMAL, 0.0, ())


def test_hours_due_are_worked_although_nothing_is_needed() -> None:
    solved = sound(Centre(flat(axis(7), 0), team(agent(), min_hours_week=12)).solved())
    assert sum(shift.paid_minutes for shift in solved.roster.shifts) == 12 * 60
    assert solved.cost_parts["over"] == pytest.approx(12)


def test_nobody_at_all_leaves_the_whole_shortfall() -> None:
    solved = sound(Centre(flat(axis(2), 1), team()).solved())
    assert solved.reason is Reason.OPTIMAL
    assert solved.objective == pytest.approx(2 * 8 * HOUR)
    assert solved.roster.shifts == ()


def test_one_agent_covers_what_one_can() -> None:
    """Four hours with one of rest: three of eight hours covered."""
    solved = sound(Centre(flat(axis(1), 1), team(agent())).solved())
    assert solved.reason is Reason.OPTIMAL
    assert solved.objective == pytest.approx(5 * HOUR + 3 * 0.5)


@pytest.mark.parametrize("skills", [(), ("unheard",)])
def test_an_agent_without_a_usable_skill_counts_nowhere(skills: tuple[str, ...]) -> None:
    solved = sound(Centre(flat(axis(1), 1), team(agent(skills=skills), min_hours_week=7)).solved())
    assert solved.objective == pytest.approx(8 * HOUR + 3 * 0.5 * len(solved.roster.shifts))
    assert solved.present.sum() == 0
    assert len(solved.roster.shifts) == 1


def test_a_contract_without_shifts_is_nobody_at_work() -> None:
    assert sound(Centre(flat(axis(1), 1), team(agent(), shifts=())).solved()).objective == pytest.approx(8 * HOUR)


def test_a_requirement_without_queues_is_no_trouble() -> None:
    assert sound(Centre(flat(axis(1)), team(agent())).solved()).objective == 0


def test_every_day_closed_is_an_empty_roster() -> None:
    solved = sound(Centre(flat(axis(2), 1), team(agent(), min_hours_week=20, closed=(0, 1))).solved())
    assert solved.reason is Reason.OPTIMAL
    assert solved.roster.shifts == ()


def test_a_shift_without_room_for_its_breaks_is_never_worked() -> None:
    rest = DAY.breaks[0]
    tight = replace(DAY, breaks=(rest, replace(rest, name="other")), break_gap=90)
    assert sound(Centre(flat(axis(1), 1), team(agent(), shift=tight)).solved()).roster.shifts == ()


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"grid_minutes": 45}, ["scheduling.grid_minutes"]),
        ({"grid_minutes": 0}, ["scheduling.grid_minutes"]),
        ({"under_price": 90.0}, ["scheduling.deep_under_price"]),
        (
            {"over_price": -1.0, "paid_price": float("nan"), "effort": -1.0},
            [f"scheduling.{n}" for n in ("over_price", "paid_price", "effort")],
        ),
    ],
)
def test_settings_that_are_none_are_told_all_at_once(changes: dict[str, float], places: list[str]) -> None:
    with pytest.raises(ScenarioError) as caught:
        Centre(flat(axis(1), 1), team(agent())).solved(**changes)
    assert [fault.place for fault in caught.value.faults] == places


def test_limits_of_a_week_begin_anew_every_monday() -> None:
    """Ten days from a Thursday: two shifts in the four days of the first week, two in the six of the second."""
    plan = axis(10, start=on(3))
    solved = sound(Centre(flat(plan, 9), team(agent(), max_days_week=2, max_hours_week=6, min_hours_week=5)).solved())
    weeks = [plan.dates[shift.day].isocalendar().week for shift in solved.roster.shifts]
    assert [weeks.count(week) for week in sorted(set(weeks))] == [2, 2]


def test_high_prices_never_lay_a_break_over_a_training() -> None:
    """From 9 on lunch would fall on the training; from 8 on it does not, though the last hour is worth more than any barrier."""
    shift = ShiftTemplate("day", 480, 540, (480,), 60, (Break("lunch", 60, 180, 180),))
    need = np.zeros((1, 24))
    need[0, 9:17] = 1
    need[0, 16] = 9
    centre = Centre(requirement(axis(1), need), team(agent(), activities=[fixed(0, 720)], shift=shift))
    (one,) = sound(centre.solved(under_price=1e8, deep_under_price=1e8)).roster.shifts
    assert one.start == 480
    assert [part.start for part in one.segments if part.kind is Kind.BREAK] == [660]


def test_a_high_price_of_too_many_is_paid_where_hours_are_due() -> None:
    solved = sound(Centre(flat(axis(1), 0), team(agent(), min_hours_week=21)).solved(over_price=1e7))
    assert len(solved.roster.shifts) == 1

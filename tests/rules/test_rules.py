"""Every rule against a sound roster and against one bend of it at a time."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling import RULES, check
from scheduling.rules import Rule, Violation
from tests.rules.bends import BENDS, LIMITS, Bend
from tests.rules.sound import AXIS, FRI, MON, ROSTER, SUN, TEAM, TUE, added, contract, on, person, roster, shift
from wfm.model import Roster, TimeAxis


def test_the_sound_roster_keeps_every_rule() -> None:
    assert check(ROSTER, TEAM) == ()


def test_every_rule_forbids_or_has_a_price() -> None:
    """A rule that does neither is none; one that does both would be paid for what it forbids."""
    assert all((type(rule).check is Rule.check) != (type(rule).charges is Rule.charges) for rule in RULES)


def test_no_rule_is_left_without_a_bend() -> None:
    assert {bend.rule for bend in BENDS.values()} == {rule.name for rule in RULES if type(rule).check is not Rule.check}


@pytest.mark.parametrize("bend", BENDS.values(), ids=BENDS.keys())
def test_a_bend_is_caught_by_its_rule_alone_and_named(bend: Bend) -> None:
    found = check(bend.roster, bend.team)
    assert [(v.rule, v.agent, v.day) for v in found] == sorted(
        (bend.rule, agent, "" if day is None else on(day).isoformat()) for agent, day in bend.where
    )
    assert all(bend.text in violation.text for violation in found)


@pytest.mark.parametrize("bend", BENDS.values(), ids=BENDS.keys())
def test_a_rule_left_out_does_not_speak(bend: Bend) -> None:
    assert check(bend.roster, bend.team, rules=tuple(rule for rule in RULES if rule.name != bend.rule)) == ()


@pytest.mark.parametrize("team", LIMITS.values(), ids=LIMITS.keys())
def test_a_limit_itself_is_allowed(team: object) -> None:
    assert check(ROSTER, team) == ()


def test_two_broken_rules_are_both_told_in_order() -> None:
    found = check(ROSTER, replace(contract("ann", rest_hours=17, max_days_week=2)))
    assert [violation.rule for violation in found] == ["most days in a week", "rest between shifts"]


def test_a_shift_into_the_next_breaks_rest_and_the_order_of_days() -> None:
    night = shift("bob", MON, 1320, 1800, "night")
    late = roster(night, shift("bob", TUE, 300, 780, "night"))
    rules = {violation.rule for violation in check(late, TEAM) if violation.day == on(TUE).isoformat()}
    assert {"one shift a day", "rest between shifts"} <= rules


def test_a_night_into_the_day_after_the_plan_may_not_meet_time_off() -> None:
    night = added(shift("bob", SUN, 1320, 1800, "night"))
    team = contract("bob", max_hours_week=40, max_days_week=4)
    assert check(night, team) == ()
    team = replace(team, agents=person("bob", time_off=frozenset({on(SUN + 1)})).agents)
    assert check(night, team) == (Violation("time off", "bob", on(SUN + 1).isoformat(), "works on a day of time off"),)


def test_a_shift_outside_the_plan_is_told_by_the_axis_of_the_plan() -> None:
    shorter = TimeAxis(AXIS.start, 4, 30, AXIS.timezone)
    told = [v for v in check(ROSTER, TEAM, shorter) if v.rule == "shift template"]
    assert [(v.agent, v.day, v.text) for v in told] == [("bob", on(FRI).isoformat(), "the shift starts outside the plan")]


def test_an_empty_roster_owes_hours_and_sessions_only() -> None:
    rules = {violation.rule for violation in check(Roster(AXIS, ()), TEAM)}
    assert rules == {"least hours in a week", "sessions delivered whole", "fixed starts of sessions"}


def test_hours_are_counted_monday_to_sunday_where_the_plan_starts_midweek() -> None:
    """Fri–Mon: three shifts before the border of the week, one after it."""
    axis = TimeAxis(on(FRI), 4, 30, AXIS.timezone)
    nights = tuple(shift("bob", day, 1320, 1800, "night") for day in (0, 3))
    team = replace(contract("bob", min_hours_week=0, max_hours_week=8, max_days_week=1), activities=())
    team = replace(team, agents=team.agents[1:])
    assert check(Roster(axis, nights), team) == ()
    early = (nights[0], shift("bob", 2, 1320, 1800, "night"))
    assert [(v.rule, v.day) for v in check(Roster(axis, early), team)] == [
        ("most days in a week", on(SUN).isoformat()),
        ("most hours in a week", on(FRI).isoformat()),
    ]


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({}, 20.0),
        ({"time_off": frozenset({on(TUE)})}, 20.0 - 24 / 3),
        ({"time_off": frozenset({on(TUE), on(FRI), on(SUN)})}, 0.0),
    ],
)
def test_a_day_of_time_off_counts_towards_the_hours_due(changes: dict[str, object], due: float) -> None:
    team = replace(person("bob", **changes), activities=())
    team = replace(team, agents=team.agents[1:])
    told = [v.text for v in check(Roster(AXIS, ()), team)]
    assert told == ([f"0 paid hours in the week, at least {due:.4g} due"] if due else [])


def test_hours_due_shrink_with_the_days_of_the_week_inside_the_plan() -> None:
    axis = TimeAxis(AXIS.start - timedelta(days=2), 9, 30, AXIS.timezone)
    team = replace(TEAM, agents=TEAM.agents[1:], activities=())
    assert [(v.day, v.text.split("least ")[1]) for v in check(Roster(axis, ()), team)] == [
        ("2026-02-28", f"{math.ceil(20 * 60 * 2 / 7) / 60:.4g} due"),  # in whole minutes
        ("2026-03-02", "20 due"),
    ]


def test_a_closed_date_nobody_could_replace_lowers_the_hours_due() -> None:
    """Ann works Monday and Tuesday only, at most three days; Tuesday closed leaves half of the usual."""
    team = person("ann", available=((0, 2880),) * 2 + (None,) * 5)
    team = replace(team, agents=team.agents[:1], activities=(), closed=frozenset({on(TUE)}))
    assert [v.text for v in check(Roster(AXIS, ()), team)] == ["0 paid hours in the week, at least 10 due"]

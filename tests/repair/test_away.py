"""Absences of part of a day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import check, idle_absences, repair, until
from scheduling.repair.away import is_absence
from scheduling.rules.base import say
from tests.repair.cases import NAMES, Published, day_of, published
from tests.scheduling.small import Centre, agent, axis, flat, on, sound, team
from wfm.errors import InputError
from wfm.model import Kind, Reason, Roster, Segment, ShiftTemplate
from wfm.ui.parts.text import is_absence as names_an_absence


def work(roster: Roster, name: str, day: date) -> set[int]:
    """Minutes of the plan worked in somebody's shift of a day."""
    parts = [part for shift in day_of(roster, name, day) for part in shift.segments if part.kind is Kind.WORK]
    return {minute for part in parts for minute in range(part.start, part.end)}


def rests(roster: Roster, name: str, day: date) -> list[Segment]:
    return [part for shift in day_of(roster, name, day) for part in shift.segments if part.kind is Kind.BREAK]


def worked(case: Published, name: str) -> tuple[date, int]:
    """A day on which somebody works, and the wall-clock minute at which they begin."""
    shift = case.roster.of(name)[0]
    return case.roster.axis.dates[shift.day], shift.start - shift.day * 1440


@st.composite
def partly(draw: st.DrawFn) -> tuple[Published, str, date, int, int]:
    case = published(draw(st.integers(1, 3)), draw(st.sampled_from((1.0, 2.0))), 3, courses=draw(st.integers(0, 1)))
    names = sorted({shift.agent for shift in case.roster.shifts})
    name = draw(st.sampled_from(names))
    day, begin = worked(case, name)
    first = begin + draw(st.sampled_from((-60, 0, 60, 90, 120)))
    return case, name, day, first, first + draw(st.sampled_from((30, 60, 120, 600)))


@given(partly())
@settings(max_examples=40, deadline=None)
def test_nobody_works_while_away_and_the_rest_of_the_day_stands(case: tuple[Published, str, date, int, int]) -> None:
    before, name, day, first, last = case
    done = before.mended(away=[(name, day, first, last)])
    if done.solved.reason is Reason.INFEASIBLE:
        assert done.solved.conflicts
        return
    assert done.solved.reason is not Reason.NOTHING_FOUND
    roster, index = done.solved.roster, before.roster.axis.day_index(day)
    gone = set(range(index * 1440 + first, index * 1440 + last))
    assert work(roster, name, day).isdisjoint(gone)
    assert work(before.roster, name, day) - gone <= work(roster, name, day)
    assert rests(roster, name, day) == rests(before.roster, name, day)
    assert check(roster, done.solved.workforce) == ()
    courses = [activity for activity in before.centre.workforce.activities if name in activity.attendees]
    held = [p for s in roster.of(name) for p in s.segments if p.name in {c.name for c in courses}]
    assert len(held) == len(courses)
    assert all({*range(part.start, part.end)}.isdisjoint(gone) for part in held)


def test_who_goes_home_early_keeps_their_paid_hours_and_the_change_is_told() -> None:
    case = published(1, 1.0, 2, min_hours_week=21)
    day, begin = worked(case, "ann")
    done = case.mended(away=[("ann", day, begin + 180, begin + 240)])
    assert done.solved.reason is not Reason.INFEASIBLE
    (change,) = done.changes
    assert (change.agent, change.day, change.shift) == ("ann", day, False)
    (part,) = [p for s in day_of(done.solved.roster, "ann", day) for p in s.segments if p.kind is Kind.ACTIVITY]
    clock = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in (begin + 180, begin + 240)]
    assert change.after.endswith(f", away {clock[0]}–{clock[1]}")
    assert change.away
    assert part.name == f"away {say(day)} {clock[0]}-{clock[1]}".replace(":", ".")
    paid = [sum(s.paid_minutes for s in roster.shifts) for roster in (case.roster, done.solved.roster)]
    assert paid[0] == paid[1]


def test_others_may_take_over_what_is_lost() -> None:
    case = published(2, 1.0, 2, max_days_week=2)
    day, begin = worked(case, "ann")
    done = case.mended(away=[("ann", day, begin, begin + 240)], change_price=0.0)
    assert done.solved.objective <= case.mended(away=[("ann", day, begin, begin + 240)], change_price=1e5).solved.objective


def test_a_part_of_a_day_off_leaves_the_day_off() -> None:
    case = published(1, 1.0, 3, max_days_week=2)
    free = next(on(d) for d in range(3) if not day_of(case.roster, "ann", on(d)))
    assert case.mended(away=[("ann", free, 480, 600)]).changes == ()


def test_a_night_is_left_before_midnight_and_the_absence_goes_on_after_it() -> None:
    night = ShiftTemplate("night", 1320, 1320, (480,))
    centre = Centre(flat(axis(2), 1, begin=0, end=24), team(agent(), shift=night))
    solved = sound(centre.solved())
    (shift,) = [one for one in solved.roster.shifts if one.day == 0]
    done = repair(solved.roster, centre.required, centre.workforce, centre.settings, away=[("ann", on(0), 1380, 1440 + 120)])
    parts = [(part.start, part.end) for part in done.solved.roster.of("ann")[0].segments if part.kind is Kind.ACTIVITY]
    assert parts == [(1380, 1440), (1440, 1560)]
    assert check(done.solved.roster, done.solved.workforce) == ()
    assert done.solved.roster.of("ann")[0].end == shift.end


@pytest.mark.parametrize(("first", "last"), [(840, 1440 + 540), (840, 840), (840, 540), (840, 840 + 1440)])
def test_hours_run_forward_within_the_day_where_no_shift_goes_past_midnight(first: int, last: int) -> None:
    case = published(1)
    day, _ = worked(case, "ann")
    with pytest.raises(InputError, match="expected an end after the beginning") as told:
        case.mended(away=[("ann", day, first, last)])
    assert [fault.place for fault in told.value.faults] == ["absence of hours"]


def test_an_end_that_comes_before_the_beginning_is_of_the_day_after() -> None:
    assert [until(1380, 120), until(540, 600), until(600, 600), until(1380, 0)] == [1560, 600, 600, 1440]


def test_absences_without_a_shift_are_told_and_those_with_one_are_not() -> None:
    case = published(1, 1.0, 3, max_days_week=2)
    free = next(on(d) for d in range(3) if not day_of(case.roster, "ann", on(d)))
    day, begin = worked(case, "ann")
    told = idle_absences(case.roster, [("ann", free), ("ann", day)], [("ann", day, begin, begin + 60), ("ann", free, 480, 600)])
    assert len(told) == 2
    assert all("has no shift on" in text for text in told)


def test_an_absence_of_somebody_unknown_or_outside_the_plan_is_told() -> None:
    with pytest.raises(InputError) as told:
        published(1).mended(away=[("eve", on(0), 0, 60), (NAMES[0], on(30), 0, 60)])
    assert len(told.value.faults) == 2


def test_two_who_are_away_at_the_same_time_have_absences_of_their_own_and_a_second_repair_keeps_the_first() -> None:
    case = published(3, 2.0, 2)
    begin = min(work(case.roster, "ann", on(0)) & work(case.roster, "bob", on(0)))
    first = case.mended(away=[(name, on(0), begin, begin + 60) for name in ("ann", "bob")])
    made = [one.name for one in first.solved.workforce.activities if is_absence(one.name)]
    assert made == [part.name for name in ("ann", "bob") for part in away_in(first.solved.roster, name)]
    assert made[1] == f"{made[0]} no 2"
    assert all(names_an_absence(name) for name in made)
    again = replace(case, roster=first.solved.roster, centre=replace(case.centre, workforce=first.solved.workforce))
    second = again.mended(away=[("ann", on(0), begin - 60, begin + 180)])
    assert check(second.solved.roster, second.solved.workforce) == ()
    assert {p.name for p in away_in(first.solved.roster, "ann")} < {p.name for p in away_in(second.solved.roster, "ann")}


def away_in(roster: Roster, name: str) -> list[Segment]:
    return [part for shift in roster.of(name) for part in shift.segments if is_absence(part.name)]

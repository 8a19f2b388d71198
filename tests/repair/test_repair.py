"""A repair keeps rules, locks and training, and changes no more than has to change."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from scheduling import check, objective
from scheduling.repair import named
from tests.repair.cases import NAMES, Published, day_of, happenings, published
from tests.scheduling.small import DAY, Centre, agent, axis, flat, on, requirement, team, training
from wfm.errors import Cancelled, Enough, InputError
from wfm.model import IMPROVING, Kind, Reason, Roster, Segment, Shift, Workforce

HUGE = 1e5
Happening = tuple[Published, list[tuple[str, date]], list[tuple[str, date]], int]


@given(happenings())
@settings(max_examples=40, deadline=None)
def test_a_repair_keeps_every_rule_lock_and_session_and_touches_nothing_that_is_over(case: Happening) -> None:
    before, absent, locks, begun = case
    done = before.mended(absences=absent, locks=locks, begun=begun)
    if done.solved.reason is Reason.INFEASIBLE:
        assert done.solved.conflicts
        return
    roster = done.solved.roster
    assert done.solved.reason is not Reason.NOTHING_FOUND
    assert check(roster, before.centre.workforce) == ()
    assert not any(day_of(roster, *one) for one in absent)
    assert all(day_of(roster, *one) == day_of(before.roster, *one) for one in locks)
    for person in before.centre.workforce.agents:
        if begun and (person.name, on(0)) not in absent:
            assert day_of(roster, person.name, on(0)) == day_of(before.roster, person.name, on(0))
    told = {(change.agent, change.day) for change in done.changes}
    for person, day in product(before.centre.workforce.agents, range(roster.axis.days)):
        same = day_of(roster, person.name, on(day)) == day_of(before.roster, person.name, on(day))
        assert same == ((person.name, on(day)) not in told)


@given(happenings())
@settings(max_examples=30, deadline=None)
def test_the_price_is_that_of_the_roster_and_of_its_changes_and_never_below_the_bound(case: Happening) -> None:
    before, absent, locks, begun = case
    done = before.mended(absences=absent, locks=locks, begun=begun, change_price=8.0)
    if done.solved.reason is Reason.INFEASIBLE:
        return
    paid = sum((8.0 if change.shift else 2.0) for change in done.changes if (change.agent, change.day) not in absent)
    priced = objective(done.solved.roster, done.solved.workforce, before.centre.required, before.centre.settings)
    assert done.solved.objective == pytest.approx(priced.total + paid)
    assert done.solved.bound <= done.solved.objective + 1e-6


def every_week(workforce: Workforce, roster: Roster, name: str) -> list[Roster]:
    """All schedules of one person, in which a shift of the template is worked or not, whatever the rules."""
    ways: list[list[Shift | None]] = []
    for day in range(roster.axis.days):
        ways.append([None, *(_shift(name, day, start) for start in DAY.starts())])
    return [Roster(roster.axis, tuple(s for s in way if s)) for way in product(*ways)]


def _shift(name: str, day: int, wall: int) -> Shift:
    begin = day * 1440 + wall
    parts = (
        Segment(begin, begin + 60, Kind.WORK, "work", ("calls",)),
        Segment(begin + 60, begin + 120, Kind.BREAK, "rest", (), False),
        Segment(begin + 120, begin + 240, Kind.WORK, "work", ("calls",)),
    )
    return Shift(name, day, "day", parts)


def least_changes(case: Published, name: str, absent: date) -> int:
    """The fewest other days on which one person's shift has to differ, by trying every schedule with the checker."""
    person = replace(next(a for a in case.centre.workforce.agents if a.name == name), time_off=frozenset({absent}))
    alone = replace(case.centre.workforce, agents=(person,))
    old = {shift.day: shift.start for shift in case.roster.of(name)}
    found = []
    for roster in every_week(alone, case.roster, name):
        if not check(roster, alone):
            new = {shift.day: shift.start for shift in roster.shifts}
            found.append(sum(old.get(d) != new.get(d) for d in range(roster.axis.days) if on(d) != absent))
    return min(found)


@pytest.mark.parametrize("day", range(5))
@pytest.mark.parametrize("rules", [{}, {"min_hours_week": 12.0, "max_hours_week": 12.0}, {"min_days_off": 2}], ids=str)
def test_where_changes_are_dear_no_more_change_than_by_force(day: int, rules: dict[str, Any]) -> None:
    case = published(2, 1.0, 5, max_days_week=4, **rules)
    done = case.mended(absences=[("ann", on(day))], change_price=HUGE)
    shifts = [change for change in done.changes if change.shift and (change.agent, change.day) != ("ann", on(day))]
    assert len(shifts) == least_changes(case, "ann", on(day))


def test_nothing_happens_to_a_roster_that_nothing_happened_to() -> None:
    case = published(3, courses=2)
    done = case.mended(change_price=HUGE)
    assert done.changes == ()
    assert done.solved.roster.shifts == case.roster.shifts


def test_where_changes_cost_little_somebody_takes_over_and_the_price_falls() -> None:
    case = published(3, 2.0, 4)
    gone = next((s.agent, case.roster.axis.dates[s.day]) for s in case.roster.shifts)
    dear, cheap = (case.mended(absences=[gone], change_price=price) for price in (HUGE, 0.1))
    assert len(cheap.changes) > len(dear.changes)
    priced = [objective(d.solved.roster, d.solved.workforce, case.centre.required, case.centre.settings).total for d in (dear, cheap)]
    assert priced[1] < priced[0]


def test_the_course_of_somebody_absent_is_given_another_day_before_it_is_due() -> None:
    case = published(2, 1.0, 4, courses=1)
    day = next(s.day for s in case.roster.of("ann") if any(p.kind is Kind.ACTIVITY for p in s.segments))
    roster = case.mended(absences=[("ann", on(day))]).solved.roster
    held = [p for s in roster.of("ann") for p in s.segments if p.kind is Kind.ACTIVITY]
    assert [p.name for p in held] == ["course of ann"]
    assert held[0].start // 1440 != day


def test_a_course_that_can_be_held_on_no_other_day_is_a_conflict_in_words() -> None:
    case = published(1, 1.0, 2, courses=1)
    done = case.mended(absences=[("ann", on(0)), ("ann", on(1))])
    assert done.solved.reason is Reason.INFEASIBLE
    assert "course of ann" in done.solved.conflicts[0].text


def test_overtime_is_worked_where_the_contract_allows_it_and_it_is_worth_its_price() -> None:
    usual: dict[str, Any] = {"max_hours_week": 6.0, "max_days_week": 4}
    cases = [published(2, 1.0, 4, **usual, overtime_hours=over, overtime_price=1.0) for over in (0.0, 6.0)]
    for case, dearer in zip(cases, (False, True), strict=True):
        work = case.roster.of("ann")
        done = case.mended(absences=[("ann", on(s.day)) for s in work], change_price=0.5)
        assert (done.solved.cost_parts.get("overtime", 0.0) > 0) == dearer


def test_a_roster_read_from_a_file_gets_the_names_of_its_templates_back() -> None:
    case = published()
    bare = replace(case.roster, shifts=tuple(replace(s, template="") for s in case.roster.shifts))
    assert named(bare, case.centre.workforce).shifts == case.roster.shifts


def test_all_faults_are_told_together() -> None:
    with pytest.raises(InputError) as error:
        published().mended(absences=[("nobody", on(0)), ("ann", on(40))], locks=[("ann", on(40))], change_price=-1.0)
    assert len(error.value.faults) == 5


def test_a_shift_that_no_contract_offers_is_a_fault_with_its_place() -> None:
    case = published()
    first = case.roster.shifts[0]
    moved = replace(first, segments=tuple(replace(p, start=p.start + 300, end=p.end + 300) for p in first.segments))
    odd = replace(case, roster=replace(case.roster, shifts=(moved, *case.roster.shifts[1:])))
    with pytest.raises(InputError, match=first.agent):
        odd.mended()


def test_a_repair_can_be_stopped() -> None:
    def stop(_message: str, _share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        published().mended(progress=stop)


def test_breaks_already_taken_stay_and_those_ahead_may_move() -> None:
    case = published(3, 2.0, 2)
    noon = 10 * 60
    changed = replace(case.centre.required, rostered=np.roll(case.centre.required.rostered, 1, axis=1))
    roster = replace(case, centre=replace(case.centre, required=changed)).mended(begun=noon, change_price=0.01).solved.roster
    for shift in case.roster.shifts:
        if shift.start < noon:
            same = next(s for s in roster.of(shift.agent) if s.day == 0)
            old, new = ([p for p in s.segments if p.kind is Kind.BREAK] for s in (shift, same))
            assert [p for p in old if p.start < noon] == [p for p in new if p.start < noon]


NIGHT = replace(DAY, name="night", start_from=1320, start_to=1320, lengths=(480,), breaks=())


def test_who_is_ill_after_a_night_that_stands_keeps_its_end_in_the_morning() -> None:
    time = axis(4)
    centre = Centre(requirement(time, [[1.0] * 6 + [0.0] * 16 + [1.0] * 2]), team(agent(), agent("bob"), shift=NIGHT))
    case = Published(centre, centre.solved().roster)
    name = next(s.agent for s in case.roster.shifts if s.day == 0)
    done = case.mended(absences=[(name, on(1))], begun=1440 + 60)
    assert done.solved.reason is not Reason.INFEASIBLE
    assert day_of(done.solved.roster, name, on(0)) == day_of(case.roster, name, on(0))
    assert day_of(done.solved.roster, name, on(1)) == []


def test_a_group_moves_together_when_one_of_it_is_absent() -> None:
    course = training(60, NAMES[:2], 0, 3, group_size=2)
    centre = Centre(flat(axis(4), 1.0), team(*(agent(name) for name in NAMES[:2]), activities=[course]))
    case = Published(centre, centre.solved().roster)
    day = next(s.day for s in case.roster.of("ann") if any(p.name == "course" for p in s.segments))
    roster = case.mended(absences=[("ann", on(day))]).solved.roster
    assert check(roster, centre.workforce) == ()
    held = {(p.start, p.end) for s in roster.shifts for p in s.segments if p.name == "course"}
    assert len(held) == 1
    assert min(held)[0] // 1440 != day


@pytest.mark.parametrize("people", [0, 1])
def test_a_centre_of_nobody_or_one_can_be_mended(people: int) -> None:
    assert published(people, 1.0).mended().changes == ()


def test_a_repair_is_the_same_twice() -> None:
    case = published(4, 2.5, courses=2)
    first, second = (case.mended(absences=[("bob", on(1))], change_price=1.0) for _ in range(2))
    assert first.solved.roster.shifts == second.solved.roster.shifts
    assert first.changes == second.changes


def test_a_session_that_only_a_locked_day_could_hold_is_a_conflict_in_words() -> None:
    """Ann is away on the day of her course and the day after; what is left is locked, breaks and all."""
    case = published(1, 2.0, 3, courses=1, max_days_week=3)
    (held,) = [shift.day for shift in case.roster.shifts if any(part.kind is Kind.ACTIVITY for part in shift.segments)]
    locked, *away = [*sorted({0, 1, 2} - {held}), held]
    done = case.mended(absences=[("ann", on(day)) for day in away], locks=[("ann", on(locked))])
    assert done.solved.reason is Reason.INFEASIBLE
    (told,) = done.solved.conflicts
    assert told.agent == "ann"
    assert "course of ann" in told.rules
    assert "Agent ann" in told.text


def test_who_has_enough_gets_a_sound_roster_that_says_so() -> None:
    def enough(message: str, _share: float) -> None:
        if message.startswith(IMPROVING):
            raise Enough

    case = published(4, 2.5)
    done = case.mended(absences=[("bob", on(1))], change_price=0.0, progress=enough)
    assert check(done.solved.roster, case.centre.workforce) == ()
    assert day_of(done.solved.roster, "bob", on(1)) == []
    assert "ended early" in done.solved.notes[0]


def _every_day(name: str, day: int) -> list[Shift | None]:
    """No shift, and every shift with every place of its break."""
    found: list[Shift | None] = [None]
    for start, rest in product(DAY.starts(), (60, 120)):
        edges = [day * 1440 + start + minute for minute in (0, rest, rest + 60, 240)]
        parts = [
            Segment(edges[0], edges[1], Kind.WORK, "work", ("calls",)),
            Segment(edges[1], edges[2], Kind.BREAK, "rest", (), False),
            Segment(edges[2], edges[3], Kind.WORK, "work", ("calls",)),
        ]
        found.append(Shift(name, day, "day", tuple(parts)))
    return found


def _paid_for(old: Shift | None, new: Shift | None, price: float) -> float:
    if old == new:
        return 0.0
    same = old is not None and new is not None and (old.start, old.end) == (new.start, new.end)
    return price / 4 if same else price


@pytest.mark.parametrize("price", [0.0, 1.0, 10.0, 60.0, 200.0])
@pytest.mark.parametrize("gone", [None, 0, 1, 2])
def test_for_one_person_the_repair_is_the_best_there_is_by_force(price: float, gone: int | None) -> None:
    case = published(1, 1.0, 3, max_days_week=2)
    need = np.roll(case.centre.required.rostered, 2, axis=1)
    need[:, 24:48] *= 2
    required = replace(case.centre.required, rostered=need)
    absent = [] if gone is None else [("ann", on(gone))]
    agent = replace(case.centre.workforce.agents[0], time_off=frozenset(day for _, day in absent))
    staff = replace(case.centre.workforce, agents=(agent,))
    old = {shift.day: shift for shift in case.roster.shifts}
    best = float("inf")
    for way in product(*(_every_day("ann", day) for day in range(3))):
        roster = Roster(case.roster.axis, tuple(shift for shift in way if shift))
        if not check(roster, staff):
            changed = sum(_paid_for(old.get(day), way[day], price) for day in range(3) if day != gone)
            best = min(best, objective(roster, staff, required, case.centre.settings).total + changed)
    done = replace(case, centre=replace(case.centre, required=required)).mended(absences=absent, change_price=price)
    assert done.solved.objective == pytest.approx(best)

"""Rooms and the order of activities: against every roster there is, and in every part of scheduling."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scheduling import Violation, check, repair, schedule
from scheduling.coupled import placed_in, with_stretches
from scheduling.problem import make_problem
from scheduling.rules import COUPLINGS
from scheduling.sessions import first_timetable
from tests.scheduling import brute
from tests.scheduling.small import Centre, agent, axis, fixed, flat, on, sound, team, training
from tests.scheduling.strategies import activities, centres
from wfm.errors import Enough
from wfm.model import IMPROVING, Kind, Reason, Room, ScheduleSettings, ShiftTemplate, Solved

NAMES = ("ann", "bob", "cyd")
LONG = ShiftTemplate("long", 480, 480, (480,))


@st.composite
def coupled(draw: st.DrawFn) -> Centre:
    """A tiny centre with two or three activities, some in the hall, some after others."""
    centre = draw(centres(2, 2, 1))
    names = tuple(a.name for a in centre.workforce.agents)
    made = []
    for n in range(draw(st.integers(2, 3))):
        who = names[: draw(st.integers(1, len(names)))]
        one = draw(activities(f"course {n}", centre.required.axis.days, who))
        after = tuple(a.name for a in made if draw(st.booleans()))
        made.append(replace(one, room=draw(st.sampled_from(("", "hall", "hall"))), after=after, trainer=draw(st.sampled_from(("", "ann")))))
    rooms = (Room("hall", None, draw(st.sampled_from((1, 1, 2)))),)
    return replace(centre, workforce=replace(centre.workforce, activities=tuple(made), rooms=rooms))


def against_all(centre: Centre, effort: float) -> None:
    least, solved = brute.optimum(centre), centre.solved(effort=effort)
    event(str(solved.reason))
    if least is None:
        assert solved.reason is Reason.INFEASIBLE
        return
    sound(solved)
    assert solved.objective >= least - 1e-6
    assert solved.bound <= least + 1e-6
    if solved.reason is Reason.OPTIMAL:
        assert solved.objective == pytest.approx(least, abs=1e-6, rel=1e-6)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(coupled())
def test_no_roster_with_rooms_and_order_beats_the_bound_and_proof_means_least(centre: Centre) -> None:
    against_all(centre, 0.02)


@pytest.mark.slow
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(coupled())
def test_no_roster_with_rooms_and_order_beats_the_bound_long(centre: Centre) -> None:
    against_all(centre, 0.02)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(coupled(), st.randoms(use_true_random=False))
def test_inside_their_stretches_sessions_move_without_breaking_a_coupling(centre: Centre, random: Random) -> None:
    problem = make_problem(centre.required, centre.workforce, centre.settings)
    timetable = first_timetable(problem, centre.required.rostered * 0.0, lambda *_: None)
    if timetable is None:
        return
    placed = placed_in(problem, timetable, problem.blocks)
    freer = with_stretches(problem, timetable)
    moved = {block: random.choice(new.starts) for block, new in zip(problem.blocks, freer.blocks, strict=True)}
    assert all(placed[block] in new.starts for block, new in zip(problem.blocks, freer.blocks, strict=True))
    for block, start in moved.items():
        others = {b: s for b, s in moved.items() if b is not block}
        assert all(coupling.allows(centre.workforce, block, start, others) for coupling in COUPLINGS)


def hall(*courses: object, people: int = 3, days: int = 1, need: float = 2.0, count: int = 1) -> Centre:
    """People on shifts of eight hours from 8, who all want the hall."""
    staff = team(*(agent(name) for name in NAMES[:people]), activities=courses, shift=LONG, rooms=[Room("hall", None, count)])
    return Centre(flat(axis(days), need), staff)


def sessions(solved: Solved) -> list[tuple[str, str, int]]:
    """Agent, activity and start of every session."""
    every = [(shift.agent, part) for shift in solved.roster.shifts for part in shift.segments]
    return sorted((agent, part.name, part.start) for agent, part in every if part.kind is Kind.ACTIVITY)


def test_three_who_want_one_room_go_one_after_the_other() -> None:
    centre = hall(training(60, NAMES, room="hall", from_minute=600, to_minute=780))
    assert {start for _, _, start in sessions(sound(centre.solved()))} == {600, 660, 720}


def test_two_rooms_of_a_kind_hold_two_sessions_at_a_time() -> None:
    centre = hall(training(60, NAMES, room="hall", from_minute=600, to_minute=720), count=2)
    starts = [start for _, _, start in sessions(sound(centre.solved()))]
    assert sorted(starts) in ([600, 600, 660], [600, 660, 660])


def test_a_room_too_small_for_the_day_is_named_with_the_sessions() -> None:
    solved = hall(training(60, NAMES, room="hall", from_minute=600, to_minute=720)).solved()
    assert solved.reason is Reason.INFEASIBLE
    assert set(solved.conflicts[0].rules) == {"course", "rooms", "groups together"}
    assert "hall has one session at a time" in solved.conflicts[0].text
    assert "ann, bob, cyd" in solved.conflicts[0].text


def test_a_course_that_cannot_come_after_another_is_explained() -> None:
    first, later = fixed(0, 780, name="basics"), training(60, name="advanced", to_minute=780, after=("basics",))
    solved = hall(first, later, people=1).solved()
    assert solved.reason is Reason.INFEASIBLE
    assert solved.conflicts[0].agent == "ann"
    assert set(solved.conflicts[0].rules) == {"basics", "advanced", "order of activities"}
    assert "advanced only after basics" in solved.conflicts[0].text


def test_every_session_of_the_first_is_over_before_the_second_for_pupils_but_not_for_the_trainer() -> None:
    """Bob and cyd are taught one by one by ann: nobody would have the time if ann had to end all basics before any advanced course."""
    basics = [training(120, (name, "ann"), name=f"basics {name}", group_size=2, trainer="ann") for name in NAMES[1:]]
    after = tuple(b.name for b in basics)
    later = [training(120, (name, "ann"), name=f"more {name}", group_size=2, trainer="ann", after=after) for name in NAMES[1:]]
    pinned = [replace(later[0], from_minute=600, to_minute=720), replace(basics[1], from_minute=720), later[1]]
    solved = sound(hall(basics[0], *pinned).solved())
    at = {(who, name): start for who, name, start in sessions(solved)}
    assert at["bob", "basics bob"] + 120 <= at["bob", "more bob"] == 600
    assert at["cyd", "basics cyd"] + 120 <= at["cyd", "more cyd"]


def test_a_chain_whose_first_would_rather_be_late_still_fits() -> None:
    """Cover is dearest early, so each course alone would go to the last day; the last of the chain is due then."""
    courses = [training(60, NAMES, 0, 2, name=f"part {n}", after=tuple(f"part {k}" for k in range(n)), group_size=3) for n in range(4)]
    centre = hall(*courses, days=3)
    need = centre.required.rostered.copy()
    need[:, :48] *= 3
    centre = replace(centre, required=replace(centre.required, rostered=need))
    starts = [start for who, _, start in sorted(sessions(sound(centre.solved())), key=lambda s: s[1]) if who == "ann"]
    assert starts == sorted(starts)
    assert len(set(starts)) == 4


def test_a_search_that_is_ended_at_once_keeps_rooms_and_order() -> None:
    def enough(message: str, _share: float) -> None:
        if message.startswith(IMPROVING):
            raise Enough

    courses = (training(60, NAMES, room="hall", last=1), training(60, NAMES, name="more", room="hall", last=1, after=("course",)))
    centre = hall(*courses, days=2)
    sound(schedule(centre.required, centre.workforce, ScheduleSettings(grid_minutes=60), enough))


def test_a_repair_finds_another_time_beside_the_others_in_the_room() -> None:
    centre = hall(training(60, NAMES[:2], room="hall", last=1), days=2)
    solved = sound(centre.solved())
    ((_, _, start),) = [s for s in sessions(solved) if s[0] == "ann"]
    day = start // 1440
    done = repair(solved.roster, centre.required, centre.workforce, centre.settings, absences=[("ann", on(day))])
    assert check(done.solved.roster, done.solved.workforce) == ()
    assert next(start for who, _, start in sessions(done.solved) if who == "ann") // 1440 == 1 - day


def test_a_published_roster_that_breaks_a_coupling_is_mended() -> None:
    """Published while there were two rooms; now there is one."""
    before = hall(training(60, NAMES[:2], room="hall", from_minute=600, to_minute=660), count=2)
    solved = sound(before.solved())
    wider = replace(before.workforce, rooms=(Room("hall"),), activities=(replace(before.workforce.activities[0], to_minute=780),))
    done = repair(solved.roster, before.required, wider, before.settings)
    assert check(done.solved.roster, done.solved.workforce) == ()
    assert len({start for _, _, start in sessions(done.solved)}) == 2


def test_the_checker_names_who_finds_no_room_and_who_comes_too_early() -> None:
    centre = hall(fixed(0, 600, who=("ann",), name="one"), fixed(0, 630, who=("bob",), name="two"), people=2, count=2)
    solved = sound(centre.solved())
    one, two = centre.workforce.activities
    crowded = replace(centre.workforce, activities=(replace(one, room="hall"), replace(two, room="hall")), rooms=(Room("hall"),))
    assert check(solved.roster, crowded) == (Violation("rooms", "bob", on(0).isoformat(), "two at 10:30 finds no free hall beside one"),)
    late = replace(fixed(0, 660, name="late"), name="late")
    both = hall(fixed(0, 600, name="early"), late, people=1)
    roster = sound(both.solved()).roster
    early = replace(both.workforce.activities[0], after=("late",))
    found = check(roster, replace(both.workforce, activities=(early, late)))
    assert found == (Violation("order of activities", "ann", on(0).isoformat(), "early at 10:00, before late is over"),)


def test_more_people_than_seats_are_told() -> None:
    course = fixed(0, 600, who=NAMES, room="hall", group_size=3)
    centre = hall(course)
    assert (
        check(centre.solved().roster, replace(centre.workforce, rooms=(Room("hall", 2),)))[0].text == "course: 3 people in hall of 2 seats"
    )


def test_rooms_and_activities_that_do_not_exist_are_no_workforce() -> None:
    with pytest.raises(ValueError, match="room 'hall' of activity course; activity 'more', after which course is"):
        team(agent(), activities=[training(room="hall", after=("more",))])

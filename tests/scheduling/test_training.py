"""Every hour of training is delivered where it can be, however dear it is and however tight it is planted."""

from collections import defaultdict

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduling.problem import make_problem
from scheduling.sessions import possible
from tests.scheduling.small import REST, Centre, agent, axis, flat, on, sound, team, training
from wfm.model import Activity, Agent, Kind, Reason, ShiftTemplate, Solved

SHIFT = ShiftTemplate("day", 480, 660, (240,), 60, (REST,))
NAMES = ("ann", "bob", "cyd")


@st.composite
def planted(draw: st.DrawFn) -> Centre:
    """A hidden roster (shifts at 9 or 10, rest in the second hour) is cut to tight windows; demand makes every hour away dear.

    The group meets at 12, each one's own session lies beside it: at 11 for those from 9, at 13 for those from 10.
    """
    days = draw(st.integers(1, 3))
    start = {(name, day): draw(st.sampled_from((540, 600))) for name in NAMES for day in range(days)}
    people = [draw(_person(name, [start[name, day] for day in range(days)])) for name in NAMES]
    activities = []
    for day in range(days):
        if draw(st.booleans()):
            activities.append(draw(_tight(f"group {day}", day, days, 720, NAMES, draw(st.sampled_from((2, 3))))))
        for name in NAMES:
            if draw(st.booleans()):
                at = 660 if start[name, day] == 540 else 780
                activities.append(draw(_tight(f"{name} {day}", day, days, at, (name,), None)))
    return Centre(flat(axis(days), 5), team(*people, activities=activities, shift=SHIFT, min_hours_week=draw(st.sampled_from((0, 14)))))


@st.composite
def _person(draw: st.DrawFn, name: str, starts: list[int]) -> Agent:
    """Available exactly for the hidden shifts, or always."""
    windows = tuple((s, s + 240) for s in starts) if draw(st.booleans()) else ((0, 2880),) * len(starts)
    return agent(name, available=windows + ((0, 2880),) * (7 - len(starts)))


@st.composite
def _tight(draw: st.DrawFn, name: str, day: int, days: int, at: int, who: tuple[str, ...], size: int | None) -> Activity:
    early, late = draw(st.integers(0, 1)) * 60, draw(st.integers(0, 1)) * 60
    last = draw(st.integers(day, days - 1))
    fixed = draw(st.sampled_from(((), ((on(day), at),))))
    return training(60, who, day, last, name=name, from_minute=at - early, to_minute=at + 60 + late, group_size=size, at=fixed)


def held(solved: Solved) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Day and wall-clock minute of each whole session, by activity and agent."""
    found = defaultdict(list)
    for shift in solved.roster.shifts:
        for part in shift.segments:
            if part.kind is Kind.ACTIVITY:
                assert part.minutes == 60
                found[part.name, shift.agent].append(divmod(part.start, 1440))
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(planted())
def test_every_planted_session_is_delivered_in_its_window_and_group(centre: Centre) -> None:
    solved = sound(centre.solved(effort=0.02))
    assert solved.reason in (Reason.OPTIMAL, Reason.FEASIBLE), solved.conflicts
    sessions = held(solved)
    assert sum(map(len, sessions.values())) == sum(activity.hours for activity in centre.workforce.activities)
    for activity in centre.workforce.activities:
        for group in activity.groups():
            times = {tuple(sessions[activity.name, name]) for name in group}
            assert len(times) == 1
            ((day, wall),) = times.pop()
            assert activity.earliest <= on(day) <= activity.latest
            assert activity.from_minute <= wall <= activity.to_minute - 60
            assert not activity.at or (on(day), wall) == activity.at[0]


def test_training_is_delivered_although_nobody_is_left_for_the_queue() -> None:
    """Two sessions of an hour in each of the two hours beside rest: nothing is left to serve calls."""
    courses = [training(60, name=f"course {n}", last=0, from_minute=480, to_minute=720) for n in range(3)]
    solved = sound(Centre(flat(axis(1), 9), team(agent(), activities=courses)).solved())
    assert sorted(minutes for times in held(solved).values() for _, minutes in times) in ([480, 600, 660], [480, 540, 660])
    assert solved.present.sum() == 0


def test_training_forces_a_shift_that_cover_would_not_pay_for() -> None:
    solved = sound(Centre(flat(axis(2), 0), team(agent(), activities=[training(60, last=1)])).solved())
    assert len(solved.roster.shifts) == 1


def test_several_sessions_of_a_group_are_all_attended_together() -> None:
    course = training(60, NAMES, 0, 2, sessions=4, group_size=2)
    solved = sound(Centre(flat(axis(3), 2), team(*(agent(name) for name in NAMES), activities=[course])).solved())
    sessions = held(solved)
    assert sessions["course", "ann"] == sessions["course", "bob"]
    assert {len(set(times)) for times in sessions.values()} == {4}


def test_a_session_of_a_night_may_lie_after_midnight_in_the_shift_of_the_day_before() -> None:
    night = ShiftTemplate("night", 1320, 1320, (480,))
    course = training(60, first=1, last=1, from_minute=120, to_minute=180)
    solved = sound(Centre(flat(axis(2), 0), team(agent(), activities=[course], shift=night)).solved())
    assert [(shift.day, held(solved)["course", "ann"]) for shift in solved.roster.shifts] == [(0, [(1, 120)])]


def test_the_shift_of_the_day_before_is_found_as_host_after_midnight() -> None:
    night = ShiftTemplate("night", 1320, 1320, (480,))
    course = training(60, first=1, last=1, from_minute=240, to_minute=420)
    centre = Centre(flat(axis(2), 0), team(agent(), activities=[course], shift=night))
    problem = make_problem(centre.required, centre.workforce, centre.settings)
    assert possible(problem.workers[0], problem.blocks[0], ()) == {1440 + 240: 0, 1440 + 270: 0, 1440 + 300: 0}

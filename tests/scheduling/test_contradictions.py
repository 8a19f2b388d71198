"""Hard rules that contradict each other are an answer: who, when, which rules, in words."""

from dataclasses import replace

import pytest

from tests.scheduling.planted import PLANTED, Planted
from tests.scheduling.small import Centre, agent, axis, fixed, flat, on, sound, team, training
from wfm.model import Reason, Solved


@pytest.fixture(scope="module")
def answers() -> dict[str, Solved]:
    return {name: planted.centre.solved() for name, planted in PLANTED.items()}


@pytest.mark.parametrize(("name", "planted"), PLANTED.items(), ids=PLANTED.keys())
def test_a_planted_contradiction_is_explained(name: str, planted: Planted, answers: dict[str, Solved]) -> None:
    solved = answers[name]
    assert (solved.reason, solved.roster.shifts, solved.bound) == (Reason.INFEASIBLE, (), 0.0)
    (conflict,) = solved.conflicts
    assert (conflict.agent, frozenset(conflict.rules)) == (planted.agent, planted.rules), conflict.text
    assert all(piece in conflict.text for piece in planted.says), conflict.text
    assert "dan" not in conflict.text


@pytest.mark.parametrize(("name", "planted"), PLANTED.items(), ids=PLANTED.keys())
def test_a_planted_contradiction_names_its_day(name: str, planted: Planted, answers: dict[str, Solved]) -> None:
    (conflict,) = answers[name].conflicts
    assert conflict.day == planted.day, conflict.text


@pytest.mark.parametrize(
    "planted", [p for p in PLANTED.values() if p.workforce.activities], ids=[n for n, p in PLANTED.items() if p.workforce.activities]
)
def test_without_its_last_activity_the_contradiction_is_gone(planted: Planted) -> None:
    freed = replace(planted.workforce, activities=planted.workforce.activities[:-1])
    assert sound(replace(planted.centre, workforce=freed).solved()).reason in (Reason.OPTIMAL, Reason.FEASIBLE)


def test_everybody_with_a_contradiction_is_told_with_their_own() -> None:
    people = (
        agent("ann", time_off=frozenset({on(0)})),
        agent("bob", available=((600, 2880),) * 7),
        agent("cyd"),
        agent("dan"),
    )
    courses = [fixed(0, 540, who=("ann", "bob", "dan"), name="course"), fixed(1, 300, who=("cyd",), name="night")]
    solved = Centre(flat(axis(2), 1), team(*people, activities=courses)).solved()
    assert solved.reason is Reason.INFEASIBLE
    assert [(c.agent, c.day, frozenset(c.rules)) for c in solved.conflicts] == [
        ("ann", on(0).isoformat(), {"course", "time off"}),
        ("bob", on(0).isoformat(), {"course", "availability"}),
        ("cyd", on(1).isoformat(), {"night"}),
    ]


def test_one_who_cannot_come_to_a_group_is_told_alone() -> None:
    away = agent("bob", time_off=frozenset({on(0), on(1)}))
    course = training(60, ("ann", "bob", "cyd"), last=1, group_size=3)
    solved = Centre(flat(axis(2), 1), team(agent(), away, agent("cyd"), activities=[course])).solved()
    assert [(c.agent, frozenset(c.rules)) for c in solved.conflicts] == [("bob", {"course", "time off"})]


def test_every_group_without_a_common_time_is_told() -> None:
    early, late = ((480, 720),) * 7, ((720, 1440),) * 7
    people = [agent(name, available=early if n % 2 else late) for n, name in enumerate(("ann", "bob", "cyd", "dan"))]
    course = training(60, tuple(p.name for p in people), last=1, group_size=2)
    shift = PLANTED["a group without a common time"].workforce.shifts[0]
    solved = Centre(flat(axis(2), 1), team(*people, activities=[course], shift=shift)).solved()
    assert [c.text.split("there: ")[1].split(" (")[0] for c in solved.conflicts] == ["ann, bob", "cyd, dan"]


def test_a_conflict_is_the_same_every_time() -> None:
    planted = PLANTED["a fixed training too early after a late one"]
    assert planted.centre.solved().conflicts == planted.centre.solved(seed=5, workers=1, effort=1.0).conflicts


def test_too_few_people_are_no_contradiction() -> None:
    assert Centre(flat(axis(3), 50), team(agent(), min_hours_week=0)).solved().conflicts == ()


def test_a_fixed_training_outside_the_plan_is_said_to_be_outside() -> None:
    (conflict,) = PLANTED["a training outside the plan"].centre.solved().conflicts
    assert "outside the plan (Mon 2 March to Wed 4 March)" in conflict.text


def test_a_training_that_is_not_at_fault_is_not_named() -> None:
    courses = [training(60, last=1, name="innocent"), fixed(0, 300, name="night"), fixed(1, 600, name="harmless")]
    (conflict,) = Centre(flat(axis(2), 1), team(agent(), activities=courses)).solved().conflicts
    assert conflict.rules == ("night",)
    assert "innocent" not in conflict.text

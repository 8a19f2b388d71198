"""The same seed gives the same roster, whatever the number of workers."""

import pytest

from scheduling import check
from tests.scheduling.small import Centre, agent, axis, flat, sound, team, training
from wfm.model import Solved

PEOPLE = tuple(agent(f"agent {n}", (("calls",), ("mail",), ("calls", "mail"))[n % 3]) for n in range(9))
COURSE = training(60, tuple(p.name for p in PEOPLE[:6]), 0, 3, sessions=2, group_size=3)
OWN = training(60, tuple(p.name for p in PEOPLE[4:]), 1, 3, name="coaching", paid=False)
CENTRE = Centre(flat(axis(4), 2.3, 1.7), team(*PEOPLE, activities=(COURSE, OWN), min_hours_week=7, max_days_week=3))


@pytest.fixture(scope="module")
def first() -> Solved:
    return sound(CENTRE.solved(seed=7))


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_seed_gives_the_same_roster(first: Solved, workers: int) -> None:
    again = CENTRE.solved(seed=7, workers=workers)
    assert again.roster.shifts == first.roster.shifts
    assert (again.objective, again.bound, again.reason) == (first.objective, first.bound, first.reason)
    assert (again.present == first.present).all()


def test_another_seed_keeps_the_rules_and_the_bound(first: Solved) -> None:
    other = sound(CENTRE.solved(seed=8))
    assert other.objective >= first.bound - 1e-9
    assert first.objective >= other.bound - 1e-9


def test_more_effort_is_never_worse_than_none_here(first: Solved) -> None:
    assert CENTRE.solved(seed=7, effort=0.3).objective <= CENTRE.solved(seed=7, effort=0.0).objective


def test_a_team_beyond_the_whole_model_is_solved_too(first: Solved) -> None:
    assert len(first.workforce.agents) > 8
    assert check(first.roster, first.workforce) == ()
    assert 0 < first.bound <= first.objective

"""What it costs at least that a group learns together."""

import numpy as np
import pytest

from scheduling.engines.bound import lower_bound
from scheduling.problem import make_problem
from tests.scheduling.small import Centre, agent, axis, flat, sound, team, training
from wfm.model import Reason, silent

COMMON = slice(10, 12)
"""Cells, each an hour: Ann works from 8 to 12 and Bob from 10 to 14."""


def course(size: int, *, paid: bool = True) -> Centre:
    """An hour of training for both, in groups of so many."""
    people = (agent("ann", available=((480, 720),) * 7), agent("bob", available=((600, 840),) * 7))
    lesson = training(60, ("ann", "bob"), 0, 0, group_size=size, from_minute=480, to_minute=840, paid=paid)
    return Centre(flat(axis(1), 2), team(*people, activities=[lesson], min_hours_week=1))


def bound_at(centre: Centre, price: float) -> float:
    """The bound where an agent has a price in the hours that both have, and none in all others."""
    problem = make_problem(centre.required, centre.workforce, centre.settings)
    prices = np.zeros(problem.grid.need.shape)
    prices[:, COMMON] = price
    return lower_bound(problem, prices, silent)


@pytest.mark.parametrize("price", [-1.0, 0.0, 3.0, 20.0, 40.0, 80.0])
@pytest.mark.parametrize("paid", [True, False])
def test_no_roster_beats_the_bound_of_a_group(price: float, paid: bool) -> None:
    solved = sound(course(2, paid=paid).solved())
    assert solved.reason is Reason.OPTIMAL
    assert bound_at(course(2, paid=paid), price) <= solved.objective + 1e-6


def test_learning_together_costs_each_a_dear_hour_and_alone_none() -> None:
    assert bound_at(course(2), 5.0) == pytest.approx(bound_at(course(1), 5.0) + 2 * 5.0)

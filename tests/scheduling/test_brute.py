"""The answer against every roster there is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, currently_in_test_context, event, given, settings
from hypothesis import strategies as st

from scheduling.engines.bound import lower_bound
from scheduling.problem import make_problem
from tests.scheduling import brute
from tests.scheduling.small import SETTINGS, Centre, agent, axis, fixed, flat, sound, team, training
from tests.scheduling.strategies import centres
from wfm.model import Reason, ShiftTemplate, silent

TOLERANCE = 1e-6


def against_all(centre: Centre, effort: float) -> None:
    """objective ≥ least price ≥ bound, equal where proven; infeasible exactly where there is no roster."""
    least, solved = brute.optimum(centre), centre.solved(effort=effort)
    if currently_in_test_context():
        event(str(solved.reason))
    if least is None:
        assert solved.reason is Reason.INFEASIBLE
        return
    sound(solved)
    assert solved.objective >= least - TOLERANCE
    assert solved.bound <= least + TOLERANCE
    if solved.reason is Reason.OPTIMAL:
        assert solved.objective == pytest.approx(least, abs=TOLERANCE, rel=1e-6)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres())
def test_no_roster_beats_the_bound_and_proof_means_least(centre: Centre) -> None:
    against_all(centre, 0.05)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres())
def test_without_any_search_the_bound_still_holds(centre: Centre) -> None:
    against_all(centre, 0.0)


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres())
def test_no_roster_beats_the_bound_long(centre: Centre) -> None:
    against_all(centre, 0.2)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres(), st.integers(0, 10**6), st.booleans())
def test_the_bound_holds_at_any_prices(centre: Centre, seed: int, dear: bool) -> None:
    """Prices at random, or dear at all hours, where what sessions lose weighs most."""
    least = brute.optimum(centre)
    assume(least is not None)
    problem = make_problem(centre.required, centre.workforce, centre.settings)
    highest = centre.settings.deep_under_price
    lowest = 0.5 * highest if dear else -centre.settings.over_price
    prices = np.random.default_rng(seed).uniform(lowest, highest, problem.grid.need.shape) * (problem.grid.need > 0)
    assert lower_bound(problem, prices, silent) <= least + TOLERANCE


def test_the_bound_takes_unpaid_training_off_the_pay() -> None:
    """Two hours due and paid of a shift of three, one of them unpaid training; nothing but pay has a price."""
    workforce = team(agent(), activities=[fixed(0, 600, paid=False)], min_hours_week=14)
    centre = Centre(flat(axis(1), 0), workforce, replace(SETTINGS, over_price=0.0))
    problem = make_problem(centre.required, workforce, centre.settings)
    assert brute.optimum(centre) == pytest.approx(2 * 0.5)
    assert lower_bound(problem, np.zeros(problem.grid.need.shape), silent) <= 2 * 0.5 + TOLERANCE


def test_two_people_one_training_in_a_group_is_solved_to_the_least_price() -> None:
    course = training(60, ("ann", "bob"), 0, 1, from_minute=540, to_minute=780, group_size=2)
    centre = Centre(flat(axis(2), 1, 1), team(agent("ann"), agent("bob", ("calls", "mail")), activities=[course]))
    solved = sound(centre.solved())
    assert solved.reason is Reason.OPTIMAL
    assert solved.objective == pytest.approx(brute.optimum(centre), abs=TOLERANCE)


def test_unpaid_training_is_not_paid_and_hours_due_are_worked_beside_it() -> None:
    """3 h paid a day less 1 h of training on Monday: 8 h due of the three days' 9 h."""
    centre = Centre(flat(axis(3), 0), team(agent(), activities=[fixed(0, 540, paid=False)], min_hours_week=8 * 7 / 3))
    solved = sound(centre.solved())
    assert solved.objective == pytest.approx(brute.optimum(centre), abs=TOLERANCE)
    assert sum(shift.paid_minutes for shift in solved.roster.shifts) == 8 * 60


@pytest.mark.parametrize("price", [0.0, 40.0, 76.0])
def test_sessions_that_share_a_cell_lose_it_once_in_the_bound(price: float) -> None:
    """Three fixed sessions of twenty minutes in the hour from 9, one agent on a shift of four hours."""
    shift = ShiftTemplate("day", 540, 540, (240,), 60)
    courses = [fixed(0, 540 + 20 * n, 20, name=f"course {n}") for n in range(3)]
    centre = Centre(flat(axis(1), 1, begin=9, end=13), team(agent(), activities=courses, shift=shift))
    problem = make_problem(centre.required, centre.workforce, centre.settings)
    assert brute.optimum(centre) == pytest.approx(76 + 4 * 0.5)
    assert lower_bound(problem, price * (problem.grid.need > 0), silent) <= 76 + 4 * 0.5 + TOLERANCE
    against_all(centre, 0.0)

"""The answer against every roster there is."""

import pytest
from hypothesis import HealthCheck, event, given, settings

from tests.scheduling import brute
from tests.scheduling.small import Centre, agent, axis, fixed, flat, sound, team, training
from tests.scheduling.strategies import centres
from wfm.model import Reason

TOLERANCE = 1e-6


def against_all(centre: Centre, effort: float) -> None:
    """objective ≥ least price ≥ bound, equal where proven; infeasible exactly where there is no roster."""
    least, solved = brute.optimum(centre), centre.solved(effort=effort)
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

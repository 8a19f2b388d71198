"""Cover prices by ascent against the plain programmes and the linear programme."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduling.engines import relaxed
from scheduling.engines.ascent import ascended, relaxation_of
from scheduling.engines.bound import lower_bound
from scheduling.problem import Problem, make_problem
from tests.scheduling import brute
from tests.scheduling.small import Centre, agent, axis, flat, team, training
from tests.scheduling.strategies import centres
from wfm.model import silent


def without_sessions(centre: Centre) -> Problem:
    workforce = replace(centre.workforce, activities=())
    problem = make_problem(centre.required, workforce, centre.settings)
    assume(all(worker.best(np.zeros(problem.grid.cells)) is not None for worker in problem.workers))
    return problem


def random_prices(problem: Problem, seed: int) -> np.ndarray:
    prices = problem.grid.prices
    return np.random.default_rng(seed).uniform(-prices.over, prices.deep_under, problem.grid.need.shape).round(1)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres(people=4, days=3, queues=3), st.integers(0, 10**6))
def test_the_compiled_bound_is_that_of_the_plain_programmes_at_any_prices(centre: Centre, seed: int) -> None:
    problem = without_sessions(centre)
    problem = replace(problem, workers=tuple(worker.loose for worker in problem.workers))
    prices = random_prices(problem, seed) / 10
    base = sum(worker.tours().space.base_price for worker in problem.workers)
    bound = relaxation_of(problem).at(prices)[0] + base
    assert max(bound, 0.0) == pytest.approx(lower_bound(problem, prices, silent), abs=1e-6)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres(people=4, days=3, queues=3), st.integers(0, 10**6))
def test_no_other_prices_lie_above_the_slope(centre: Centre, seed: int) -> None:
    problem = without_sessions(centre)
    relaxation = relaxation_of(problem)
    here, there = random_prices(problem, seed), random_prices(problem, seed + 1)
    bound, slope = relaxation.at(here)
    assert relaxation.at(there)[0] <= bound + (slope * (there - here)).sum() + 1e-6


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres(people=2, days=2, queues=2))
def test_the_bound_at_its_prices_is_never_above_the_cheapest_roster(centre: Centre) -> None:
    problem = without_sessions(centre)
    bare = replace(centre, workforce=replace(centre.workforce, activities=()))
    assert lower_bound(problem, ascended(problem, silent), silent) <= brute.optimum(bare) + 1e-6


def mixed() -> Centre:
    """Twelve people of three sets of skills in a week that asks for more of them than there are."""
    people = tuple(agent(f"agent {n}", (("calls",), ("mail",), ("calls", "mail"))[n % 3]) for n in range(12))
    return Centre(flat(axis(7), 3.4, 2.3), team(*people, max_hours_week=18, max_days_week=5, rest_hours=11))


def test_it_comes_as_high_as_the_linear_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    centre = mixed()
    problem = make_problem(centre.required, centre.workforce, replace(centre.settings, effort=1.0))
    by_ascent = lower_bound(problem, ascended(problem, silent), silent)
    monkeypatch.setattr(relaxed, "entries_of", lambda _problem: np.inf)
    by_programme = lower_bound(problem, relaxed.cover_prices(problem, silent), silent)
    assert by_programme > 0
    assert by_ascent >= 0.995 * by_programme


def test_who_has_no_schedule_at_all_does_not_stand_in_the_way() -> None:
    centre = mixed()
    impossible = replace(centre.workforce.contracts[0], name="never", min_hours_week=18, max_hours_week=18, max_days_week=1)
    people = (*centre.workforce.agents, agent("nobody", contract="never"))
    workforce = replace(centre.workforce, agents=people, contracts=(*centre.workforce.contracts, impossible))
    problem = make_problem(centre.required, workforce, centre.settings)
    assert problem.workers[-1].best(np.zeros(problem.grid.cells)) is None
    assert np.isfinite(ascended(problem, silent)).all()


@pytest.mark.parametrize("sessions", [False, True])
def test_it_is_asked_where_it_is_cheaper_and_there_are_no_sessions(sessions: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    centre, asked = mixed(), []
    activities = (training(60, ("agent 0",), 0, 2),) if sessions else ()
    problem = make_problem(centre.required, replace(centre.workforce, activities=activities), centre.settings)
    monkeypatch.setattr(relaxed, "entries_of", lambda _problem: 0.0)
    monkeypatch.setattr(relaxed, "ascended", lambda problem, _progress: asked.append(problem) or np.zeros(problem.grid.need.shape))
    relaxed.cover_prices(problem, silent)
    assert bool(asked) != sessions

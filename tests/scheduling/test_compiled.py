"""The compiled search against the plain programmes it is made of: cover, the best plan of one person, prices."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduling import check, objective
from scheduling.engines import kernel
from scheduling.engines.automaton import DEAD, minimised
from scheduling.engines.kernel.parts import text_of
from scheduling.engines.memory import Memory
from scheduling.engines.packed import pack
from scheduling.engines.search import Recipe, Search, recipes_for
from scheduling.engines.standing import plans_of, standing_in
from scheduling.problem import Problem, make_problem
from scheduling.roster import make_roster
from scheduling.sessions import Timetable, first_timetable
from scheduling.state import State
from tests.scheduling.small import DAY, Centre, agent, axis, flat, requirement, team, training
from tests.scheduling.strategies import centres
from wfm.errors import Enough
from wfm.model import Contract, Workforce, silent

ALL = np.int64(kernel.ALL)


def problem_of(centre: Centre) -> tuple[Problem, Timetable]:
    problem = make_problem(centre.required, centre.workforce, centre.settings)
    assume(all(worker.best(np.zeros(problem.grid.cells)) is not None for worker in problem.workers))
    timetable = first_timetable(problem, np.zeros(problem.grid.need.shape), silent)
    assume(timetable is not None)
    return problem, timetable


def searched(problem: Problem, timetable: Timetable, steps: int) -> Memory:
    """A roster after some moves, hot enough that most are kept."""
    memory = pack(problem, timetable, np.zeros(problem.grid.need.shape), 1)
    kernel.fresh(memory.whole, memory.floats)
    assert kernel.construct(memory.whole, memory.floats, np.arange(len(problem.workers)), 0.0) == kernel.NONE
    kernel.anneal(memory.whole, memory.floats, Recipe(hot=3.0, sharing=0.5, easing=0.5).packed(max(steps, 1), 40.0), 0, steps)
    return memory


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres(people=4, days=3, queues=3), st.sampled_from((0, 1, 30)))
def test_after_any_moves_the_price_is_that_of_the_roster_and_every_rule_is_kept(centre: Centre, steps: int) -> None:
    problem, timetable = problem_of(centre)
    memory = searched(problem, timetable, steps)
    roster = make_roster(problem, plans_of(problem, standing_in(memory)))
    assert check(roster, centre.workforce, centre.required.axis) == ()
    price = objective(roster, centre.workforce, centre.required, centre.settings)
    assert memory.total.sum() == pytest.approx(price.total, abs=1e-6)


TERMS = {"nights": ("night",), "days": ("day",), "both": ("night", "day")}


@pytest.mark.parametrize("seed", range(8))
def test_a_groups_session_moves_between_days_and_nights_without_losing_a_cell(seed: int) -> None:
    """Members may sit in the shifts of two days: somebody's night from before midnight, another's early from after."""
    chance = np.random.default_rng(seed)
    night, early = replace(DAY, name="night", start_from=1260, start_to=1380, lengths=(360, 480)), replace(DAY, start_from=0, start_to=480)
    nights, days, both = (Contract(name, shifts, max_days_week=4, rest_hours=8) for name, shifts in TERMS.items())
    people = (agent("ann", contract="nights"), agent("bob", contract="days"), agent("cyd", contract="both"), agent("dan", contract="both"))
    courses = [training(60, ("bob", "ann", "cyd"), 1, 5, group_size=3), training(60, ("dan",), 0, 5, name="talk")]
    workforce = Workforce(people, (nights, days, both), (night, early), tuple(courses))
    centre = Centre(requirement(axis(6), [chance.integers(0, 4, 24)]), workforce)
    problem = make_problem(centre.required, centre.workforce, centre.settings)
    timetable = first_timetable(problem, np.zeros(problem.grid.need.shape), silent)
    memory = searched(problem, timetable, 400)
    roster = make_roster(problem, plans_of(problem, standing_in(memory)))
    assert check(roster, centre.workforce, centre.required.axis) == ()
    assert memory.total.sum() == pytest.approx(objective(roster, centre.workforce, centre.required, centre.settings).total, abs=1e-6)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres(people=4, days=3, queues=3), st.integers(0, 10**6))
def test_the_best_plan_of_a_person_is_worth_what_the_plain_programme_finds(centre: Centre, seed: int) -> None:
    problem, timetable = problem_of(centre)
    memory = searched(problem, timetable, 5)
    value = np.random.default_rng(seed).normal(0, 10, problem.grid.cells).round(2)
    days = np.int64(problem.grid.axis.days)
    state = State(problem)
    for w, plan in enumerate(plans_of(problem, standing_in(memory))):
        state.put(w, plan)
        worker, sessions = problem.workers[w], plan.sessions
        tours = worker.tours(sessions)
        worth, _ = tours.best(worker.values(value, sessions), worker.frame(sessions)[1])
        memory.value[:] = 0.0
        memory.value[: problem.grid.cells] = value
        found = kernel.propose(memory.whole, memory.floats, np.int64(w), np.int64(0), days, ALL)
        assert found == pytest.approx(worth, abs=1e-6)
    assert memory.total.sum() == pytest.approx(state.cost, abs=1e-6)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres(people=4, days=3, queues=3))
def test_the_value_of_one_more_is_that_of_the_plain_cover(centre: Centre) -> None:
    problem, timetable = problem_of(centre)
    memory = searched(problem, timetable, 5)
    state = State(problem)
    for w, plan in enumerate(plans_of(problem, standing_in(memory))):
        state.put(w, plan)
    days = np.int64(problem.grid.axis.days)
    for w, worker in enumerate(problem.workers):
        kernel.values(memory.whole, memory.floats, np.int64(w), np.int64(0), days, 0.0, 0.0)
        expected = state.cover.values(worker.group)
        assert memory.value[: problem.grid.cells] == pytest.approx(expected, abs=1e-9)


def test_the_smallest_automaton_allows_what_the_lattice_allows() -> None:
    """Two weeks, at most three days in a row and four a week: every pattern of days by the lattice, and by the automaton."""
    workforce = team(agent(), max_days_week=4, max_consecutive_days=3, min_hours_week=6)
    problem = make_problem(flat(axis(9), 1), workforce, Centre(flat(axis(9), 1), workforce).settings)
    tours = problem.workers[0].tours()
    days = minimised(tours)
    assert sum(len(day.off) for day in days) < sum(len(layer.states) for layer in tours.lattice.layers)
    option = int(np.flatnonzero(tours.space.allowed[0])[0])
    for pattern in range(2**9):
        worked = [bool(pattern >> day & 1) for day in range(9)]
        values = np.where(np.array(worked)[:, None], 0.0, -np.inf) * np.ones(tours.space.allowed.shape)
        values[:, [o for o in range(values.shape[1]) if o != option]] = -np.inf
        feasible = tours.best(np.where(np.isnan(values), 0.0, values), np.array(worked))[0] > -np.inf
        assert _walk(days, worked, option) == feasible, worked


def _walk(days: list, worked: list[bool], option: int) -> bool:
    state = 0
    for day, works in zip(days, worked, strict=True):
        state = int(day.leads[state, day.action[option]]) if works else int(day.off[state])
        if state != DEAD and day.target is not None:
            state = int(day.target[state])
        if state == DEAD:
            return False
    return True


COURSE = training(60, ("ann", "bob"), 0, 2, group_size=2)
CENTRE = Centre(flat(axis(4), 2.3, 1.7), team(agent("ann"), agent("bob", ("mail",)), agent("cyd", ("calls", "mail")), activities=[COURSE]))


@pytest.mark.parametrize(("activities", "hottest"), [((), 1.0), ((COURSE,), 10.0), ((replace(COURSE, group_size=None),), 1.0)])
def test_a_search_is_hotter_where_sessions_move_with_their_group(activities: tuple, hottest: float) -> None:
    workforce = replace(CENTRE.workforce, activities=activities)
    recipes = recipes_for(make_problem(CENTRE.required, workforce, CENTRE.settings))
    assert max(recipe.hot for recipe in recipes) == hottest
    assert recipes[0] != recipes[1]


def test_a_change_in_any_file_of_the_kernel_or_in_its_memory_is_noticed(tmp_path: Path) -> None:
    """What numba keeps is kept by this number."""
    engines = Path(kernel.__file__).parent.parent
    copy = tmp_path / "kernel"
    shutil.copytree(engines / "kernel", copy)
    shutil.copy(engines / "memory.py", tmp_path)
    numbers = [text_of(copy)]
    assert numbers[0] == text_of(engines / "kernel")
    for file in (*sorted(copy.glob("*.py")), tmp_path / "memory.py"):
        file.write_text(file.read_text() + "# another word\n")
        numbers.append(text_of(copy))
    assert len(set(numbers)) == len(numbers) > 10


def test_enough_ends_the_search_with_the_best_roster_so_far() -> None:
    people = tuple(agent(f"agent {n}", ("calls", "mail")[n % 2 :]) for n in range(12))
    centre = replace(CENTRE, workforce=team(*people, min_hours_week=7))
    problem = make_problem(centre.required, centre.workforce, centre.settings)
    timetable: Timetable = dict.fromkeys(range(len(people)), ())
    told: list[str] = []

    def progress(message: str, _share: float) -> None:
        told.append(message)
        if len(told) == 3:
            raise Enough

    search = Search(problem, timetable, np.zeros(problem.grid.need.shape), 0.0)
    search.construct(silent)
    first = search.cost
    search.improve(progress)
    assert search.ended
    assert len(told) == 3
    assert search.cost <= first
    assert objective(make_roster(problem, search.plans()), centre.workforce, centre.required, centre.settings).total == pytest.approx(
        search.cost
    )
    assert check(make_roster(problem, search.plans()), centre.workforce) == ()


def test_one_processor_or_two_make_the_same_moves() -> None:
    found = [CENTRE.solved(workers=workers, effort=0.1).roster.shifts for workers in (1, 2)]
    assert found[0] == found[1]


def test_days_off_near_a_weeks_end_move_together() -> None:
    """Two weeks, at most two days in a row: the search finds work on the Sunday and Monday that the first roster did not have."""
    contract = Contract("any", ("day",), max_days_week=2, max_consecutive_days=2)
    need = flat(axis(14), 0)
    rostered = need.rostered.copy()
    rostered[0, (need.axis.day == 6) & (need.axis.wall_minute >= 480) & (need.axis.wall_minute < 720)] = 1
    rostered[0, (need.axis.day == 7) & (need.axis.wall_minute >= 480) & (need.axis.wall_minute < 720)] = 1
    required = replace(need, present=rostered, rostered=rostered, paid=rostered)
    workforce = replace(team(agent()), contracts=(contract,))
    solved = Centre(required, workforce).solved(effort=0.05)
    assert [shift.day for shift in solved.roster.shifts] == [6, 7]

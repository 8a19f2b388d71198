"""The tree against brute force over whole rotas, and the quick repair."""

import itertools
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.days import breaches, cost_of, read_problem
from scheduling.days.branch import Cell, Tree
from scheduling.days.case import make_case, make_patch, price_of
from scheduling.days.clock import Clock
from scheduling.days.columns import Generator
from scheduling.days.evaluate import person_breaches
from scheduling.days.hoods import Standing
from scheduling.days.kernel import INF
from scheduling.days.polish import polish
from scheduling.days.problem import DayShift, DaysProblem, Person
from scheduling.days.reach import Reach
from scheduling.days.start import first_rota

DAYS = 5


def _clock() -> Clock:
    return Clock(None, None, lambda: False)


@st.composite
def problems(draw: st.DrawFn) -> DaysProblem:
    """Two people who differ, two shifts, five days."""
    shifts = (DayShift("a", 480), DayShift("b", 480, ("a",)))
    people = tuple(Person(n, (DAYS, DAYS), 480 * draw(st.integers(2, 4)), 960, draw(st.integers(1, 3)), 1, 1, 1) for n in "xy")
    random = np.random.default_rng(draw(st.integers(0, 2**31)))
    cells = (DAYS, 2)
    wanted, unwanted = random.integers(0, 4, (2, 2, *cells)).astype(float)
    need, under, over = random.integers(0, 3, cells), random.integers(1, 9, cells), random.integers(1, 4, cells)
    return DaysProblem(DAYS, shifts, people, wanted, unwanted, need, under.astype(float), over.astype(float))


def _brute_force(problem: DaysProblem) -> float:
    rows = list(itertools.product((-1, 0, 1), repeat=DAYS))
    legal = [[row for row in rows if not person_breaches(problem, person, list(row))] for person in problem.people]
    return min((cost_of(problem, np.array(pair, np.int16)).total for pair in itertools.product(*legal)), default=INF)


@settings(max_examples=15, deadline=None)
@given(problems())
def test_a_tree_grown_to_its_end_finds_the_best_and_proves_it(problem: DaysProblem) -> None:
    case, clock, random = make_case(problem), _clock(), np.random.default_rng(1)
    rota = first_rota(case, Reach(case), clock, random)
    generator = Generator(make_patch(case, rota, np.arange(2), 0, DAYS), clock)
    tree, best = Tree(generator, generator.run(), random, noise=1.0), price_of(case, rota)
    while tree.bound < best - 1 + 1e-3:
        rows = tree.run(best - 1 + 1e-3, 5)
        best = best if rows is None else price_of(case, rows)
    assert best == _brute_force(problem)


def test_a_tree_leaves_the_patch_as_it_was(shared_data: Path) -> None:
    case, clock, random = (
        make_case(read_problem(shared_data / "shift_scheduling_benchmark/Instance5.txt")),
        _clock(),
        np.random.default_rng(1),
    )
    rota = first_rota(case, Reach(case), clock, random)
    patch = make_patch(case, rota, np.arange(len(rota)), 0, case.problem.days)
    generator = Generator(patch, clock)
    root, price = generator.run(), patch.price.copy()
    tree = Tree(generator, root, random)
    tree.run(root.bound + 50, 12)
    assert 1141 <= np.ceil(tree.bound) <= 1143
    assert np.array_equal(patch.price, price)
    assert not patch.rest.any()
    assert np.isinf(patch.least).all()
    assert np.isinf(patch.most).all()
    assert np.ceil(generator.run().bound) == np.ceil(root.bound) == 1141


def test_a_branch_on_a_cell_leaves_only_that_choice_or_all_others(shared_data: Path) -> None:
    case = make_case(read_problem(shared_data / "shift_scheduling_benchmark/Instance3.txt"))
    rota = first_rota(case, Reach(case), _clock(), np.random.default_rng(1))
    person, day = (int(i) for i in np.argwhere(rota >= 0)[0])
    last = len(case.problem.shifts)
    for choice, works in itertools.product((int(rota[person, day]), last), (True, False)):
        patch = make_patch(case, rota, np.arange(len(rota)), 0, case.problem.days)
        before = np.append(np.isfinite(patch.price[person, day]), True)
        Cell(person, day, choice, works).apply(patch)
        now = np.append(np.isfinite(patch.price[person, day]), np.isfinite(patch.rest[person, day]))
        assert np.array_equal(now, before & ((np.arange(last + 1) == choice) == works))


def test_the_quick_repair_saves_and_breaks_no_rule(shared_data: Path) -> None:
    problem = read_problem(shared_data / "shift_scheduling_benchmark/Instance10.txt")
    case, clock, random = make_case(problem), _clock(), np.random.default_rng(1)
    rota = first_rota(case, Reach(case), clock, random)
    standing = Standing(rota, price_of(case, rota), problem.under)
    first = standing.cost
    polish(case, standing, clock, random)
    assert cost_of(problem, standing.rota).total == standing.cost < first
    assert not breaches(problem, standing.rota)

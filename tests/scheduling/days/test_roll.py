"""Rotas of long horizons by windows that look ahead, and the prices that they look ahead with."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.staff_problems import make_problem
from scheduling.days import breaches, cost_of, read_problem
from scheduling.days.ascent import Effort, Prices, ascend
from scheduling.days.case import Case, make_case, make_patch, price_of
from scheduling.days.clock import Clock
from scheduling.days.columns import Generator
from scheduling.days.far import ascend_far, left_of, no_tolls
from scheduling.days.reach import Reach
from scheduling.days.roll import Roll
from scheduling.days.start import first_rota


def _case(path: Path, size: tuple[int, int, int]) -> Case:
    path.write_text(make_problem(size, 1))
    return make_case(read_problem(path))


def _clock() -> Clock:
    return Clock(None, None, lambda: False)


@pytest.mark.parametrize("work", [0.01, 4.0])
def test_a_long_rota_keeps_the_rules_costs_less_than_the_first_and_more_than_the_bound(tmp_path: Path, work: float) -> None:
    case, random = _case(tmp_path / "p.txt", (70, 10, 3)), np.random.default_rng(1)
    reach = Reach(case)
    first = first_rota(case, reach, _clock(), random)
    roll = Roll(case, reach, _clock(), random, first, work)
    rota = roll.run()
    assert not breaches(case.problem, rota)
    cost = cost_of(case.problem, rota).total
    assert 0 < roll.bound <= cost < price_of(case, first)


def test_an_ascent_never_proves_more_than_the_linear_programme_and_comes_near(tmp_path: Path) -> None:
    case = _case(tmp_path / "p.txt", (28, 8, 2))
    rota = first_rota(case, Reach(case), _clock(), np.random.default_rng(1))
    patch = make_patch(case, rota, np.arange(8), 0, 28)
    start = Prices(np.zeros(patch.need.shape), np.zeros((8, 2)))
    exact = Generator(patch, _clock()).run().relaxed.cost
    found = ascend(patch, start, _clock(), Effort(300, np.inf), 0.0).bound
    assert 0.9 * exact < found <= exact + 1e-6


def test_tolls_on_all_limits_never_prove_more_than_the_linear_programme_and_come_near(tmp_path: Path) -> None:
    case = _case(tmp_path / "p.txt", (28, 8, 2))
    rota = first_rota(case, Reach(case), _clock(), np.random.default_rng(1))
    exact = Generator(make_patch(case, rota, np.arange(8), 0, 28), _clock()).run().relaxed.cost
    start = no_tolls(case, np.where(case.problem.need > 0, 10.0, 0.0))
    left = left_of(case, case.problem.all_off(), 0)
    found = ascend_far(case, case.wish, left, start, _clock(), Effort(1500, np.inf, 30.0)).bound
    assert 0.8 * exact < found <= exact + 1e-6


@pytest.mark.parametrize("tight", [False, True])
def test_a_roll_of_many_weeks_that_runs_out_of_time_is_filled_up_and_keeps_the_rules(
    tmp_path: Path, tight: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled, fill = [], Roll._fill
    monkeypatch.setattr(Roll, "_fill", lambda roll, first: (filled.append(first), fill(roll, first))[1])
    path = tmp_path / "p.txt"
    path.write_text(make_problem((126, 8, 3), 2, tight))
    case, random = make_case(read_problem(path)), np.random.default_rng(1)
    reach, clock = Reach(case), _clock()
    first = first_rota(case, reach, clock, random)
    roll = Roll(case, reach, clock, random, first, 0.01)
    rota = roll.run()
    assert filled[0] < case.problem.days  # else nothing was left to fill
    assert not breaches(case.problem, rota)
    assert roll.bound <= cost_of(case.problem, rota).total < price_of(case, first)


def test_who_comes_to_a_dead_end_is_given_the_days_of_the_rota_that_stands(tmp_path: Path) -> None:
    case, random = _case(tmp_path / "p.txt", (70, 6, 3)), np.random.default_rng(1)
    reach = Reach(case)
    first = first_rota(case, reach, _clock(), random)
    roll = Roll(case, reach, _clock(), random, first, 1.0)
    for p in (0, 3):
        roll._stand_in(p)
    rota = roll.run()
    assert (rota[[0, 3]] == first[[0, 3]]).all()
    assert not breaches(case.problem, rota)

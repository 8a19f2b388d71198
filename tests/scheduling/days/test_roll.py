"""Rotas of long horizons by windows that look ahead, and the prices that they look ahead with."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.staff_problems import make_problem
from scheduling.days import breaches, cost_of, read_problem
from scheduling.days.ascent import FIRST_STEP, Prices, ascend
from scheduling.days.case import Case, make_case, make_patch, price_of
from scheduling.days.clock import Clock
from scheduling.days.columns import Generator
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
    roll = Roll(case, reach, _clock(), random, work)
    rota = roll.run()
    assert rota is not None
    assert not breaches(case.problem, rota)
    cost = cost_of(case.problem, rota).total
    assert 0 < roll.bound <= cost < price_of(case, first_rota(case, reach, _clock(), random))


def test_an_ascent_never_proves_more_than_the_linear_programme_and_comes_near(tmp_path: Path) -> None:
    case = _case(tmp_path / "p.txt", (28, 8, 2))
    rota = first_rota(case, Reach(case), _clock(), np.random.default_rng(1))
    patch = make_patch(case, rota, np.arange(8), 0, 28)
    start = Prices(np.zeros(patch.need.shape), np.zeros((8, 2)))
    exact = Generator(patch, _clock()).run().relaxed.cost
    found = ascend(patch, start, _clock(), 300, 0.0, FIRST_STEP).bound
    assert 0.9 * exact < found <= exact + 1e-6

"""What keeps a search from ending badly: rotas drawn from the linear programme, cutoffs that rise, calls that end."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.days import breaches, cost_of, read_problem
from scheduling.days.ambition import GAP, Ambition
from scheduling.days.case import make_case, make_patch, price_of
from scheduling.days.clock import Clock, Spent
from scheduling.days.columns import Generator
from scheduling.days.hoods import Standing
from scheduling.days.reach import Reach
from scheduling.days.rounding import round_off
from scheduling.days.single import whole_row
from scheduling.days.start import first_rota


def _clock(work: float | None = None, seconds: float | None = None) -> Clock:
    return Clock(work, seconds, lambda: False)


def test_a_rota_drawn_from_the_linear_programme_keeps_the_rules_and_is_cheaper_than_the_first(shared_data: Path) -> None:
    problem = read_problem(shared_data / "shift_scheduling_benchmark/Instance10.txt")
    case, clock, random = make_case(problem), _clock(), np.random.default_rng(1)
    rota = first_rota(case, Reach(case), clock, random)
    standing = Standing(rota, price_of(case, rota), problem.under)
    first = standing.cost
    generator = Generator(make_patch(case, rota, np.arange(len(rota)), 0, problem.days), clock)
    round_off(case, standing, (generator, generator.run()), clock, random)
    assert cost_of(problem, standing.rota).total == standing.cost < first
    assert not breaches(problem, standing.rota)


@given(st.floats(-500, 5000), st.floats(1.001, 5000), st.sampled_from([1.0, 1e-6]))
def test_cutoffs_rise_to_what_stands_and_begin_again(bound: float, over: float, step: float) -> None:
    ambition, most, seen = Ambition(1.5), bound + over, []
    for _ in range(40):
        seen.append(ambition.cutoff(bound, most, step))
        ambition.learn(False, seen[-1], most)
    assert min(seen) > bound
    assert max(seen) == most
    assert ambition.gap < GAP * 1.5**39
    ambition.learn(True, seen[-1], most)
    assert ambition.cutoff(bound, most, step) == seen[0]


def test_the_search_for_one_persons_days_ends_with_the_clock_and_is_counted(shared_data: Path) -> None:
    case = make_case(read_problem(shared_data / "shift_scheduling_benchmark/Instance3.txt"))
    with pytest.raises(Spent):
        whole_row(case, 0, _clock(seconds=0.0))
    clock = _clock(work=100.0)
    row = whole_row(case, 0, clock)
    assert 0 < clock.used < 100
    rota = case.problem.all_off()
    rota[0] = row
    assert case.problem.people[0].name not in {breach.person for breach in breaches(case.problem, rota)}

"""Shift design against the published best values and a plain recount."""

from pathlib import Path

import pytest

from scheduling.design import Design, DesignProblem, ShiftType, design, read_design
from wfm.errors import InputError
from wfm.model import Reason


def recount(problem: DesignProblem, found: Design) -> float:
    there = [0] * len(problem.need)
    for (start, length), people in found.duties.items():
        for day, count in enumerate(people):
            for at in range(length):
                there[(day * problem.a_day + start + at) % len(there)] += count
    lacks = [need - working for need, working in zip(problem.need, there, strict=True)]
    short, long = sum(max(lack, 0) for lack in lacks), sum(max(-lack, 0) for lack in lacks)
    return problem.per_shift * len(found.duties) + problem.step_minutes * (problem.under * short + problem.over * long)


@pytest.mark.parametrize(("number", "best"), [(1, 480), (3, 600), (5, 480)])
def test_published_optima_are_reached_and_proved(number: int, best: float, shared_data: Path) -> None:
    problem = read_design(shared_data / f"shift_design_benchmark/DataSet1/RandomExample{number}.dzn")
    found = design(problem)
    assert (found.reason, found.cost, found.bound) == (Reason.OPTIMAL, best, best)
    assert recount(problem, found) == best


def test_one_shift_is_offered_where_one_follows_the_need() -> None:
    need = tuple(2 if 8 <= hour < 16 else 0 for hour in range(24))
    found = design(DesignProblem(60, need, (ShiftType(6, 10, 7, 9),)))
    assert (found.duties, found.cost) == ({(8, 8): (2,)}, 60)


def test_a_night_shift_ends_on_the_first_morning_of_the_cycle() -> None:
    need = tuple(1 if hour >= 22 or hour < 6 else 0 for hour in range(24))
    assert design(DesignProblem(60, need, (ShiftType(22, 22, 8, 8),))).duties == {(22, 8): (1,)}


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "bad.dzn").write_text("interval = x; days = 1; demand = [1, -2];")
    with pytest.raises(InputError) as caught:
        read_design(tmp_path / "bad.dzn")
    assert len(caught.value.faults) == 9

"""Reader, evaluator and rota texts, against the printed rosters and their costs."""

import re
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest

from scheduling.days import breaches, cost_of, read_problem, read_rotas, rota_csv, rota_grid, solve
from scheduling.days.problem import OFF
from wfm.errors import Cancelled, InputError
from wfm.model import Reason

COST = re.compile(r"feasibility\): (\d+)\n-- Cover costs  : (\d+)\n-- Roster costs : (\d+)")


@pytest.mark.parametrize("number", range(1, 11))
def test_the_evaluator_reproduces_every_printed_cost(number: int, shared_data: Path) -> None:
    base = shared_data / "shift_scheduling_benchmark"
    problem, file = read_problem(base / f"Instance{number}.txt"), base / f"sample_solutions/Instance{number}.roster.txt"
    rotas = read_rotas(file, problem)
    printed = [tuple(map(int, found)) for found in COST.findall(file.read_text())]
    assert [(c.total, c.cover, c.wishes) for c in (cost_of(problem, rota) for rota in rotas)] == printed
    assert not [breach for rota in rotas for breach in breaches(problem, rota)]


def test_a_rota_reads_back_from_grid_and_csv_as_it_was_written(shared_data: Path, tmp_path: Path) -> None:
    base = shared_data / "shift_scheduling_benchmark"
    problem = read_problem(base / "Instance10.txt")
    rota = read_rotas(base / "sample_solutions/Instance10.roster.txt", problem)[0]
    for name, text in (("rota.csv", rota_csv(problem, rota)), ("rota.txt", rota_grid(problem, rota))):
        (tmp_path / name).write_text(text)
        (back,) = read_rotas(tmp_path / name, problem)
        assert (back == rota).all()


def test_every_broken_rule_is_named_with_its_day(shared_data: Path) -> None:
    base = shared_data / "shift_scheduling_benchmark"
    problem = read_problem(base / "Instance2.txt")
    rota = read_rotas(base / "sample_solutions/Instance2.roster.txt", problem)[0].copy()
    rota[0] = [1, 0, 0, 0, 0, 0, 0, OFF, 0, OFF, OFF, 0, 0, 0]
    found = {(breach.rule, breach.day) for breach in breaches(problem, rota) if breach.person == problem.people[0].name}
    expected = {("minutes", -1), ("weekends", -1), ("max run", 0), ("min days off", 7), ("min run", 8), ("succession", 1)}
    assert expected <= found


def test_all_faults_of_a_file_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    lines = ["SECTION_HORIZON", "14", "SECTION_SHIFTS", "D,480,X", "SECTION_STAFF", "A,D=x,100,200,5,2,2,1"]
    (tmp_path / "bad.txt").write_text("\n".join([*lines, "SECTION_DAYS_OFF", "B,3", "SECTION_COVER", "15,D,1,100,1", "0,D,1,100"]))
    with pytest.raises(InputError) as caught:
        read_problem(tmp_path / "bad.txt")
    assert [fault.place for fault in caught.value.faults] == ["line 6", "line 6", "line 8", "line 10", "line 11"]


@pytest.mark.parametrize("text", ["", "hello", "SECTION_HORIZON\n14\n"])
def test_what_is_no_instance_is_a_fault_and_no_traceback(text: str, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text(text)
    with pytest.raises(InputError):
        read_problem(tmp_path / "bad.txt")


@pytest.mark.parametrize(("number", "best"), [(2, 828), (3, 1001), (4, 1716)])
def test_small_instances_are_solved_with_a_proof(number: int, best: int, shared_data: Path) -> None:
    problem = read_problem(shared_data / f"shift_scheduling_benchmark/Instance{number}.txt")
    found = solve(problem, seconds=None, work=30)
    assert (found.reason, found.cost, found.bound) == (Reason.OPTIMAL, best, best)
    assert found.rota is not None
    assert cost_of(problem, found.rota).total == best
    assert not breaches(problem, found.rota)


def test_the_same_seed_and_work_give_the_same_rota(shared_data: Path) -> None:
    problem = read_problem(shared_data / "shift_scheduling_benchmark/Instance5.txt")
    one, two = (solve(problem, 3, None, 1.0) for _ in range(2))
    assert one.rota is not None
    assert two.rota is not None
    assert one.cost == two.cost
    assert np.array_equal(one.rota, two.rota)
    assert one.bound <= 1143 <= one.cost


def test_stopping_returns_the_best_so_far(shared_data: Path) -> None:
    problem = read_problem(shared_data / "shift_scheduling_benchmark/Instance7.txt")
    seen: list[str] = []
    found = solve(problem, 1, 60.0, None, lambda message, share: seen.append(message), lambda: any("cost" in text for text in seen))
    assert found.rota is not None
    assert not breaches(problem, found.rota)


def test_two_searches_give_the_same_rota_for_the_same_seed_and_work(shared_data: Path) -> None:
    problem = read_problem(shared_data / "shift_scheduling_benchmark/Instance5.txt")
    one, two = (solve(problem, 3, None, 1.0, workers=2) for _ in range(2))
    assert one.rota is not None
    assert two.rota is not None
    assert np.array_equal(one.rota, two.rota)
    assert (one.cost, one.bound) == (two.cost, two.bound)
    assert cost_of(problem, one.rota).total == one.cost
    assert not breaches(problem, one.rota)
    assert one.bound <= 1143 <= one.cost


def test_two_searches_are_stopped_by_whatever_progress_raises_and_leave_no_process(shared_data: Path) -> None:
    problem = read_problem(shared_data / "shift_scheduling_benchmark/Instance7.txt")

    def refuse(message: str, share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        solve(problem, 1, 60.0, None, refuse, workers=2)
    assert not active_children()

"""The linear programme over rows: thinned, cut off in time, and what is said where SciPy lacks it."""

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

from scheduling.days import columns, master, read_problem
from scheduling.days.case import Patch, make_case, make_patch
from scheduling.days.clock import Clock, Spent
from scheduling.days.columns import Generator
from scheduling.days.reach import Reach
from scheduling.days.start import first_rota

NAMES = (
    "addRows",
    "addCols",
    "changeColsBounds",
    "deleteCols",
    "setOptionValue",
    "run",
    "getInfo",
    "getSolution",
    "getRunTime",
    "getModelStatus",
)


def _patch(shared_data: Path, clock: Clock) -> Patch:
    case = make_case(read_problem(shared_data / "shift_scheduling_benchmark/Instance3.txt"))
    rota = first_rota(case, Reach(case), clock, np.random.default_rng(1))
    return make_patch(case, rota, np.arange(len(rota)), 0, case.problem.days)


def test_a_thinned_programme_costs_the_same_and_is_smaller(shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "KEPT", 3)
    clock = Clock(None, None, lambda: False)
    generator = Generator(_patch(shared_data, clock), clock)
    root, before = generator.run(), len(generator.master.who)
    thinned = generator.thin(root)
    used = thinned.relaxed.share > 1e-9
    assert len(thinned.relaxed.share) == len(generator.master.who) < before
    assert np.bincount(generator.master.who[used], thinned.relaxed.share[used]) == pytest.approx(np.ones(len(generator.everyone)))
    assert generator.master.solve().cost == pytest.approx(root.relaxed.cost)


def test_a_programme_without_time_left_ends_the_search_and_gives_no_prices(shared_data: Path) -> None:
    clock = Clock(None, None, lambda: False)
    generator = Generator(_patch(shared_data, clock), clock)
    with pytest.raises(Spent):
        generator.master.solve(0.0)


def test_scipy_still_has_every_private_name_that_is_used() -> None:
    missing = [name for name in NAMES if not hasattr(master.highs._Highs, name)]
    assert not missing, f"SciPy's HiGHS binding has lost {missing}: scheduling.days.master must be changed"
    assert hasattr(master.highs, "kHighsInf")
    assert hasattr(master.highs.HighsModelStatus, "kTimeLimit")


def test_a_scipy_without_the_binding_is_named_as_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize._highspy", None)
    monkeypatch.delitem(sys.modules, "scheduling.days.master")
    with pytest.raises(ImportError, match=r"SciPy 1\.15"):
        importlib.import_module("scheduling.days.master")

"""The February of the Technion bank: its facts, and how near the simulated month comes."""

from pathlib import Path

import numpy as np
import pytest

from simulation import simulate
from wfm.calibration import MEASURES, Calibrated, Row, calibrate, compare, fit
from wfm.intake import read_call_log
from wfm.model import CallLog, Outcome

WITHIN_S = 20.0


@pytest.fixture(scope="module")
def log(shared_data: Path) -> CallLog:
    return read_call_log(shared_data / "technion_bank" / "calls_1999_02.csv.gz", "Asia/Jerusalem")


def live(centre: Calibrated) -> Outcome:
    return simulate(centre.forecast, centre.queues, centre.roster, centre.experiment(10))


@pytest.fixture(scope="module")
def rows(log: CallLog) -> tuple[Row, ...]:
    return compare(log, live(fit(calibrate(log), live, WITHIN_S)), WITHIN_S)


def test_the_log_is_read_with_all_its_facts(log: CallLog):
    assert len(log) == 31_094
    assert 1 - log.served.mean() == pytest.approx(0.1265, abs=5e-5)
    assert (log.wait_s > 0).mean() == pytest.approx(0.580, abs=5e-4)
    assert log.wait_s.mean() == pytest.approx(44.0, abs=0.05)
    assert log.wait_s[log.wait_s > 0].mean() == pytest.approx(75.8, abs=0.05)
    assert (log.served & (log.wait_s <= WITHIN_S)).mean() == pytest.approx(0.521, abs=5e-4)
    by_kind = {name: log.service_s[log.served & (log.kind == kind)].mean() for kind, name in enumerate(log.kinds)}
    told = {"PS": 185, "NE": 277, "NW": 107, "IN": 267}
    assert {name: by_kind[name] for name in told} == pytest.approx(told, rel=0.02)
    assert len(log.agents) == 24


def test_the_head_start_of_priority_customers_is_found_in_who_overtook_whom(log: CallLog):
    """The bank's own description says that priority 2 enters the line with a minute and a half of credit."""
    assert np.diff(calibrate(log).credits_s) == pytest.approx([90, 90], abs=5)


def test_the_simulated_month_is_within_a_tenth_of_the_real_one(rows: tuple[Row, ...]):
    month = {row.measure: row.off for row in rows if not row.day and not row.kind}
    assert set(month) == set(MEASURES)
    assert all(abs(off) <= 0.10 for off in month.values()), month


def test_most_days_come_near(rows: tuple[Row, ...]):
    """Not all do: see docs/calibration.md. Half of them within a tenth, none told apart from the others by which are looked at."""
    for measure in MEASURES:
        off = np.array([abs(row.off) for row in rows if row.day and row.measure == measure])
        assert len(off) == 28
        assert np.median(off) < 0.15

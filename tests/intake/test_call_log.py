"""Logs of calls with their agents."""

from pathlib import Path

import numpy as np
import pytest

from wfm.errors import HistoryError
from wfm.intake import read_call_log

LOG = """arrival,type,agent,priority,wait time,handle time,outcome
2026-03-02 09:00:05,sales,ann,1,0,120,answered
2026-03-02 09:00:00,sales,,2,30,0,abandoned
2026-03-02 09:01:00,service,bob,1,00:10,02:00,answered
2026-03-03 10:00:00,service,,1,0,0,abandoned
2026-03-03 10:05:00,service,ann,1,0,60,phantom
2026-03-03 11:00:00,sales,bob,2,5,90,answered
"""


def read(tmp_path: Path, text: str, zone: str = "Europe/Berlin"):
    file = tmp_path / "log.csv"
    file.write_text(text)
    return read_call_log(file, zone)


def test_calls_that_wanted_an_agent_stand_in_the_order_in_which_they_asked(tmp_path: Path):
    log = read(tmp_path, LOG)
    assert log.asked_s.tolist() == [32400, 32405, 32460, 86400 + 39600]
    assert log.wait_s.tolist() == [30, 0, 10, 5]
    assert log.served.tolist() == [False, True, True, True]
    assert log.service_s.tolist() == [0, 120, 120, 90]
    assert [log.kinds[kind] for kind in log.kind] == ["sales", "sales", "service", "sales"]
    assert [log.agents[agent] if agent >= 0 else "" for agent in log.agent] == ["", "ann", "bob", "bob"]
    assert [log.classes[rank] for rank in log.rank] == ["2", "1", "1", "2"]
    assert (log.axis.days, log.grain_s) == (2, 1.0)


def test_a_log_without_types_or_classes_has_one_kind_and_no_class(tmp_path: Path):
    lines = [",".join(cell for i, cell in enumerate(line.split(",")) if i not in (1, 3)) for line in LOG.splitlines()]
    log = read(tmp_path, "\n".join(lines))
    assert (log.kinds, log.classes) == (("calls",), ())


def test_times_after_the_clock_went_forward_are_elapsed_times(tmp_path: Path):
    head = LOG.splitlines()[0]
    log = read(tmp_path, f"{head}\n2026-03-29 01:30:00,a,ann,1,0,60,answered\n2026-03-29 09:00:00,a,ann,1,0,60,answered\n")
    assert log.asked_s.tolist() == [5400, 8 * 3600]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LOG.replace("agent,", "who,"), "'server'"),
        (LOG.replace(",30,", ",long,"), "line 3"),
        (LOG.splitlines()[0], "without rows"),
        (LOG.replace("answered", "phantom").replace("abandoned", "phantom"), "no call that wanted an agent"),
        (LOG.replace("2026-03-02 09:01:00", "yesterday"), "yesterday"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, told: str):
    with pytest.raises(HistoryError, match=told):
        read(tmp_path, text)


def test_an_unknown_time_zone_is_a_fault(tmp_path: Path):
    with pytest.raises(HistoryError, match="Berln"):
        read(tmp_path, LOG, "Europe/Berln")


def test_the_technion_log_is_recognised_as_it_stands(shared_data: Path):
    log = read_call_log(shared_data / "technion_bank" / "calls_1999_02.csv.gz", "Asia/Jerusalem")
    assert len(log) == 31_094
    assert np.all(np.diff(log.asked_s) >= 0)
    assert log.classes == ("0", "1", "2")

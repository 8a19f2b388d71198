"""`wfm calibrate`: a log in, a scenario folder and a comparison out."""

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.calibration.made import AXIS, made_log
from tests.cli.conftest import Wfm


@pytest.fixture(scope="module")
def log_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The known centre's log as a CSV in whole seconds."""
    log, file = made_log(), tmp_path_factory.mktemp("log") / "log.csv"
    midnight = datetime.combine(AXIS.start, datetime.min.time())
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(("arrival", "agent", "priority", "wait time", "handle time", "outcome"))
        for i in range(len(log)):
            agent = log.agents[log.agent[i]] if log.served[i] else ""
            wait_s, service_s = (int(np.ceil(values[i])) for values in (log.wait_s, log.service_s))
            when = midnight + timedelta(seconds=int(log.asked_s[i]))
            rows.writerow((when, agent, log.classes[log.rank[i]], wait_s, service_s, "answered" if log.served[i] else "abandoned"))
    return file


def test_one_document_holds_the_estimates_and_real_against_simulated(wfm: Wfm, log_file: Path):
    said = wfm("calibrate", log_file, "--timezone", "UTC", "--replications", 4, "--json")
    assert said.status == 0
    told = json.loads(said.out)
    assert {row["measure"] for row in told["rows"]} == {"mean_wait_s", "abandoned", "in_time"}
    month = [row for row in told["rows"] if not row["day"] and not row["kind"]]
    assert all(abs(row["off"]) < 0.1 for row in month)
    assert told["kinds"][0]["mean_patience_s"]["low"] < 240 < told["kinds"][0]["mean_patience_s"]["high"]
    assert told["calls"] == sum(row["calls"] for row in told["rows"] if row["day"] and row["measure"] == "abandoned")


def test_the_folder_is_a_scenario_that_can_be_checked_and_simulated(wfm: Wfm, log_file: Path, tmp_path: Path):
    said = wfm("calibrate", log_file, "--timezone", "UTC", "--replications", 2, "--out", tmp_path / "mine", "--seed", 3)
    assert said.status == 0
    assert "→" in said.out
    assert {file.name for file in (tmp_path / "mine").iterdir()} == {"scenario.toml", "calls.csv", "on_duty.csv", "roster.csv"}
    assert wfm("check", tmp_path / "mine").status == 0
    said = wfm("simulate", tmp_path / "mine", "--roster", tmp_path / "mine" / "roster.csv", "--replications", 3, "--json", "--quiet")
    assert said.status == 0
    offered = next(m["value"] for m in json.loads(said.out)["measures"] if m["name"] == "offered" and not m["queue"])
    assert offered == pytest.approx(len(made_log()), rel=0.05)


def test_the_same_seed_prints_the_same(wfm: Wfm, log_file: Path):
    once, again = (wfm("calibrate", log_file, "--timezone", "UTC", "--replications", 2, "--json", "--quiet").out for _ in range(2))
    assert once == again


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("none.csv", "--timezone", "UTC"), 2, "no such file"),
        (("LOG", "--timezone", "Mars"), 2, "Mars"),
        (("LOG", "--timezone", "UTC", "--target", "80"), 2, "--target"),
        (("LOG",), 2, "--timezone"),
    ],
)
def test_what_is_wrong_is_the_users_and_told(wfm: Wfm, log_file: Path, arguments: tuple[str, ...], status: int, told: str):
    said = wfm("calibrate", *(str(log_file) if part == "LOG" else part for part in arguments))
    assert (said.status, told in said.err) == (status, True)
    assert "Traceback" not in said.err

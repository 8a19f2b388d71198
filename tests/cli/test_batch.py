"""Cron: one at a time, nothing twice, whole or not at all, and one bad scenario does not stop the others."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from tests.cli.conftest import Wfm

BASE = Path(__file__).parents[2] / "scenarios" / "one_queue.toml"
QUICK = f'base = "{BASE}"\n[centre]\nname = "{{name}}"\n[run]\nreplications = 3\neffort = 0.05\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("first", "second"):
        (tmp_path / f"{name}.toml").write_text(QUICK.format(name=name))
    return tmp_path


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def stamps(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file() and ".lock" not in path.name
    }


def test_each_scenario_gets_a_run_folder_and_the_log_is_json_lines(wfm: Wfm, folder: Path) -> None:
    said = wfm("batch", folder, "--json")
    assert said.status == 0, said.err
    assert [run["changed"] for run in json.loads(said.out)["runs"]] == [True, True]
    assert {path.name for path in (folder / "runs").iterdir() if path.is_dir()} == {"first", "second"}
    assert {line["event"] for line in lines(said.err)} == {"start", "end", "batch"}


def test_an_identical_input_is_a_no_op_until_forced_or_changed(wfm: Wfm, folder: Path) -> None:
    wfm("batch", folder)
    before = stamps(folder / "runs")
    said = wfm("batch", folder, "--json")
    assert [run["changed"] for run in json.loads(said.out)["runs"]] == [False, False]
    assert stamps(folder / "runs") == before
    (folder / "first.toml").write_text(QUICK.format(name="first") + "seed = 9\n")
    changed = json.loads(wfm("batch", folder, "--json").out)["runs"]
    assert {Path(run["out"]).name: run["changed"] for run in changed} == {"first": True, "second": False}


def test_a_second_batch_on_the_same_runs_is_status_75(wfm: Wfm, folder: Path) -> None:
    wfm("batch", folder)
    with FileLock(folder / "runs" / ".wfm.lock"):
        assert wfm("batch", folder).status == 75


def test_one_bad_scenario_does_not_stop_the_others(wfm: Wfm, folder: Path) -> None:
    (folder / "a_bad.toml").write_text("[centre]\nname = 3\n")
    said = wfm("batch", folder, "--json")
    assert said.status == 2
    runs = {Path(run["out"]).name: run for run in json.loads(said.out)["runs"]}
    assert runs["a_bad"]["status"] == 2
    assert runs["a_bad"]["messages"]
    assert runs["first"]["changed"]
    assert runs["second"]["changed"]
    assert not (folder / "runs" / "a_bad").exists()


def test_an_empty_folder_is_a_mistake_worth_saying(wfm: Wfm, tmp_path: Path) -> None:
    said = wfm("batch", tmp_path)
    assert said.status == 2
    assert "no scenario" in said.err


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("after_s", [0.5, 2.5, 4.0])
def test_a_killed_batch_leaves_nothing_half_written_and_the_next_completes(wfm: Wfm, folder: Path, after_s: float) -> None:
    command = [sys.executable, "-m", "wfm.cli", "batch", str(folder), "--quiet"]
    killed = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after_s)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    whole = [path for path in (folder / "runs").glob("[!.]*") if path.is_dir()]
    assert all((path / "manifest.json").is_file() and (path / "report.html").is_file() for path in whole)
    assert wfm("batch", folder).status == 0
    assert sorted(path.name for path in (folder / "runs").iterdir() if path.is_dir()) == ["first", "second"]

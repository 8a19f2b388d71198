"""Killed writers, racing writers, readers in between: what a run folder must survive."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.report.made import result
from wfm.errors import BusyError, InputError
from wfm.store import lock, read_run, swap, write_run

ROOT = Path(__file__).resolve().parents[2]
SLOW_WRITER = """
import sys, time
from pathlib import Path
from tests.report.made import result
from wfm.store import lock, swap, write_run

stop_at, out = sys.argv[1], Path(sys.argv[2])
write, rename = swap.write_file, Path.rename

def slow_write(path, data):
    if path.name == stop_at:
        path.write_bytes(data[: len(data) // 2])
        print("here", flush=True)
        time.sleep(60)
    write(path, data)

def slow_rename(self, target):
    done = rename(self, target)
    if stop_at == "swap" and Path(target).name.startswith(".wfm-tmp-old-"):
        print("here", flush=True)
        time.sleep(60)
    return done

swap.write_file, Path.rename = slow_write, slow_rename
if stop_at == "swap":
    swap.exchange = lambda one, other: False
with lock(out.parent, out.name):
    if stop_at == "lock":
        print("here", flush=True)
        time.sleep(60)
    write_run(out, "", result(seed=2), {"scenario": "killed"})
"""

posix = pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")


def writer(stop_at: str, out: Path) -> subprocess.Popen:
    """A writer in another process, stopped at a file (half-written), in the swap or with the lock in its hand."""
    command = [sys.executable, "-c", SLOW_WRITER, stop_at, str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "here\n"
    return process


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(".wfm-tmp-"))


@posix
@pytest.mark.parametrize("stop_at", ["scenario.toml", "intervals.csv", "manifest.json"])
def test_a_writer_killed_in_mid_write_leaves_nothing_and_the_next_one_completes(tmp_path, stop_at):
    out = tmp_path / "run"
    kill(writer(stop_at, out))
    assert not out.exists()
    assert len(leftovers(tmp_path)) == 1
    with lock(tmp_path, "run"):
        assert leftovers(tmp_path) == []
        write_run(out, "", result(), {"scenario": "next"})
    assert read_run(out).manifest["scenario"] == "next"


@posix
@pytest.mark.parametrize("stop_at", ["roster.csv", "swap"])
def test_a_writer_killed_while_replacing_leaves_the_old_run_whole(tmp_path, stop_at):
    out = tmp_path / "run"
    write_run(out, "", result(), {"scenario": "old"})
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    kill(writer(stop_at, out))
    with lock(tmp_path, "run"):
        pass
    assert leftovers(tmp_path) == []
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert read_run(out).manifest["scenario"] == "old"


@posix
def test_a_lock_is_refused_while_held_by_another_process_and_free_once_that_is_killed(tmp_path):
    holder = writer("lock", tmp_path / "run")
    with pytest.raises(BusyError), lock(tmp_path, "run"):
        pass
    with lock(tmp_path, "other run"):
        pass
    kill(holder)
    with lock(tmp_path, "run"):
        pass


def test_of_two_that_race_for_the_lock_exactly_one_gets_it(tmp_path):
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom wfm.errors import BusyError\nfrom wfm.store import lock\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "try:\n    with lock(Path(sys.argv[1])):\n        print('mine', flush=True); sys.stdin.readline()\n"
        "except BusyError:\n    print('busy', flush=True)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": environment, "cwd": ROOT}
    racers = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], **pipes) for _ in range(2)]
    assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * 2
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    assert sorted(racer.stdout.readline() for racer in racers) == ["busy\n", "mine\n"]
    for racer in racers:
        racer.communicate("done\n", timeout=20)
        assert racer.returncode == 0


def test_the_same_process_cannot_hold_a_lock_twice(tmp_path):
    with lock(tmp_path, "run"), pytest.raises(BusyError), lock(tmp_path, "run"):
        pass


def test_a_lock_in_a_place_that_is_no_folder_is_an_input_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError), lock(tmp_path / "file"):
        pass


def test_the_sweep_clears_only_what_belongs_to_the_name(tmp_path):
    for name in (".wfm-tmp-new-0a1b2c3d-run", ".wfm-tmp-new-0a1b2c3d-run-2", ".wfm-tmp-strange", "run"):
        (tmp_path / name).mkdir()
    swap.sweep(tmp_path, "run")
    assert leftovers(tmp_path) == [".wfm-tmp-new-0a1b2c3d-run-2", ".wfm-tmp-strange"]
    assert (tmp_path / "run").is_dir()


def test_a_writer_that_fails_cleans_up_and_keeps_the_old_run(tmp_path, monkeypatch):
    out = write_run(tmp_path / "run", "", result(), {"scenario": "old"})

    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(swap, "write_file", full)
    with pytest.raises(OSError, match="No space"):
        write_run(out, "", result(), {"scenario": "new"})
    assert leftovers(tmp_path) == []
    assert read_run(out).manifest["scenario"] == "old"


@pytest.mark.parametrize("at_once", [True, False], ids=["in one step", "in two steps"])
def test_a_reader_sees_the_old_run_or_the_new_one_and_never_a_mixture(tmp_path, monkeypatch, at_once):
    if not at_once:
        monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    told, out = {seed: result(seed=seed) for seed in (1, 2)}, tmp_path / "run"
    values = {seed: told[seed].summary.find("service_level").value for seed in told}
    write_run(out, "seed = 1", told[1], {"scenario": "x", "seed": 1})
    stop, seen, faults = threading.Event(), set(), []

    def read() -> None:
        while not stop.is_set():
            try:
                run = read_run(out)
            except InputError:
                faults.append("gone")  # possible only in the moment between two renames
                continue
            seed = run.manifest["seed"]
            if run.measured.find("service_level").value != values[seed] or run.scenario_toml != f"seed = {seed}":
                faults.append("mixed")
            seen.add(seed)

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(4):
        seed = 2 - turn % 2
        write_run(out, f"seed = {seed}", told[seed], {"scenario": "x", "seed": seed})
    stop.set()
    reader.join()
    assert seen
    assert "mixed" not in faults
    assert not (at_once and sys.platform == "linux" and faults)


def test_a_lock_that_cannot_be_made_is_an_input_error_and_not_a_busy_one(tmp_path):
    (tmp_path / ".wfm-run.lock").symlink_to(tmp_path / "gone" / "lock")
    with pytest.raises(InputError), lock(tmp_path, "run"):
        pass

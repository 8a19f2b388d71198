"""Ctrl-C: the first keeps the best roster so far, the second stops."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from wfm.cli.runner import plan_into, read
from wfm.cli.stopping import ASKED, keeping_the_best
from wfm.cli.watching import watching
from wfm.errors import Enough
from wfm.model import IMPROVING, silent

ROOT = Path(__file__).resolve().parents[2]
LONG = {"count = 6": "count = 14", "min_hours_week = 40": "min_hours_week = 8", 'lengths = ["8h"]': 'lengths = ["5h", "7h"]'}
UNPROVEN = """
import scheduling.solve
from wfm.cli import main
scheduling.solve.lower_bound = lambda *_: 0.0
main()
"""
"""The command line where no roster is ever proven to be the best, so that the search goes on to its end."""


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def unheard(_text: str) -> None:
    """What nobody listens to."""


def test_ctrl_c_ends_a_search_and_lets_all_other_work_go_on() -> None:
    told: list[str] = []
    with keeping_the_best(lambda message, _share: told.append(message), unheard) as watch:
        watch(f"{IMPROVING}: before", 0.1)
        press()
        watch("forecasting", 0.2)
        with pytest.raises(Enough):
            watch(f"{IMPROVING}: after", 0.3)
        watch("simulating", 0.9)
    assert told[:3] == [f"{IMPROVING}: before", "forecasting", f"{IMPROVING}: after"]


@pytest.mark.parametrize(
    ("how", "said"),
    [("lines", f"{ASKED}\n"), ("bar", f"\r\x1b[2K{ASKED}\n"), ("json", f'"message": "{ASKED}"'), ("none", "")],
)
def test_the_first_ctrl_c_is_acknowledged_at_once_whatever_the_work_is_at(how: str, said: str, capfd: pytest.CaptureFixture[str]) -> None:
    with watching(how) as show, keeping_the_best(show, show.at_once) as watch:
        watch("forecasting", 0.1)
        capfd.readouterr()
        press()
        told = capfd.readouterr().err
    assert said in told
    assert bool(said) == (ASKED in told)


def test_the_second_ctrl_c_stops() -> None:
    with keeping_the_best(silent, unheard):
        press()
        with pytest.raises(KeyboardInterrupt):
            press()


def test_the_second_ctrl_c_stops_even_where_what_it_raised_was_swallowed() -> None:
    with keeping_the_best(silent, unheard) as watch:
        press()
        with pytest.raises(KeyboardInterrupt):
            press()
        with pytest.raises(KeyboardInterrupt):
            watch("forecasting", 0.2)


def test_afterwards_ctrl_c_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with keeping_the_best(silent, unheard):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl-C cannot be sent to one process")
def test_a_plan_that_would_search_for_long_is_whole_after_ctrl_c(tmp_path: Path) -> None:
    text = (ROOT / "scenarios" / "one_queue.toml").read_text(encoding="utf-8")
    for old, new in LONG.items():
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "long.toml").write_text(f"{text}\n[run]\neffort = 100\n", encoding="utf-8")
    command = [sys.executable, "-c", UNPROVEN, "plan", "long.toml", "--out", "run", "--quiet", "--progress", "json"]
    paths = {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=os.environ | paths, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        for line in child.stderr:
            if json.loads(line).get("message", "").startswith(IMPROVING):
                child.send_signal(signal.SIGINT)
                break
        events = [json.loads(line) for line in child.stderr]
        assert child.wait(60) == 0
    assert events[-1]["event"] == "done"
    assert any("ended early" in note for note in json.loads((tmp_path / "run" / "manifest.json").read_text())["solver"]["notes"])
    assert (tmp_path / "run" / "report.html").stat().st_size


def test_a_plan_that_was_ended_early_is_planned_anew_and_a_full_one_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduling.solve.lower_bound", lambda *_: 0.0)  # never proven, so that there is something to stop
    loaded = read(str(ROOT / "scenarios" / "one_queue.toml"), effort=0.05, replications=3)

    def enough(message: str, _share: float) -> None:
        if message.startswith(IMPROVING):
            raise Enough

    first = plan_into(loaded, tmp_path / "run", enough)
    assert first.result is not None
    assert first.result.solved.ended_early
    second = plan_into(loaded, tmp_path / "run", force=False)
    assert second.changed
    assert second.digest == first.digest
    assert not plan_into(loaded, tmp_path / "run", force=False).changed

"""Compared scenarios meet the same simulated contacts, whatever seeds their files name."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Wfm
from wfm import pipeline

BASE = Path(__file__).resolve().parents[2] / "scenarios" / "one_queue.toml"


def test_scenarios_that_name_different_seeds_are_compared_on_common_random_numbers(wfm: Wfm, tmp_path: Path):
    for name, seed in (("Mine", 1), ("Other", 7)):
        text = f'base = "{BASE}"\n[run]\nreplications = 8\nseed = {seed}\n[centre]\nname = "{name}"\n'
        (tmp_path / f"{name.lower()}.toml").write_text(text)
    said = wfm("compare", tmp_path / "mine.toml", tmp_path / "other.toml", "--out", tmp_path / "runs", "--json", "--quiet")
    assert said.status == 0, said.err
    told = json.loads(said.out)
    assert told["paired"] is True
    level = next(row for row in told["rows"] if row["measure"] == "service_level" and not row["queue"])
    assert level["verdicts"][1] in ("same", "no difference shown")
    assert level["differences"][1]["value"] == 0


HISTORY = '[history]\nfile = "history.csv"\nqueue = "calls"\nmissing = "closed"\n[run]\nbacktest_origins = 0\nreplications = 2\n'


def test_a_comparison_reads_each_history_once(wfm: Wfm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    steps = [f"2026-02-{day:02d} {step // 4:02d}:{15 * (step % 4):02d},{step % 7}" for day in range(1, 29) for step in range(36, 68)]
    (tmp_path / "history.csv").write_text("\n".join(["interval_start,contacts", *steps]))
    for name in ("mine", "other"):
        text = BASE.read_text().replace("contacts_per_hour = 60\n", "").replace('"One queue"', f'"{name}"')
        (tmp_path / f"{name}.toml").write_text(text + HISTORY)
    read: list[Any] = []
    really = pipeline.read_history
    monkeypatch.setattr("wfm.pipeline.read_history", lambda *given: read.append(given) or really(*given))
    said = wfm("compare", "mine.toml", "other.toml", "--json", "--quiet")
    assert said.status == 0, said.err
    assert len(read) == 2

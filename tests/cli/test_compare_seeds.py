"""Compared scenarios meet the same simulated contacts, whatever seeds their files name."""

import json
from pathlib import Path

from tests.cli.conftest import Wfm

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

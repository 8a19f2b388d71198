"""Where `wfm plan` puts its run: never over that of another scenario without a word."""

from pathlib import Path

from tests.cli.conftest import Wfm

BASE = Path(__file__).resolve().parents[2] / "scenarios" / "one_queue.toml"


def test_a_run_of_another_scenario_is_replaced_only_where_that_is_asked_for(wfm: Wfm, tmp_path: Path) -> None:
    other = f'base = "{BASE}"\n[centre]\nname = "Other"\n[run]\nreplications = 2\n'
    (tmp_path / "other.toml").write_text(other, encoding="utf-8")
    quick = ("--out", "run", "--quiet", "--effort", "0.05")
    assert wfm("plan", "one_queue", *quick).status == 0
    before = (tmp_path / "run" / "manifest.json").read_bytes()
    said = wfm("plan", "other.toml", *quick)
    assert said.status == 2
    assert "One queue" in said.err
    assert "Other" in said.err
    assert "--out" in said.err
    assert "--replace" in said.err
    assert (tmp_path / "run" / "manifest.json").read_bytes() == before
    assert wfm("plan", "one_queue", *quick, "--seed", "2").status == 0
    assert (tmp_path / "run" / "manifest.json").read_bytes() != before
    assert wfm("plan", "other.toml", *quick, "--replace").status == 0
    assert b'"Other"' in (tmp_path / "run" / "manifest.json").read_bytes()

"""`wfm simulate` on a model with numbers of agents, as the guide of the simulation writes it, and its long table of figures."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Wfm
from wfm.scenario_file import load

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "simulation.md"
BLOCK = re.compile(r"^```toml\n(\[centre\].*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """The guide's whole file, with fewer days."""
    text = BLOCK.search(GUIDE.read_text(encoding="utf-8")).group(1)
    file = tmp_path / "model.toml"
    file.write_text(text.replace("days = 10 ", "days = 2 ").replace("replications = 50", "replications = 4"), encoding="utf-8")
    return file


def test_the_model_of_the_guide_runs_without_a_roster_and_tells_its_busy_signals(wfm: Wfm, model: Path):
    said = wfm("simulate", model)
    assert said.status == 0, said.err
    for words in ("Service level", "Busy signal", "Redials", "english", "french"):
        assert words.split()[0] in said.out


def test_every_key_of_the_guides_first_example_is_known(tmp_path: Path):
    blocks = re.findall(r"^```toml\n(\[\[trunks\]\].*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    head = '[centre]\nname = "x"\ntimezone = "UTC"\n[plan]\nstart = 2026-03-02\ndays = 1\n[[contract]]\nname = "any"\n'
    others = "".join(f'[[queue]]\nname = "{name}"\nhandle = "3m"\ncontacts_per_hour = 1\n' for name in ("sales", "callbacks"))
    (tmp_path / "scenario.toml").write_text(head + blocks[0] + others, encoding="utf-8")
    assert load(tmp_path / "scenario.toml").scenario.queues[0].journey.menu is not None


def test_detail_writes_every_measure_of_the_plan_with_the_time_after_the_warm_up(wfm: Wfm, model: Path, tmp_path: Path):
    said = wfm("simulate", model, "--detail", tmp_path / "folder" / "figures.csv", "--by", "plan", "--json", "--quiet")
    told = {(m["queue"], m["name"]): m for m in json.loads(said.out)["measures"]}
    rows = pd.read_csv(tmp_path / "folder" / "figures.csv", keep_default_na=False).set_index(["queue", "measure"])
    assert rows.loc[("", "present_agents"), "value"].item() == pytest.approx(15)
    for name in ("blocked", "redialled"):
        assert rows.loc[("english", name), "value"].item() == pytest.approx(told["english", name]["value"])
    assert rows.loc[("english", "lines_in_use"), "value"].item() == pytest.approx(told["english", "lines_in_use"]["value"])
    mean_wait_s = float(rows.loc[("english", "mean_wait_s"), "value"].item())
    contacts_per_s = float(rows.loc[("english", "offered"), "value"].item()) / 86400
    assert float(rows.loc[("english", "queue_length"), "value"].item()) == pytest.approx(contacts_per_s * mean_wait_s, rel=0.02)
    groups = {name for name, _ in rows.index if name.startswith("agents: ")}
    assert groups == {"agents: english", "agents: french", "agents: english, french"}


def test_detail_by_day_has_a_row_for_every_day(wfm: Wfm, model: Path, tmp_path: Path):
    model.write_text(model.read_text(encoding="utf-8").replace('warm_up = "24h"', 'warm_up = "0m"'), encoding="utf-8")
    assert wfm("simulate", model, "--detail", "days.csv", "--quiet").status == 0
    rows = pd.read_csv(tmp_path / "days.csv", keep_default_na=False)
    offered = rows[(rows.queue == "french") & (rows.measure == "offered")]
    assert offered.start.tolist() == ["2026-03-02T00:00+00:00", "2026-03-03T00:00+00:00"]


def test_planning_such_a_model_says_that_the_numbers_on_duty_are_not_looked_at(wfm: Wfm, model: Path):
    assert "a plan makes a roster of its own" in (said := wfm("check", model)).out + said.err


def test_hanging_up_in_the_menu_and_segments_of_slower_chats_are_said_by_the_file_and_told(wfm: Wfm, model: Path):
    text = model.read_text(encoding="utf-8").replace('mean = "30s"}}', 'mean = "30s"}, hang_up = 0.1}')
    chats = """
[[queue]]
name = "chats"
channel = "chat"
handle = "10m"
concurrency = 3
chat_slowdown = 0.4
contacts_per_hour = 20
segments = [{name = "gold", share = 0.2, priority = 1}, {name = "rest", share = 0.8, priority = 2}]

[[group]]
name = "chatting"
count = 3
contract = "any"
skills = ["chats"]
on_duty = {"00:00-24:00" = 3}
"""
    model.write_text(text + chats, encoding="utf-8")
    said = wfm("simulate", model, "--json", "--quiet")
    assert said.status == 0, said.err
    told = {(m["queue"], m["name"]): m for m in json.loads(said.out)["measures"]}
    found = told["english", "given_up"]
    assert found["low"] < 0.1 * (1 - told["english", "blocked"]["value"]) < found["high"]
    assert told["chats", "offered"]["value"] > 300

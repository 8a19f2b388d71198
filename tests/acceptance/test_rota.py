"""The independent checker of rotas finds what is planted, one fault for each rule."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.acceptance import roster_csv
from tests.acceptance.conftest import Planned
from wfm.cli.runner import plan_into
from wfm.model import Lock, PastShift, Scenario
from wfm.scenario_file import load
from wfm.scenario_file.bundled import bundled
from wfm.store import read_run


def twisted(scenario: Scenario, contract: dict[str, object], agent: dict[str, object]) -> Scenario:
    contracts = tuple(replace(c, **contract) for c in scenario.workforce.contracts)
    agents = tuple(replace(a, **agent) for a in scenario.workforce.agents)
    return replace(scenario, workforce=replace(scenario.workforce, contracts=contracts, agents=agents))


SUNDAY = date(2026, 3, 1)
LAST_NIGHTS = tuple(PastShift(SUNDAY - timedelta(days=n), 1290, 1800, 480, "night") for n in range(10))


@pytest.mark.parametrize(
    ("contract", "agent", "said"),
    [
        ({"min_days_off": 4}, {}, "days off before"),
        ({"weekends_off": 1, "weekends_of": 1}, {}, "weekends worked of 1"),
        ({"weekends_off": 1, "weekends_of": 2}, {"history": LAST_NIGHTS}, "weekends worked of 2"),
        ({"max_nights": 0}, {}, "more than 0 nights in a row"),
        ({"days_off_after_nights": 7}, {}, "days off after the night of"),
        ({"forward_minutes": -60}, {}, "back in the day"),
        ({"forbidden_next": (("early", "early"), ("night", "night"), ("late", "late"))}, {}, "after early on"),
        ({}, {"pattern_week": 2}, "the pattern says"),
        ({}, {"locks": (Lock(date(2026, 3, 3), off=True),)}, "not as locked"),
        ({}, {"latest": 20 * 60}, "outside their own hours"),
        ({}, {"history": LAST_NIGHTS}, "more than 6 days in a row"),
    ],
)
def test_a_stricter_rota_is_found_to_be_broken(
    planned: Callable[[str], Planned], contract: dict[str, object], agent: dict[str, object], said: str
) -> None:
    found = planned("round_the_clock")
    rows = roster_csv.read(found.run.path / "roster.csv")
    assert roster_csv.faults(rows, found.scenario) == []
    assert any(said in fault for fault in roster_csv.faults(rows, twisted(found.scenario, contract, agent)))


def test_the_next_plan_goes_on_from_the_roster_of_the_last(planned: Callable[[str], Planned], tmp_path: Path) -> None:
    last = planned("round_the_clock")
    later = last.scenario.axis.start + timedelta(days=last.scenario.axis.days)
    text = f'base = "{bundled()["round_the_clock"].as_posix()}"\n[plan]\nstart = {later}\n'
    text += f'[centre]\nname = "Later"\nworked = "{(last.run.path / "roster.csv").as_posix()}"\n[run]\nreplications = 2\neffort = 0.1\n'
    (tmp_path / "later.toml").write_text(text, encoding="utf-8")
    loaded = load(tmp_path / "later.toml")
    worked = {(row.agent, row.day) for row in roster_csv.read(last.run.path / "roster.csv")}
    assert {(agent.name, past.day) for agent in loaded.scenario.workforce.agents for past in agent.history} == worked
    run = read_run(plan_into(loaded, tmp_path / "later", force=False).out)
    rows = roster_csv.read(run.path / "roster.csv")
    assert rows
    assert roster_csv.faults(rows, loaded.scenario) == []

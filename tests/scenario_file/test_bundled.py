"""The bundled scenarios: they load, they load again from what was resolved, and they are what they say."""

from datetime import date

import pytest

from tests.conftest import SHARED
from wfm.errors import ScenarioError
from wfm.model import Channel
from wfm.scenario_file import Loaded, check, load
from wfm.scenario_file.bundled import bundled

NAMES = ("one_queue", "retail_bank", "retail_bank/cut_training", "bank_workforce", "technion_bank", "round_the_clock")
ELSEWHERE = {"bank_workforce": "bank_calls", "technion_bank": "technion_bank"}


def loaded(name: str) -> Loaded:
    if name in ELSEWHERE and not (SHARED / ELSEWHERE[name]).is_dir():
        pytest.skip(f"the history of {name} is not here")
    return load(bundled()[name])


def test_all_of_them_are_listed():
    assert set(NAMES) == set(bundled())


@pytest.mark.parametrize("name", NAMES)
def test_each_loads_clean(name):
    scenario = loaded(name).scenario
    assert scenario.queues
    assert scenario.workforce.agents


@pytest.mark.parametrize("name", NAMES)
def test_what_was_resolved_loads_to_the_same_from_another_folder(name, tmp_path):
    first = loaded(name)
    copy = tmp_path / "run" / "scenario.toml"
    copy.parent.mkdir()
    copy.write_text(first.resolved, encoding="utf-8")
    again = load(copy)
    assert again.scenario == first.scenario
    assert again.resolved == first.resolved


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_without_its_data_only_the_history_is_at_fault(name, tmp_path):
    folder = bundled()[name].parent
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    faults = check(tmp_path / "scenario.toml")
    assert [fault.place.split(" ")[0] for fault in faults] == ["history.file"]


def test_retail_bank_has_sixty_people_in_three_contracts_and_four_queues():
    scenario = loaded("retail_bank").scenario
    assert len(scenario.workforce.agents) == 60
    assert {agent.contract for agent in scenario.workforce.agents} == {"full_time", "part_time", "evening"}
    assert [queue.channel for queue in scenario.queues] == [Channel.VOICE, Channel.VOICE, Channel.CHAT, Channel.EMAIL]
    assert scenario.axis.dates[0].weekday() == 0
    assert scenario.axis.minutes == 28 * 1440 - 60  # the clocks go forward on the last day


def test_retail_bank_trains_everybody_in_groups_of_eight():
    training = next(a for a in loaded("retail_bank").scenario.workforce.activities if a.name == "product training")
    assert training.hours == 120
    assert [len(group) for group in training.groups()] == [8] * 7 + [4]


def test_cut_training_differs_from_its_base_in_nothing_but_the_training():
    base, cut = loaded("retail_bank").scenario, loaded("retail_bank/cut_training").scenario
    kept = tuple(a for a in base.workforce.activities if a.name != "product training")
    assert cut.workforce.activities == kept
    assert cut.workforce.agents == base.workforce.agents
    assert (cut.queues, cut.calendar, cut.staffing, cut.scheduling) == (base.queues, base.calendar, base.staffing, base.scheduling)


def test_bank_workforce_has_120_people_and_knows_its_missing_days():
    scenario = loaded("bank_workforce").scenario
    assert len(scenario.workforce.agents) == 120
    assert scenario.history is not None
    assert scenario.history.lost == {date(2003, 4, 4), date(2003, 4, 7)}
    assert scenario.calendar.closed == {date(2003, 5, 26), date(2003, 7, 4)}


def test_technion_bank_works_from_sunday_and_has_a_day_of_25_hours():
    scenario = loaded("technion_bank").scenario
    assert [bool(spans) for spans in scenario.queues[0].hours.week] == [True] * 7
    assert scenario.queues[0].hours.week[4:6] == (((420, 840),), ((1140, 1440),))
    assert scenario.axis.minutes == 28 * 1440 + 60


def test_an_unknown_file_is_a_fault(tmp_path):
    with pytest.raises(ScenarioError, match="no such file"):
        load(tmp_path / "nothing.toml")

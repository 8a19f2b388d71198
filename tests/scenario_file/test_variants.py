"""Variants: a file over its base."""

from pathlib import Path

import pytest

from wfm.errors import ScenarioError
from wfm.scenario_file import check, load

SOUND = Path(__file__).with_name("sound.toml")


@pytest.fixture
def write(tmp_path):
    def write(text: str, name: str = "variant.toml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("SOUND", SOUND.as_posix()), encoding="utf-8")
        return path

    return write


def test_a_changed_key_changes_nothing_else(write):
    base = load(SOUND).scenario
    scenario = load(write('base = "SOUND"\n[[queue]]\nname = "calls"\nhandle = "5m"')).scenario
    assert scenario.queues[0].handle_s == 300
    assert scenario.queues[0].patience_s == base.queues[0].patience_s
    assert scenario.queues[1:] == base.queues[1:]
    assert scenario.workforce == base.workforce


def test_a_new_name_is_added(write):
    scenario = load(write('base = "SOUND"\n[[agent]]\nname = "Bob"\ncontract = "full time"\nskills = "all"')).scenario
    assert [agent.name for agent in scenario.workforce.agents][:2] == ["Ann", "Bob"]
    assert scenario.workforce.agents[1].skills == ("calls", "chat")


def test_chains_work_and_the_last_word_counts(write):
    write('base = "SOUND"\n[run]\nseed = 5\npaths = 7', "middle.toml")
    settings = load(write('base = "middle.toml"\n[run]\nseed = 6')).scenario.forecasting
    assert (settings.seed, settings.paths) == (6, 7)


def test_what_is_removed_is_gone(write):
    scenario = load(write('base = "SOUND"\nremove = {activity = ["course"], agent = "all", centre = ["country"]}')).scenario
    assert scenario.workforce.activities == ()
    assert "Ann" not in {agent.name for agent in scenario.workforce.agents}
    assert scenario.calendar.country is None


def test_removed_and_stated_again_is_stated_anew(write):
    text = 'base = "SOUND"\nremove = {queue = ["calls"]}\n[[queue]]\nname = "calls"\ncontacts_per_hour = 1\nhandle = 60'
    assert load(write(text)).scenario.queues[1].patience_s is None


def test_a_circle_over_two_files_is_a_fault(write):
    write('base = "b.toml"', "a.toml")
    assert "circle" in str(check(write('base = "a.toml"', "b.toml"))[0])


def test_a_fault_is_told_where_it_stands(write):
    write('base = "SOUND"\n[[queue]]\nname = "calls"\npriority = 0', "middle.toml")
    (fault,) = check(write('base = "middle.toml"\n[run]\nseed = 6'))
    assert fault.file.endswith("middle.toml")
    assert fault.place == "queue[0].priority (line 4)"


def test_paths_start_at_the_file_that_states_them(write):
    write("name,contract,skills\nCarl,full time,calls chat\n", "staff/people.csv")
    write('base = "SOUND"\nremove = {activity = "all"}\n[centre]\nagents = "people.csv"', "staff/base.toml")
    loaded = load(write('base = "staff/base.toml"\n[run]\nseed = 2'))
    assert loaded.scenario.workforce.agents[0].name == "Carl"
    assert loaded.scenario.workforce.agents[0].skills == ("calls", "chat")
    assert [path.name for path in loaded.files] == ["sound.toml", "base.toml", "people.csv", "variant.toml"]


def test_a_csv_of_agents_replaces_those_of_the_bases_and_can_be_varied_by_name(write):
    write("name,contract,skills\nCarl,full time,calls\nDora,full time,chat\n", "people.csv")
    write('base = "SOUND"\nremove = {activity = "all", group = "all"}\n[centre]\nagents = "people.csv"', "base.toml")
    scenario = load(write('base = "base.toml"\nremove = {agent = ["Carl"]}\n[[agent]]\nname = "Dora"\nskills = "all"')).scenario
    assert [(agent.name, agent.skills) for agent in scenario.workforce.agents] == [("Dora", ("calls", "chat"))]


def test_changes_of_the_caller_come_last_and_are_checked():
    assert load(SOUND, {"run": {"seed": 9}}).scenario.experiment.seed == 9
    assert "seed = 9" in load(SOUND, {"run": {"seed": 9}}).resolved
    with pytest.raises(ScenarioError, match="found -1"):
        load(SOUND, {"run": {"seed": -1}})


def test_a_bom_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SOUND.read_bytes().replace(b"\n", b"\r\n"))
    assert load(path).scenario == load(SOUND).scenario


def test_text_in_another_encoding_is_a_fault(tmp_path):
    path = tmp_path / "latin.toml"
    path.write_bytes('[centre]\nname = "Köln"'.encode("latin-1"))
    assert "not UTF-8" in str(check(path)[0])

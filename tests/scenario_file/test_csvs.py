"""The CSVs beside a scenario."""

from pathlib import Path

import pytest

from wfm.model import Agent
from wfm.scenario_file import check, load

SOUND = Path(__file__).with_name("sound.toml")
HEAD = "name,contract,skills,available\n"


@pytest.fixture
def scenario(tmp_path):
    """A variant of sound.toml whose people come from CSVs with the given bytes."""

    def scenario(agents: str | bytes, time_off: str = "agent,from,to\n") -> Path:
        (tmp_path / "agents.csv").write_bytes(agents if isinstance(agents, bytes) else agents.encode())
        (tmp_path / "off.csv").write_text(time_off, encoding="utf-8")
        path = tmp_path / "scenario.toml"
        csvs = '[centre]\nagents = "agents.csv"\ntime_off = "off.csv"'
        path.write_text(f'base = "{SOUND.as_posix()}"\nremove = {{group = "all", activity = "all"}}\n{csvs}', encoding="utf-8")
        return path

    return scenario


def agents(path: Path) -> tuple[Agent, ...]:
    return load(path).scenario.workforce.agents


def told(path: Path) -> str:
    return "\n".join(map(str, check(path)))


def test_excel_semicolons_a_bom_and_blank_lines_are_read(scenario):
    text = "\ufeffName;Contract;Skills\r\n\r\nAnn;full time;calls|chat\r\n;;\r\nBob;full time;calls\r\n"
    assert [(a.name, a.skills) for a in agents(scenario(text))] == [("Ann", ("calls", "chat")), ("Bob", ("calls",))]


@pytest.mark.parametrize("cell", ["calls|chat", "calls;chat", "calls chat", '"calls, chat"', "all", "calls | chat"])
def test_skills_are_parted_in_several_ways(scenario, cell):
    assert agents(scenario(f"name,contract,skills\nAnn,full time,{cell}\n"))[0].skills == ("calls", "chat")


def test_availability_is_read_per_day(scenario):
    found = agents(scenario(HEAD + "Ann,full time,calls,mon-fri 08:00-18:00\n"))[0].available
    assert found == ((480, 1080),) * 5 + (None, None)


def test_an_empty_list_of_people_is_no_fault(scenario):
    assert agents(scenario(HEAD)) == ()


@pytest.mark.parametrize("off", ["agent,from,to\n", "", "\n \n"])
def test_an_empty_list_of_days_off_says_that_there_are_none(scenario, off):
    (ann,) = agents(scenario(HEAD + "Ann,full time,calls,\n", off))
    assert ann.time_off == frozenset()


def test_time_off_is_clipped_to_the_plan(scenario):
    off = "agent,from,to\nAnn,2026-02-20,2026-03-03\nAnn,2026-03-15,2027-01-01\nAnn,2020-01-01,2020-01-02\n"
    (ann,) = agents(scenario(HEAD + "Ann,full time,calls,\n", off))
    assert sorted(map(str, ann.time_off)) == ["2026-03-02", "2026-03-03", "2026-03-15"]


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("", "agents.csv: found an empty file"),
        ("\n\n", "agents.csv: found an empty file"),
        ("name,contract\nAnn,full time\n", 'line 1: found nothing; expected a column "skills"'),
        ("name,contract,skils\n", 'unknown column "skils"; expected columns name, contract, skills, available, coach (did you mean'),
        ("name,name,contract,skills\n", 'column "name" twice'),
        (HEAD + "Ann,full time,calls,,extra\n", "line 2: found 5 cells; expected at most 4"),
        (HEAD + "Ann,,calls,\n", "line 2, column contract: found an empty cell"),
        (
            HEAD + "Ann,full tme,calls,\n",
            'line 2, column contract: found "full tme"; expected the name of a contract (did you mean "full time"?)',
        ),
        (HEAD + "Ann,full time,cals|chat,\n", 'line 2, column skills: found "cals"'),
        (HEAD + "Ann,full time,calls,weekends\n", 'line 2, column available: found "weekends"'),
        (HEAD + "=HYPERLINK(1),full time,calls,\n", "line 2, column name"),
        (
            HEAD + "Ann,full time,calls,\nBob,full time,calls,\nAnn,full time,chat,\n",
            'line 4, column name: found "Ann"; expected each name once (it stands in line 2',
        ),
        (HEAD + '"Ann,full time,calls,\n', "a row that cannot be read"),
        (HEAD.encode() + b"J\xf6rg,full time,calls,\n", "text that is not UTF-8"),
    ],
)
def test_each_fault_has_its_line(scenario, text, fragment):
    assert fragment in told(scenario(text))


def test_an_unread_list_of_people_does_not_make_their_time_off_a_fault(scenario):
    path = scenario("name,contract\nAnn,full time\n", "agent,from,to\nAnn,2026-03-02,2026-03-03\n")
    assert len(check(path)) == 1


def test_time_off_of_nobody_and_backwards_is_a_fault(scenario):
    off = "agent,from,to\nAnna,2026-03-02,2026-03-03\nAnn,2026-03-05,2026-03-04\nAnn,3.3.2026,2026-03-04\n"
    text = told(scenario(HEAD + "Ann,full time,calls,\n", off))
    assert 'off.csv: line 2, column agent: found "Anna"; expected the name of an agent (did you mean "Ann"?)' in text
    assert "off.csv: line 3, column to" in text
    assert "off.csv: line 4, column from" in text


def test_a_null_byte_or_a_folder_is_a_fault_and_no_traceback(scenario, tmp_path):
    path = scenario(HEAD.encode() + b"A\x00nn,full time,calls,\n")
    assert check(path)
    (tmp_path / "agents.csv").unlink()
    (tmp_path / "agents.csv").mkdir()
    assert "found a folder" in told(path)

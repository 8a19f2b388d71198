"""Malformed scenarios: every fault at once, in plain words, never a traceback. The expected fragments stand at the head of each file."""

from pathlib import Path

import pytest

from wfm.errors import ScenarioError
from wfm.scenario_file import check, load

FOLDER = Path(__file__).with_name("malformed")
CASES = sorted(FOLDER.glob("*.toml"))


def expected(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.removeprefix("# expect: ") for line in lines if line.startswith("# expect: ")]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_fault_is_told(path):
    faults = "\n".join(map(str, check(path)))
    assert expected(path)
    assert [fragment for fragment in expected(path) if fragment not in faults] == [], faults


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_load_raises_what_check_lists(path):
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert caught.value.faults == check(path)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_fault_is_invented_or_told_twice(path):
    """The number of faults, as read through by hand, stands at the end of each file."""
    counted = path.read_text(encoding="utf-8").splitlines()[-1].removeprefix("# faults: ")
    assert len(check(path)) == int(counted)


def test_there_are_many_of_them():
    assert len(CASES) >= 30

"""`wfm import` of files with headers and hours of their own."""

from pathlib import Path

import pandas as pd
import pytest

from tests.cli.conftest import Wfm


@pytest.fixture
def odd(tmp_path: Path) -> str:
    """A week of weekday office hours without a row for 11:00, under headers nobody knows."""
    index = [f"2025-03-{day:02d} {hour:02d}:00" for day in range(3, 8) for hour in range(9, 17) if hour != 11]
    pd.DataFrame({"When it was": index, "Calls In": 10, "Secs": 200}).to_csv(tmp_path / "odd.csv", index=False)
    return "odd.csv"


HOW = ("--timezone", "UTC", "--queue", "calls", "--missing", "lost", "--out", "clean.csv")
COLUMNS = ("--columns", "When it was=interval_start", "--columns", "Calls In=offered", "--columns", "Secs=aht")


def test_headers_of_ones_own_are_named_and_hours_say_which_gaps_are_losses(wfm: Wfm, odd: str, tmp_path: Path) -> None:
    said = wfm("import", odd, *HOW, *COLUMNS, "--open", "mon-fri 09:00-17:00")
    assert said.status == 0, said.err
    table = pd.read_csv(tmp_path / "clean.csv")
    assert table.groupby("state")["interval_start"].size().to_dict() == {"closed": 120 - 40, "lost": 5, "observed": 35}
    assert table["contacts"].sum() == 350


def test_without_hours_the_queue_is_open_round_the_clock(wfm: Wfm, odd: str, tmp_path: Path) -> None:
    assert wfm("import", odd, *HOW, *COLUMNS).status == 0
    assert "closed" not in set(pd.read_csv(tmp_path / "clean.csv")["state"])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [(("--columns", "Calls In"), 'HEADER=FIELD, such as "Calls In=offered"'), (("--open", "someday 9-5"), "--open: found someday 9-5")],
)
def test_what_is_no_pair_and_no_hours_is_refused_in_words(wfm: Wfm, odd: str, wrong: tuple[str, ...], words: str) -> None:
    said = wfm("import", odd, *HOW, *wrong)
    assert said.status == 2
    assert words in said.err

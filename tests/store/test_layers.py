"""The planner's edits on disk."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from wfm.errors import InputError
from wfm.store.layers import add_row, drop_row, layer_csv, read_layer

KEEP = {"day": "2026-01-05", "action": "keep", "author": "Ana", "reason": "a real strike, not an outage"}
MORE = {"day": "2026-03-03", "hours": "09:00-12:00", "action": "times", "value": "1.2", "queue": "calls"}


def test_what_was_added_is_read_back_in_order_and_once(tmp_path):
    path = tmp_path / "edits" / "calls.csv"
    for row in (KEEP, MORE, KEEP):
        add_row(path, row)
    assert read_layer(path) == [KEEP, MORE]
    assert path.read_bytes() == layer_csv([KEEP, MORE])


def test_an_edit_is_taken_back_and_the_others_stay(tmp_path):
    path = tmp_path / "calls.csv"
    add_row(path, KEEP)
    add_row(path, MORE)
    drop_row(path, KEEP)
    drop_row(path, KEEP)
    assert read_layer(path) == [MORE]


def test_a_file_that_is_not_there_holds_nothing(tmp_path):
    assert read_layer(tmp_path / "none.csv") == []


def test_twenty_writers_at_once_lose_nothing(tmp_path):
    path = tmp_path / "calls.csv"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: add_row(path, {**MORE, "value": str(number)}), range(20)))
    assert sorted(int(row["value"]) for row in read_layer(path)) == list(range(20))
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="a place that can be written"):
        add_row(tmp_path / "file" / "calls.csv", KEEP)

"""The history of retail_bank comes from its generator, byte for byte, and holds what the generator promises."""

import csv
import importlib.util
from collections import defaultdict
from datetime import date, datetime

import pytest

from wfm.scenario_file import load
from wfm.scenario_file.bundled import bundled

FOLDER = bundled()["retail_bank"].parent
FILE = FOLDER / "history.csv"


@pytest.fixture(scope="module")
def generator():
    spec = importlib.util.spec_from_file_location("make_history", FOLDER / "make_history.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rows():
    with FILE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_generator_makes_the_same_bytes(generator):
    assert FILE.read_bytes() == generator.text().encode()
    assert FILE.stat().st_size < 3_000_000


def test_it_ends_on_the_day_before_the_plan_and_has_26_weeks(rows):
    days = {date.fromisoformat(row["interval_start"][:10]) for row in rows}
    scenario = load(bundled()["retail_bank"]).scenario
    assert (scenario.axis.start - min(days)).days == 26 * 7
    assert max(days) < scenario.axis.start


def test_every_row_lies_inside_opening_hours_and_outside_closures(rows):
    scenario = load(bundled()["retail_bank"]).scenario
    hours = {queue.name: queue.hours.week for queue in scenario.queues}
    for row in rows:
        stamp = datetime.fromisoformat(row["interval_start"])
        minute = stamp.hour * 60 + stamp.minute
        assert stamp.date() not in scenario.calendar.closed
        assert any(begin <= minute < end for begin, end in hours[row["queue"]][stamp.weekday()])


def test_only_the_outage_lacks_rows_inside_opening_hours(rows):
    scenario = load(bundled()["retail_bank"]).scenario
    found = defaultdict(int)
    for row in rows:
        found[row["queue"], date.fromisoformat(row["interval_start"][:10])] += 1
    gaps = set()
    for queue in scenario.queues:
        for day in {day for _, day in found}:
            expected = sum(end - begin for begin, end in queue.hours.week[day.weekday()]) // 15
            if expected != found[queue.name, day]:
                gaps.add(day)
    assert gaps == scenario.history.lost


def test_nobody_is_handled_who_did_not_come(rows):
    assert all(0 <= int(row["handled"]) <= int(row["offered"]) for row in rows)
    assert all((row["aht_s"] == "") == (row["handled"] == "0") for row in rows)

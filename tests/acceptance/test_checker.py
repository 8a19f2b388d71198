"""The independent checker finds what is planted in a sound roster."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.acceptance import roster_csv
from tests.acceptance.conftest import Planned
from tests.acceptance.roster_csv import Row

Twist = Callable[[list[Row]], list[Row]]


def later(rows: list[Row], minutes: int) -> list[Row]:
    shift = timedelta(minutes=minutes)
    return [replace(row, start=row.start + shift, end=row.end + shift) for row in rows]


def first_shift(rows: list[Row]) -> list[Row]:
    return [row for row in rows if (row.agent, row.day) == (rows[0].agent, rows[0].day)]


def without(rows: list[Row], gone: list[Row]) -> list[Row]:
    return [row for row in rows if row not in gone]


@pytest.mark.parametrize(
    ("twist", "said"),
    [
        (lambda rows: [*without(rows, first_shift(rows)), *later(first_shift(rows), 15)], "fits no shift template"),
        (lambda rows: [replace(rows[0], queues=("chat",)), *rows[1:]], "without the skill"),
        (lambda rows: [replace(row, agent="nobody") if row == rows[0] else row for row in rows], "nobody"),
        (lambda rows: [replace(rows[0], end=rows[0].end - timedelta(minutes=15)), *rows[1:]], "gap|template"),
        (lambda rows: without(rows, first_shift(rows)), "at least"),
    ],
)
def test_a_planted_fault_is_found(planned: Callable[[str], Planned], twist: Twist, said: str) -> None:
    found = planned("one_queue")
    rows = roster_csv.read(found.run.path / "roster.csv")
    scenario = found.scenario
    contracts = tuple(replace(c, min_hours_week=c.max_hours_week) for c in scenario.workforce.contracts)
    scenario = replace(scenario, workforce=replace(scenario.workforce, contracts=contracts))
    assert roster_csv.faults(rows, scenario) == []
    try:
        faults = roster_csv.faults(twist(rows), scenario)
    except KeyError as unknown:  # somebody who is not in the scenario at all
        faults = [f"{unknown} is nobody"]
    assert any(part in fault for fault in faults for part in said.split("|")), faults


def test_a_cancelled_training_hour_is_found(planned: Callable[[str], Planned]) -> None:
    found = planned("retail_bank")
    rows = roster_csv.read(found.run.path / "roster.csv")
    session = next(row for row in rows if row.activity == "product training")
    worked = [replace(row, activity="work", queues=("calls_de",)) if row == session else row for row in rows]
    assert any("product training has 0 of 120 minutes" in fault for fault in roster_csv.faults(worked, found.scenario))

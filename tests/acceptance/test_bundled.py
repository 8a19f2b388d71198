"""Every bundled scenario, from its history to its run folder, and its roster.csv against an independent checker."""

from collections.abc import Callable

import pytest

from tests.acceptance import roster_csv
from tests.acceptance.conftest import Planned

OWN = ["one_queue", "retail_bank", "retail_bank/cut_training", "round_the_clock"]
REAL = ["bank_workforce", "technion_bank"]
Plan = Callable[[str], Planned]


@pytest.fixture(params=[*OWN, *REAL])
def found(request: pytest.FixtureRequest, planned: Plan) -> Planned:
    if request.param in REAL:
        request.getfixturevalue("shared_data")
    return planned(request.param)


def test_the_roster_keeps_every_rule_and_every_training_hour(found: Planned) -> None:
    rows = roster_csv.read(found.run.path / "roster.csv")
    assert rows
    assert roster_csv.faults(rows, found.scenario) == []


def test_the_ledger_owes_nothing(found: Planned) -> None:
    demanded = sum(activity.hours for activity in found.scenario.workforce.activities)
    assert sum(row.delivered for row in found.run.measured.ledger) == pytest.approx(demanded)
    assert sum(row.owed + row.cancelled for row in found.run.measured.ledger) == 0


def test_the_bound_lies_below_the_price_and_above_nothing(found: Planned) -> None:
    solver = found.run.manifest["solver"]
    assert 0 < solver["bound"] <= solver["objective"] * (1 + 1e-9)
    assert sum(solver["cost_parts"].values()) == pytest.approx(solver["objective"])


def test_shortfalls_are_what_intervals_csv_lacks(found: Planned) -> None:
    lacking = found.run.frame("intervals")["missing"].sum() * found.scenario.axis.step_minutes / 60
    assert sum(row.agent_hours for row in found.run.measured.shortfalls) == pytest.approx(lacking, abs=1e-3)


def test_every_contact_has_an_end(found: Planned) -> None:
    days = found.run.replications
    assert (days["offered"] - days["answered"] - days["abandoned"] - days["unanswered"]).abs().max() == 0
    assert days["offered"].sum() > 0

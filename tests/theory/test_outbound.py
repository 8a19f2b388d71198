"""An outbound list worked while more than so many agents are free, from a scenario file, against the exact blend."""

from pathlib import Path

import pytest

from tests.theory.test_journeys import outcome_of, ratio, sums
from wfm.queueing.blend import evaluate_blend

TEXT = """
[[queue]]
name = "calls"
handle = "4m"
patience = "3m"
contacts_per_hour = 90

[[queue]]
name = "list"
channel = "email"
handle = "4m"
contacts_per_hour = 0
backlog = 40_000
keep_free = {reserve}
priority = 2

[[group]]
name = "agents"
count = 10
contract = "any"
skills = ["calls", "list"]
on_duty = {{"00:00-24:00" = 10}}
"""


@pytest.mark.parametrize("reserve", [0, 2])
def test_agents_who_dial_while_more_than_so_many_are_free_make_the_exact_number_of_calls(tmp_path: Path, reserve: int):
    outcome = outcome_of(tmp_path, TEXT.format(reserve=reserve))
    exact = evaluate_blend(calls=90, interval_s=3600, aht_s=240, agents=10, reserve=reserve, patience=180.0)
    found, error = ratio(sums(outcome, "abandoned", 0), sums(outcome, "offered", 0))
    assert abs(found - exact.measures.p_abandon) < 4 * error < 0.02
    found, error = ratio(sums(outcome, "wait_s", 0), sums(outcome, "offered", 0))
    assert abs(found - exact.measures.asa_all) < 4 * error < 3
    measured_s = outcome.present_s.sum(axis=1) / 10
    dialled, error = ratio(sums(outcome, "busy_s", 1) / 240, measured_s / 3600)
    assert abs(dialled - exact.outbound_calls) < 4 * error < 0.5

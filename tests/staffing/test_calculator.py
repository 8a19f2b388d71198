"""The calculator's table."""

import pytest

from wfm.model import ServiceLevel, Target
from wfm.queueing import agents_needed, evaluate
from wfm.staffing import calculator

QUESTION = (100, 1800, 180, Target(0.8, 20))


def test_the_table_runs_from_three_fewer_to_three_more_and_marks_the_need():
    rows = calculator(*QUESTION, patience_s=120)
    assert [row.agents for row in rows] == list(range(9, 16))
    assert [row.agents for row in rows if row.needed] == [12]
    assert rows[3].sl_offered >= 0.8 > rows[2].sl_offered


def test_the_textbook_case_of_erlang_c_needs_14_agents():
    rows = calculator(*QUESTION)
    needed = next(row for row in rows if row.needed)
    assert needed.agents == 14
    assert (round(needed.sl_offered, 3), round(needed.asa_s, 1), round(needed.occupancy, 3)) == (0.888, 7.8, 0.714)
    assert rows[0].asa_s > rows[-1].asa_s


def test_every_figure_is_that_of_evaluate():
    for row in calculator(*QUESTION, patience_s=60):
        found = evaluate("A", calls=100, interval_s=1800, aht_s=180, agents=row.agents, patience_s=60)
        assert (row.sl_answered, row.sl_virtual, row.p_abandon) == pytest.approx((found.sl_answered, found.sl_virtual, found.p_abandon))
        assert (row.asa_s, row.sl_abandons_met) == pytest.approx((found.wait_served, found.sl_abandons_met))


def test_the_targets_definition_and_occupancy_cap_decide_the_need():
    target = Target(0.8, 20, ServiceLevel.ANSWERED, max_occupancy=0.7)
    needed = next(row.agents for row in calculator(100, 1800, 180, target, 120) if row.needed)
    assert needed == agents_needed(
        "A", calls=100, interval_s=1800, aht_s=180, patience_s=120, sl_target=0.8, sl_definition="answered", max_occupancy=0.7
    )


def test_nothing_to_do_needs_nobody_and_shows_no_negative_agents():
    rows = calculator(0, 1800, 180, Target())
    assert [row.agents for row in rows] == [0, 1, 2, 3]
    assert rows[0].needed


@pytest.mark.parametrize(("calls", "aht_s", "name"), [(-1, 180, "calls"), (float("nan"), 180, "calls"), (1, float("inf"), "aht_s")])
def test_a_bad_number_is_named(calls, aht_s, name):
    with pytest.raises(ValueError, match=name):
        calculator(calls, 1800, aht_s, Target())

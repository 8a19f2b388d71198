import json
import math
from dataclasses import replace

import numpy as np
import pytest

from tests.report.made import MAIL, TEAM, outcome, result, silent_outcome, solved
from tests.samples import CALLS
from wfm.model import Result
from wfm.report import RunFigures, compare, run_figures, summarise
from wfm.report.figures import comparison_chart


def figures(name: str = "base", seed: int | None = 1, **twists) -> RunFigures:
    return replace(run_figures(name, result(), seed, "EUR"), **twists)


def better(run: RunFigures, share: float) -> RunFigures:
    """The same simulated days, on which a share of the contacts answered late are answered in time."""
    totals = run.totals.copy()
    gained = np.floor((totals["answered"] - totals["answered_in_target"]) * share)
    totals["answered_in_target"] += gained
    totals["in_target"] += gained
    return replace(run, totals=totals)


def test_a_run_against_itself_shows_no_difference():
    found = compare([figures(), figures("again")])
    assert {row.verdict(1) for row in found.rows} == {"same"}
    assert found.flags == found.notes == ()


def test_runs_that_met_other_contacts_are_told_so():
    other = figures("busier")
    found = compare([figures(), replace(other, totals=other.totals.assign(offered=other.totals["offered"] * 2))])
    assert [note for note in found.notes if "other contacts arrive than in base" in note and "busier" in note]


def test_the_paired_difference_is_the_t_interval_over_replications():
    first = figures()
    other = better(first, 0.5)
    row = compare([first, replace(other, name="better")]).find("service_level", "calls")
    per_run = [run.totals[run.totals["queue"] == "calls"].groupby("replication")[["in_target", "counted"]].sum() for run in (first, other)]
    tops, bottom = [sums["in_target"].to_numpy() for sums in per_run], per_run[0]["counted"].to_numpy()
    value = (tops[1].sum() - tops[0].sum()) / bottom.sum()
    errors = ((tops[1] - tops[0]) - value * bottom) / bottom.mean()
    half = 2.5705818 * errors.std(ddof=1) / math.sqrt(6)  # t 0.975 with 5 degrees of freedom, from tables
    told = row.differences[1]
    assert (told.value, told.low, told.high) == pytest.approx((value, value - half, value + half))
    assert row.verdict(1) == "more"


def test_pairing_makes_the_interval_narrower_than_independent_runs():
    first = figures()
    other = replace(better(first, 0.1), name="better")
    paired = compare([first, other]).find("service_level").differences[1]
    alone = compare([first, replace(other, seed=2)])
    loose = alone.find("service_level").differences[1]
    assert paired.value == loose.value
    assert paired.high - paired.low < 0.5 * (loose.high - loose.low)
    assert alone.notes == ("compared with base as independent runs: better (another seed)",)
    assert (compare([first, other]).paired, alone.paired, alone.document()["independent"]) == (True, False, ["better"])


def test_noise_alone_is_told_as_no_difference_shown():
    other = run_figures("noise", result(seed=9), 1, "EUR")
    assert compare([figures(), other]).find("service_level").verdict(1) == "no difference shown"


def test_runs_of_different_length_meet_on_the_replications_both_have():
    told = outcome(9)
    longer = Result(result().forecast, solved().required, solved(), told, summarise(told, solved(), "EUR"))
    found = compare([figures(), run_figures("longer", longer, 1, "EUR")])
    assert "first 6 replications" in found.notes[0]
    assert len(found.find("service_level").values) == 2


def cut(run: RunFigures) -> RunFigures:
    return replace(run, name="cut", ledger=())


def test_a_scenario_that_saves_money_by_cutting_training_is_flagged_in_plain_words():
    (flag,) = compare([figures(), replace(cut(figures()), cost=1400.0)]).flags
    assert flag.run == "cut"
    assert "100.0 EUR less cost" in flag.text
    assert "2.0 fewer training hours are demanded" in flag.text
    assert flag.text.endswith("it gains by cutting training.")


def test_a_scenario_with_better_service_and_less_training_is_flagged():
    (flag,) = compare([figures(), better(cut(figures()), 0.5)]).flags
    assert "points more service level" in flag.text


def test_training_demanded_but_not_delivered_counts_as_cut():
    lost = tuple(replace(row, delivered=0.0, cancelled=2.0) for row in figures().ledger)
    (flag,) = compare([figures(), replace(figures("lost"), ledger=lost, paid_hours=70.0)]).flags
    assert "2.0 fewer training hours are delivered" in flag.text
    assert "demanded" not in flag.text


@pytest.mark.parametrize(
    "other", [cut(figures()), figures("cheap", cost=1000.0), better(figures("good"), 0.5)], ids=["no gain", "cheaper", "better"]
)
def test_less_training_without_gain_and_gain_without_less_training_are_not_flagged(other):
    assert compare([figures(), other]).flags == ()


def test_more_people_and_less_training_is_no_gain():
    assert compare([figures(), replace(cut(figures()), cost=2000.0, paid_hours=100.0)]).flags == ()


def test_rows_tell_service_waits_abandonment_hours_cost_and_training():
    found = compare([figures(), figures("b"), figures("c", cost=1.0)])
    names = {row.measure for row in found.rows}
    assert {
        "service_level",
        "asa_s",
        "mean_wait_s",
        "waiting_over_120s",
        "abandonment",
        "paid_hours",
        "cost",
        "training_delivered_hours",
    } <= names
    assert found.find("cost").unit == "EUR"
    assert [found.find("cost").verdict(i) for i in range(3)] == ["same", "same", "less"]


def test_runs_of_one_name_are_told_apart():
    assert compare([figures("a"), figures("a"), figures("b")]).runs == ("a", "a (2)", "b")


def test_queues_that_only_one_run_has_are_named():
    told = outcome(queues=(CALLS, MAIL))
    wide = replace(result(), outcome=told)
    found = compare([figures(), run_figures("wide", wide, 1, "EUR")])
    assert any("mail" in note for note in found.notes)
    assert {row.queue for row in found.rows} == {"", "calls"}


def test_the_document_is_strict_json_even_with_one_replication():
    told = outcome(1)
    one = run_figures("one", Result(result().forecast, solved().required, solved(), told, summarise(told, solved())), 1)
    document = json.loads(json.dumps(compare([one, replace(one, name="two")]).document(), allow_nan=False))
    row = next(row for row in document["rows"] if row["measure"] == "service_level")
    assert row["values"][0]["low"] is None
    assert row["verdicts"] == ["same", "no difference shown"]


def test_the_table_has_a_line_for_each_measure_and_run():
    found = compare([figures(), figures("b")])
    table = found.table()
    assert len(table) == 2 * len(found.rows)
    assert (table.loc[table["run"] == "base", "difference"] == 0).all()


def test_nothing_to_compare_is_refused():
    with pytest.raises(ValueError, match="nothing"):
        compare([])


def test_the_workforce_of_the_samples_really_has_training():
    assert TEAM.activities
    assert figures().training_planned_hours == 2.0


def moved(run: RunFigures, days: int) -> RunFigures:
    later = [str(np.datetime64(day) + days) if day else "" for day in run.totals["day"]]
    return replace(run, totals=run.totals.assign(day=later))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (moved(figures(), 7), "other dates or another time zone"),
        (figures(timezone="America/New_York"), "other dates or another time zone"),
        (run_figures("base", result(seed=9), 1, "EUR"), "all their contacts differ"),
    ],
    ids=["dates", "zone", "contacts"],
)
def test_runs_of_one_seed_on_other_days_are_independent_and_named_apart(other, why):
    found = compare([figures(), other])
    assert not found.paired
    assert f"compared with base as independent runs: base (2) ({why})" in found.notes


def test_runs_of_which_one_queue_gets_other_contacts_still_share_their_days():
    told = outcome(queues=(CALLS, replace(CALLS, name="chat")))
    first = run_figures("base", replace(result(), outcome=told), 1)
    chat = first.totals["queue"] == "chat"
    other = replace(first, name="busier", totals=first.totals.assign(offered=first.totals["offered"] * np.where(chat, 2, 1)))
    found = compare([first, other])
    assert found.paired
    assert any("other contacts arrive than in base" in note for note in found.notes)


def test_a_few_contacts_who_call_again_leave_the_runs_paired():
    first = figures()
    again = first.totals["offered"] + np.where(first.totals["offered"] > 0, np.arange(len(first.totals)) % 3, 0)
    assert compare([first, replace(first, name="again", totals=first.totals.assign(offered=again))]).paired


def test_hours_above_the_requirement_stand_beside_the_hours_short_unless_no_run_knows_them():
    found = compare([figures(), figures("b")])
    assert found.find("under_cover_hours").label == "Agent-hours short"
    assert found.find("over_cover_hours").values[0].value == figures().over_cover_hours
    unknown = compare([figures(over_cover_hours=math.nan)] * 2)
    assert "over_cover_hours" not in {row.measure for row in unknown.rows}


def test_a_plan_of_other_days_is_not_accused_of_cutting_training():
    run = replace(cut(figures()), cost=1400.0)
    elsewhere = replace(run, totals=run.totals.assign(day=run.totals["day"].map(lambda day: f"later than {day}")))
    assert compare([figures(), run]).flags
    assert compare([figures(), elsewhere]).flags == ()


def test_a_run_to_which_nobody_came_has_no_figure_for_service_or_waits():
    quiet = run_figures("quiet", replace(result(), outcome=(silent := silent_outcome(6)), summary=summarise(silent, solved())), 1)
    found = compare([figures(), quiet])
    for name in ("service_level", "day_meets_target", "asa_s", "abandonment"):
        row = found.find(name, "calls")
        assert [found.says_nothing(row, run) for run in (0, 1)] == [False, True]
    for name, queue in (("offered", "calls"), ("occupancy", ""), ("cost", "")):
        assert not found.says_nothing(found.find(name, queue), 1)
    assert all(trace.y[1] is None for trace in comparison_chart(found).data)

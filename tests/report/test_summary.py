from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.report.made import COURSE, MAIL, TEAM, outcome, roster, silent_outcome, solved
from tests.samples import AXIS, CALLS, MONDAY, OFFICE, flat_requirement
from wfm.model import Activity, ActivityKind, Outcome, Roster, ServiceLevel, Target, TimeAxis
from wfm.report import measures, summarise
from wfm.report.daily import service_by_day
from wfm.report.service import DEFINITIONS
from wfm.report.shortfall import shortfalls
from wfm.report.totals import ADDITIVE, day_totals
from wfm.report.training import ledger
from wfm.report.words import figure, verdict


def named(found, name, queue=""):
    return next(m for m in found if (m.name, m.queue) == (name, queue))


def test_the_five_service_levels_of_the_published_example():
    # A 1000, B 60, answered in time 860, abandoned in time 20: 83.0, 86.0, 81.1 and 82.7 % by definition alone
    columns = {
        "offered": np.array([1060.0]),
        "answered": np.array([1000.0]),
        "answered_in_target": np.array([860.0]),
        "abandoned_in_target": np.array([20.0]),
        "virtual_in_target": np.array([870.0]),
    }
    share = {meaning: float((d.top(columns) / d.bottom(columns))[0]) for meaning, d in DEFINITIONS.items()}
    assert round(share[ServiceLevel.ABANDONS_MET], 3) == 0.830
    assert round(share[ServiceLevel.ANSWERED], 3) == 0.860
    assert round(share[ServiceLevel.OFFERED], 3) == 0.811
    assert round(share[ServiceLevel.ABANDONS_EXCLUDED], 3) == 0.827
    assert share[ServiceLevel.VIRTUAL] == pytest.approx(870 / 1060)


def test_every_definition_has_a_measure_for_the_centre_and_the_queue():
    found = measures(outcome())
    for meaning in ServiceLevel:
        assert named(found, f"service_level_{meaning}").definition == DEFINITIONS[meaning].words
        assert named(found, f"service_level_{meaning}", "calls").unit == "share"


def test_the_queues_own_service_level_follows_its_target_definition():
    told = outcome(queues=(replace(CALLS, target=Target(0.8, 20, ServiceLevel.ANSWERED)),))
    found = measures(told)
    assert named(found, "service_level", "calls").value == named(found, "service_level_answered", "calls").value
    assert "answered" in named(found, "service_level", "calls").definition


def test_waits_are_ratios_of_sums():
    told = outcome()
    found = measures(told)
    assert named(found, "asa_s", "calls").value == pytest.approx(told.wait_answered_s.sum() / told.answered.sum())
    assert named(found, "mean_wait_s", "calls").value == pytest.approx(told.wait_s.sum() / told.offered.sum())


def test_shares_of_long_waits_come_from_the_wait_counts_and_shrink_with_the_edge():
    counts = np.zeros((2, 1, 6))
    counts[:, 0] = [50, 20, 15, 8, 5, 2]
    found = measures(replace(outcome(2), wait_counts=counts))
    shares = [named(found, f"waiting_over_{edge}s", "calls").value for edge in (20, 60, 120, 300, 600)]
    assert shares == pytest.approx([0.50, 0.30, 0.15, 0.07, 0.02])


def test_occupancy_is_busy_over_present_and_stands_for_the_centre_only():
    told = outcome()
    found = measures(told)
    assert named(found, "occupancy").value == pytest.approx(told.busy_s.sum() / told.present_s.sum())
    assert not [m for m in found if m.name == "occupancy" and m.queue]


def test_a_centre_where_nobody_calls_meets_everything_and_waits_for_nothing():
    found = measures(silent_outcome())
    assert named(found, "service_level").value == named(found, "day_meets_target").value == 1.0
    assert all(named(found, name).value == 0.0 for name in ("asa_s", "mean_wait_s", "abandonment", "unanswered", "occupancy", "offered"))
    assert all(np.isfinite([m.value, m.high]).all() for m in found)


def test_closed_days_and_weekends_are_no_chance_to_meet_the_target():
    assert day_totals(silent_outcome(2))["days_open"].groupby(day_totals(silent_outcome(2))["queue"]).sum().to_dict() == {
        "": 10,
        "calls": 10,
    }
    closed = day_totals(silent_outcome(2), {MONDAY})
    assert closed.loc[closed["queue"] == "calls", "days_open"].sum() == 8


def test_the_centres_day_meets_its_target_only_when_every_queue_does():
    good = replace(CALLS, name="good", target=Target(0.01, 20))
    bad = replace(CALLS, name="bad", target=Target(0.99, 20))
    found = measures(outcome(queues=(good, bad)))
    assert named(found, "day_meets_target", "good").value == 1.0
    assert named(found, "day_meets_target", "bad").value == named(found, "day_meets_target").value == 0.0


def test_mail_has_a_due_time_and_stays_out_of_the_centres_waits():
    told = outcome(queues=(CALLS, MAIL))
    found = measures(replace(told, wait_answered_s=told.wait_answered_s * np.array([1, 1000])[None, :, None]))
    assert named(found, "service_level", "mail").definition.startswith("within due time")
    assert named(found, "asa_s").value == named(found, "asa_s", "calls").value == 20
    assert named(found, "offered").value == pytest.approx(told.offered.sum() / told.replications)


def test_a_centre_with_mail_only_reports_its_mail():
    found = measures(outcome(queues=(MAIL,)))
    assert named(found, "service_level").value == named(found, "service_level", "mail").value < 1


def test_the_mean_over_queues_is_weighted_by_contacts():
    small, large = outcome(load=1), outcome(load=50)
    both = outcome(queues=(CALLS, replace(CALLS, name="large")))
    stacked = {
        name: np.concatenate([getattr(small, name), getattr(large, name)], axis=1)
        for name in both.__dataclass_fields__
        if name not in ("axis", "queues", "present_s", "volume") and isinstance(getattr(small, name), np.ndarray)
    }
    found = measures(replace(both, **stacked))
    total = small.answered_in_target.sum() + large.answered_in_target.sum()
    assert named(found, "service_level").value == pytest.approx(total / (small.offered.sum() + large.offered.sum()))


def test_day_totals_lose_no_contact_on_days_of_23_and_25_hours():
    for start in (date(2026, 3, 28), date(2026, 10, 24)):
        axis = TimeAxis(start, 3, 15, "Europe/Berlin")
        told = outcome(axis=axis, queues=(replace(CALLS, hours=OFFICE.always()),))
        totals = day_totals(told)
        assert totals["offered"].sum() == told.offered.sum()
        assert totals["present_s"].sum() == pytest.approx(told.present_s.sum())
        assert set(ADDITIVE) < set(totals.columns)


def test_hours_and_cost_are_exact_and_read_from_the_roster():
    found = summarise(outcome(), solved(), "EUR")
    cost = found.find("cost")
    assert found.find("paid_hours").value == 10 * 7.5
    assert (cost.value, cost.low, cost.high, cost.unit) == (1500.0, 1500.0, 1500.0, "EUR")
    assert found.find("solver_gap").value == pytest.approx(0.05)


def test_the_shortfalls_add_up_to_the_under_cover_and_the_greatest_comes_first():
    found = summarise(outcome(), solved())
    hours = [run.agent_hours for run in found.shortfalls]
    assert sum(hours) == pytest.approx(found.find("under_cover_hours").value) == pytest.approx(2 * 0.5 * 5 + 2)
    assert hours == sorted(hours, reverse=True)
    first = found.shortfalls[0]
    assert (first.start, first.end, first.missing) == ("2026-03-03T10:00+01:00", "2026-03-03T11:00+01:00", 2.0)


def test_a_requirement_that_is_met_has_no_shortfall_even_for_the_last_interval():
    free = replace(solved(), required=flat_requirement(0))
    assert shortfalls(free) == ()
    tail = np.zeros((1, AXIS.n_intervals))
    tail[0, -1] = 3
    short = shortfalls(replace(solved(), required=replace(flat_requirement(0), rostered=tail)))
    assert [(run.start, run.end, run.agent_hours) for run in short] == [("2026-03-08T23:45+01:00", "2026-03-09T00:00+01:00", 0.75)]


def test_training_in_the_roster_is_delivered():
    (row,) = ledger(TEAM, roster())
    assert (row.planned, row.delivered, row.cancelled, row.owed) == (2.0, 2.0, 0.0, 0.0)


def test_training_that_its_window_no_longer_allows_is_cancelled_and_otherwise_owed():
    later = replace(COURSE, name="later", latest=date(2026, 3, 30))
    rows = {row.activity: row for row in ledger(replace(TEAM, activities=(COURSE, later)), Roster(AXIS, ()))}
    assert (rows["course"].cancelled, rows["course"].owed) == (2.0, 0.0)
    assert (rows["later"].cancelled, rows["later"].owed) == (0.0, 2.0)


def test_an_hour_too_many_for_one_does_not_hide_what_another_lacks():
    placed = roster()
    twice = [shift for shift in placed.shifts if shift.agent == "ann"]
    (row,) = ledger(TEAM, Roster(AXIS, (*twice, *(replace(shift, day=shift.day) for shift in twice if shift.day == 1))))
    assert (row.delivered, row.cancelled) == (2.0, 1.0)


def test_meetings_are_in_the_ledger_but_are_no_training():
    meeting = Activity("meeting", ActivityKind.MEETING, 30, ("ann",), MONDAY, MONDAY)
    found = summarise(outcome(), solved(workforce=replace(TEAM, activities=(COURSE, meeting))))
    assert found.find("training_planned_hours").value == found.find("training_delivered_hours").value == 2.0
    assert len(found.ledger) == 2


def test_agents_above_the_requirement_are_told_in_hours():
    found = summarise(outcome(), solved(need=0))
    assert found.find("over_cover_hours").value == found.find("over_cover_hours", "calls").value == pytest.approx(2 * 7.5 * 5 - 2)
    assert summarise(outcome(), solved(need=5)).find("over_cover_hours").value == 0.0


def nobody_served(definition: ServiceLevel = ServiceLevel.ANSWERED) -> Outcome:
    """Everybody gives up at once or waits for ever; nobody is answered."""
    found = outcome(queues=(replace(CALLS, target=Target(0.8, 20, definition)),))
    none = np.zeros_like(found.answered)
    return replace(
        found,
        answered=none,
        answered_in_target=none,
        wait_answered_s=none,
        abandoned=found.offered,
        abandoned_in_target=found.offered,
        unanswered=none,
    )


@pytest.mark.parametrize("definition", [ServiceLevel.ANSWERED, ServiceLevel.ABANDONS_EXCLUDED])
def test_where_contacts_come_and_none_counts_the_service_level_is_undefined_and_no_day_meets_it(definition):
    told = nobody_served(definition)
    found = measures(told)
    level = named(found, "service_level", "calls")
    assert np.isnan([level.value, level.low, level.high, named(found, "asa_s").value]).all()
    assert (figure(level.value, "share"), verdict(level, 0.8)) == ("–", "undefined")
    assert named(found, "day_meets_target", "calls").value == named(found, "day_meets_target").value == 0.0
    days = service_by_day(told, "calls")
    assert np.isnan(days.value[:5]).all()
    assert (days.met[:5] == 0).all()

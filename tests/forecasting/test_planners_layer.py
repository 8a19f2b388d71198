"""Events, edits and decisions about the history, through the verb."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from tests.forecasting.histories import CALLS, OFFICE, after, axis_of, busy, history_of, settings_of
from wfm.errors import HistoryError, ScenarioError
from wfm.forecasting import backtest, forecast
from wfm.model import Calendar, Edit, Event, History, Queue

AXIS = axis_of(12)
COUNTS = busy(AXIS, per_hour=300, day_sd=0.03)
HISTORY = history_of(AXIS, COUNTS)
AHEAD = after(HISTORY)
PLAIN = forecast(HISTORY, AHEAD, settings_of(paths=400))
TUESDAY = AHEAD.dates[1]
OUTAGE_DAY = 12 * 7 - 5


def whole(day: date, action: str, value: float = 0.0, queue: str = "") -> Edit:
    midnight = datetime(day.year, day.month, day.day)
    return Edit(midnight, midnight + timedelta(days=1), action, value, "Ana", "campaign", queue)


def with_edits(*edits: Edit, history: History = HISTORY, **changes):
    return forecast(history, AHEAD, settings_of(edits=edits, paths=400, **changes))


@pytest.mark.parametrize(
    ("action", "value", "total"), [("set", 900.0, lambda t: 900), ("times", 1.2, lambda t: 1.2 * t), ("plus", -100.0, lambda t: t - 100)]
)
def test_the_day_meets_the_edit_in_mean_and_paths_and_no_other_number_moves(action, value, total):
    predicted = with_edits(whole(TUESDAY, action, value))
    tuesday = AHEAD.day == 1
    wanted = total(PLAIN.mean[0, tuesday].sum())
    assert predicted.mean[0, tuesday].sum() == pytest.approx(wanted)
    ratio = predicted.paths[:, 0, tuesday].sum() / PLAIN.paths[:, 0, tuesday].sum()
    assert ratio == pytest.approx(wanted / PLAIN.mean[0, tuesday].sum(), rel=0.005)
    assert np.array_equal(predicted.paths[:, :, ~tuesday], PLAIN.paths[:, :, ~tuesday])
    assert np.array_equal(predicted.mean[:, ~tuesday], PLAIN.mean[:, ~tuesday])
    assert any("edited" in note and "by Ana: campaign" in note for note in predicted.notes)


def test_an_edit_of_some_hours_leaves_the_rest_of_the_day():
    ten, noon = (datetime(TUESDAY.year, TUESDAY.month, TUESDAY.day, hour) for hour in (10, 12))
    predicted = with_edits(Edit(ten, noon, "set", 50))
    within = (AHEAD.day == 1) & (AHEAD.wall_minute >= 600) & (AHEAD.wall_minute < 720)
    assert predicted.mean[0, within].sum() == pytest.approx(50)
    assert np.array_equal(predicted.mean[0, ~within], PLAIN.mean[0, ~within])


def test_a_small_factor_on_rare_contacts_is_not_lost_to_rounding():
    history = history_of(AXIS, np.random.default_rng(3).poisson(0.3, AXIS.n_intervals).astype(float))
    plain, more = forecast(history, AHEAD, settings_of(paths=800)), with_edits(whole(TUESDAY, "times", 1.2), history=history, seed=1)
    tuesday = AHEAD.day == 1
    ratio = more.paths[:, 0, tuesday].mean() / plain.paths[:, 0, tuesday].mean()
    assert ratio == pytest.approx(1.2, abs=0.06)


def test_contacts_can_be_set_where_none_were_expected_but_not_in_closed_hours():
    closed = Calendar(frozenset({TUESDAY}))
    predicted = with_edits(whole(TUESDAY, "set", 100), whole(AHEAD.dates[2], "times", 0), calendar=closed)
    assert not predicted.mean[0, (AHEAD.day == 1) | (AHEAD.day == 2)].any()
    assert any("edit of closed hours, without effect" in note for note in predicted.notes)
    again = with_edits(whole(TUESDAY, "times", 0), whole(TUESDAY, "set", 48))
    assert again.mean[0, AHEAD.day == 1] == pytest.approx(np.full(24, 2.0))
    assert again.paths[:, 0, AHEAD.day == 1].mean() == pytest.approx(2.0, rel=0.05)


def test_edits_of_other_weeks_are_passed_over_without_a_word():
    assert with_edits(whole(date(2024, 1, 1), "set", 5), whole(date(2030, 1, 1), "set", 5)).notes == PLAIN.notes


def test_a_layer_holds_over_a_new_history():
    newer = history_of(AXIS, 1.1 * COUNTS)
    assert with_edits(whole(TUESDAY, "set", 900), history=newer).mean[0, AHEAD.day == 1].sum() == pytest.approx(900)


def test_an_edit_without_a_queue_is_for_all_and_one_with_a_queue_for_it():
    history = history_of(AXIS, np.stack([COUNTS, COUNTS]), ("a", "b"))
    queues, tuesday = (Queue("a"), Queue("b")), AHEAD.day == 1
    plain = forecast(history, AHEAD, settings_of(*queues))
    moved = forecast(history, AHEAD, settings_of(*queues, edits=(whole(TUESDAY, "times", 2), whole(TUESDAY, "times", 3, "b"))))
    assert (moved.mean[:, tuesday] / plain.mean[:, tuesday])[:, 0] == pytest.approx([2, 6])


def test_every_edit_that_cannot_be_carried_out_is_listed():
    wrong = (whole(TUESDAY, "double", 2), whole(TUESDAY, "set", -1), whole(TUESDAY, "times", 2, "cals"), whole(TUESDAY, "set", np.nan))
    with pytest.raises(ScenarioError, match="did you mean calls") as refused:
        with_edits(*wrong)
    assert len(refused.value.faults) == 4


def outage() -> History:
    counts = COUNTS.copy()
    counts[AXIS.day == OUTAGE_DAY] /= 10
    return history_of(AXIS, np.round(counts))


def test_a_flag_names_its_queue_and_day_and_keeping_the_day_takes_it_back():
    history, day = outage(), AXIS.dates[OUTAGE_DAY]
    flagged = forecast(history, AHEAD, settings_of())
    assert [(flag.queue, flag.day) for flag in flagged.flags] == [("calls", day)]
    kept = with_edits(whole(day, "keep"), history=history)
    assert kept.flags == ()
    assert kept.mean.sum() < 0.99 * flagged.mean.sum()


def test_a_day_left_out_teaches_nothing_and_is_a_flag_with_its_author():
    history, day = outage(), AXIS.dates[OUTAGE_DAY]
    predicted = with_edits(whole(day, "leave_out"), history=history)
    assert [(flag.day, flag.reason) for flag in predicted.flags] == [(day, "left out by Ana: campaign")]
    assert predicted.mean.sum() == pytest.approx(PLAIN.mean.sum(), rel=0.01)


def test_leaving_out_everything_is_refused_as_no_history():
    days = Edit(datetime(2025, 1, 1), datetime(2026, 1, 1), "leave_out")
    with pytest.raises(HistoryError, match="no observed interval"):
        with_edits(days)


def test_events_move_their_days_and_only_their_queues():
    history = history_of(AXIS, np.stack([COUNTS, COUNTS]), ("a", "b"))
    event = Event("letter", frozenset({TUESDAY}), 1.5, frozenset({"b"}))
    queues, tuesday = (Queue("a"), Queue("b")), AHEAD.day == 1
    ratio = forecast(history, AHEAD, settings_of(*queues, events=(event,))).mean / forecast(history, AHEAD, settings_of(*queues)).mean
    assert ratio[0] == pytest.approx(1)
    assert ratio[1, tuesday] == pytest.approx(1.5, rel=0.02)
    assert ratio[1, ~tuesday] == pytest.approx(1, rel=0.02)


def test_a_pay_day_is_learnt_from_its_past_days():
    lifted = np.isin(AXIS.day, [d for d, day in enumerate(AXIS.dates) if day.day in (15, 28)])
    history = history_of(AXIS, np.round(np.where(lifted, 1.4, 1.0) * COUNTS))
    months = [date(2025, month, day) for month in range(1, 7) for day in (15, 28)]
    ahead = after(history, 28)
    plain, learnt = (forecast(history, ahead, settings_of(events=e)) for e in ((), (Event("pay day", frozenset(months)),)))
    fifteenth = ahead.day == ahead.day_index(date(2025, 4, 15))
    others = ~np.isin(ahead.day, [ahead.day_index(day) for day in months])
    truth = forecast(HISTORY, ahead, settings_of()).mean
    assert learnt.mean[0, fifteenth].sum() / truth[0, fifteenth].sum() == pytest.approx(1.4, abs=0.12)
    assert learnt.mean[0, others].sum() == pytest.approx(truth[0, others].sum(), rel=0.03)
    assert plain.mean[0, fifteenth].sum() < learnt.mean[0, fifteenth].sum()


def test_the_backtest_knows_decisions_about_the_history_but_no_edits_of_the_plan():
    history, day = outage(), AXIS.dates[OUTAGE_DAY]
    measured = backtest(history, settings_of(edits=(whole(day, "leave_out"),)), 4, 7)
    edited = backtest(history, settings_of(edits=(whole(day, "leave_out"), whole(TUESDAY, "times", 9))), 4, 7)
    assert measured == edited
    assert measured[0].wape < backtest(history, settings_of(), 4, 7)[0].wape


def test_an_edit_reaches_only_open_hours():
    office = Queue("calls", hours=OFFICE)
    predicted = forecast(HISTORY, AHEAD, settings_of(office, edits=(whole(TUESDAY, "set", 80),)))
    is_open = OFFICE.mask(AHEAD)
    assert predicted.mean[0, is_open & (AHEAD.day == 1)].sum() == pytest.approx(80)
    assert not predicted.mean[0, ~is_open].any()
    assert CALLS.name == predicted.queues[0]

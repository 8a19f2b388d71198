"""Edits lie over a forecast; events lie under it."""

import numpy as np
import pandas as pd
import pytest

from wfm.errors import HistoryError
from wfm.forecasting import Edit, Event, edited, forecast_frame

INDEX = pd.date_range("2025-01-06", periods=56 * 24, freq="h")
WEEK = pd.date_range("2025-03-03", periods=168, freq="h")
COUNTS = np.random.default_rng(4).poisson(50, len(INDEX)).astype(float)
HISTORY = pd.DataFrame({"interval_start": INDEX, "contacts": COUNTS})
PLAIN = forecast_frame(HISTORY, WEEK, step_minutes=60)
TUESDAY, WEDNESDAY = WEEK[24], WEEK[48]


@pytest.mark.parametrize(
    ("action", "value", "total"), [("set", 900.0, lambda t: 900), ("times", 1.2, lambda t: 1.2 * t), ("plus", -100.0, lambda t: t - 100)]
)
def test_the_span_meets_the_edit_and_the_rest_stays(action, value, total):
    changed = edited(PLAIN, [Edit(TUESDAY, WEDNESDAY, action, value, "Ana", "campaign")])
    assert changed.mean[24:48].sum() == pytest.approx(total(PLAIN.mean[24:48].sum()))
    factor = changed.mean.iloc[30] / PLAIN.mean.iloc[30]
    assert changed.quantiles.iloc[30].to_numpy() == pytest.approx(factor * PLAIN.quantiles.iloc[30].to_numpy())
    assert (changed.paths == np.round(changed.paths)).all()
    pd.testing.assert_series_equal(changed.mean.drop(WEEK[24:48]), PLAIN.mean.drop(WEEK[24:48]))
    assert "by Ana: campaign" in changed.caveats[-1]


def test_edits_follow_each_other_and_one_outside_is_told():
    span = (TUESDAY, TUESDAY + pd.Timedelta(hours=1))
    changed = edited(
        PLAIN,
        [Edit(*span, "set", 10), Edit(*span, "times", 3), Edit(WEEK[-1] + pd.Timedelta(days=1), WEEK[-1] + pd.Timedelta(days=2), "set", 5)],
    )
    assert changed.mean[TUESDAY] == pytest.approx(30)
    assert "edit without an interval" in changed.caveats[-1]


def test_what_is_no_edit_is_refused():
    with pytest.raises(HistoryError, match="edit 1: found double 2") as refused:
        edited(PLAIN, [Edit(TUESDAY, WEDNESDAY, "set", 1), Edit(TUESDAY, WEDNESDAY, "double", 2), Edit(TUESDAY, WEDNESDAY, "set", -1)])
    assert len(refused.value.faults) == 2


def test_an_event_with_a_given_impact_moves_its_day_by_just_that():
    event = Event("price letter", frozenset({TUESDAY.date()}), 1.5)
    moved = forecast_frame(HISTORY, WEEK, step_minutes=60, events=[event])
    assert (moved.mean / PLAIN.mean)[24:48].to_numpy() == pytest.approx(1.5, rel=0.02)
    assert (moved.mean / PLAIN.mean)[48:].to_numpy() == pytest.approx(1.0, rel=0.02)


def test_the_impact_of_an_event_is_learnt_from_its_past_days():
    past = [pd.Timestamp("2025-01-14"), pd.Timestamp("2025-01-23"), pd.Timestamp("2025-02-07"), pd.Timestamp("2025-02-17")]
    lifted = HISTORY.assign(contacts=np.where(HISTORY.interval_start.dt.normalize().isin(past), 1.6 * COUNTS, COUNTS))
    event = Event("mailing", frozenset({*(day.date() for day in past), WEDNESDAY.date()}))
    learnt = forecast_frame(lifted, WEEK, step_minutes=60, events=[event])
    assert (learnt.mean / PLAIN.mean)[48:72].mean() == pytest.approx(1.6, abs=0.1)
    assert (learnt.mean / PLAIN.mean)[24:48].mean() == pytest.approx(1.0, abs=0.05)


def test_an_impact_that_is_no_factor_is_refused():
    with pytest.raises(HistoryError, match="a factor above 0"):
        forecast_frame(HISTORY, WEEK, step_minutes=60, events=[Event("x", frozenset(), -1.0)])

"""Methods that choose or mix others by backtest, and means that somebody else made."""

from dataclasses import replace

import numpy as np
import pytest

from tests.forecasting.histories import CALLS, OFFICE, after, axis_of, busy, history_of, settings_of
from wfm.errors import HistoryError, ScenarioError
from wfm.forecasting import forecast
from wfm.forecasting.contest import contest
from wfm.forecasting.grid import Grid
from wfm.forecasting.methods.candidates import CANDIDATES, UNTRIED
from wfm.forecasting.methods.weighted import weighted
from wfm.forecasting.tasks import task_of
from wfm.forecasting.views import Prediction, Task, horizon_of
from wfm.model import Demand, Queue

AXIS = axis_of(14)
HISTORY = history_of(AXIS, busy(AXIS))
AHEAD = after(HISTORY)


def task(history=HISTORY) -> Task:
    return task_of(history, CALLS, settings_of(), horizon_of(CALLS, settings_of().calendar, after(history)))


def constant(level: float):
    """A method that says the same of every interval."""

    def method(asked: Task) -> Prediction:
        axis: Grid = asked.horizon.axis
        return Prediction(np.full(axis.n_intervals, level), np.zeros((axis.days, axis.days)), np.zeros((0, 24)), np.zeros(0, np.int64))

    return method


def test_the_contest_measures_the_weeks_before_with_what_was_known_then():
    flat = task(history_of(axis_of(10), 40.0))
    entries = contest(flat, {"low": constant(30), "right": constant(40), "high": constant(60)})
    assert [(entry.name, round(entry.wape, 6)) for entry in entries] == [("right", 0), ("low", 0.25), ("high", 0.5)]


def test_no_candidate_sees_the_week_it_is_measured_on():
    def spy(asked: Task) -> Prediction:
        assert asked.past.ordinals[-1] == asked.horizon.ordinals[0] - 1
        return constant(40)(asked)

    contest(task(), {"spy": spy})


def test_best_is_the_winner_of_the_contest_and_says_what_the_others_did():
    winner = contest(task(), CANDIDATES)[0]
    chosen = forecast(HISTORY, AHEAD, settings_of(method="best"))
    assert np.array_equal(chosen.mean, forecast(HISTORY, AHEAD, settings_of(method=winner.name)).mean)
    assert any(note.startswith(f"calls: best by backtest: {winner.name}") for note in chosen.notes)


def test_weights_are_the_inverse_fourth_powers_of_the_errors_and_sum_to_one():
    entries = contest(task(), CANDIDATES)
    weights = np.array([entry.wape**-4 for entry in entries])
    expected = (weights / weights.sum()) @ np.stack([entry.prediction.mean for entry in entries])
    assert weighted(task()).mean == pytest.approx(expected)


@pytest.mark.parametrize("method", ["best", "weighted"])
def test_a_history_too_short_to_choose_on_gets_the_default_and_says_so(method):
    short = history_of(axis_of(4), busy(axis_of(4)))
    predicted = forecast(short, after(short), settings_of(method=method))
    assert np.array_equal(predicted.mean, forecast(short, after(short), settings_of()).mean)
    assert f"calls: {UNTRIED}" in predicted.notes


def test_one_doubled_week_spoils_the_mean_but_not_the_median():
    counts = np.where(AXIS.day // 7 == 11, 80.0, 40.0)
    mean, median = (forecast(history_of(AXIS, counts), AHEAD, settings_of(method=method)).mean.mean() for method in ("mean8", "median8"))
    assert mean == pytest.approx(45)
    assert median == pytest.approx(40)


THEIRS = Demand(AHEAD, ("calls",), np.full((1, AHEAD.n_intervals), 70.0), np.full((1, AHEAD.n_intervals), np.nan))


def test_imported_means_stand_as_they_are_with_bands_as_wide_as_our_own():
    ours, theirs = (
        forecast(HISTORY, AHEAD, settings_of(paths=400)),
        forecast(HISTORY, AHEAD, settings_of(method="imported", imported=THEIRS, paths=400)),
    )
    assert (theirs.mean == 70).all()
    assert theirs.paths.mean() == pytest.approx(70, rel=0.02)
    spread = [np.std(f.axis.by_day(f.paths[:, 0]), axis=0) / f.axis.by_day(f.mean[0]) for f in (ours, theirs)]
    assert spread[1].mean() == pytest.approx(spread[0].mean(), rel=0.3)


def test_imported_means_need_no_history_and_closed_hours_have_none():
    office = Queue("calls", hours=OFFICE)
    predicted = forecast(None, AHEAD, settings_of(office, method="imported", imported=THEIRS, paths=300))
    is_open = OFFICE.mask(AHEAD)
    assert np.array_equal(predicted.mean[0], np.where(is_open, 70.0, 0.0))
    assert predicted.paths[:, 0, is_open].var() == pytest.approx(70, rel=0.05)


def test_a_queue_that_was_not_imported_is_forecast_by_the_default_or_refused_without_history():
    both = (CALLS, Queue("chat"))
    history = history_of(AXIS, np.stack([busy(AXIS), busy(AXIS, seed=2)]), ("calls", "chat"))
    mixed = forecast(history, AHEAD, settings_of(*both, method="imported", imported=THEIRS, backtest_origins=2))
    assert (mixed.mean[0] == 70).all()
    assert np.array_equal(mixed.mean[1], forecast(history, AHEAD, settings_of(*both)).mean[1])
    assert {row.method for row in mixed.accuracy} == {"profile", "mean4"}
    assert any("no past to be measured on" in note for note in mixed.notes)
    with pytest.raises(HistoryError, match="queue chat"):
        forecast(None, AHEAD, settings_of(*both, method="imported", imported=THEIRS))


def test_the_method_imported_asks_for_means():
    from wfm.forecasting.methods.imported import imported

    with pytest.raises(ScenarioError, match="no imported forecast"):
        imported(replace(task(), imported=None))

"""Many queues in one call."""

import numpy as np
import pandas as pd
import pytest

from wfm.errors import Cancelled, HistoryError
from wfm.forecasting import forecast_frame, forecast_frames
from wfm.forecasting.frames.batch import LEAST_QUEUES

INDEX = pd.date_range("2025-01-06", periods=42 * 24, freq="h")
WEEK = pd.date_range("2025-02-17", periods=168, freq="h")
RNG = np.random.default_rng(5)
HISTORIES = {f"queue {i}": pd.DataFrame({"interval_start": INDEX, "contacts": RNG.poisson(5 + i, len(INDEX))}) for i in range(LEAST_QUEUES)}
HOW = {"step_minutes": 60, "paths": 40}


def test_each_queue_is_forecast_as_if_alone_and_in_the_order_given():
    found = list(forecast_frames(HISTORIES, WEEK, workers=1, **HOW))
    assert [name for name, _ in found] == list(HISTORIES)
    alone = forecast_frame(HISTORIES["queue 3"], WEEK, **HOW)
    pd.testing.assert_series_equal(dict(found)["queue 3"].mean, alone.mean)


def test_neither_workers_nor_other_queues_change_a_number():
    one, two = (dict(forecast_frames(HISTORIES, WEEK, workers=workers, seed=4, **HOW)) for workers in (1, 2))
    few = dict(forecast_frames({"queue 5": HISTORIES["queue 5"]}, WEEK, seed=4, **HOW))
    for name in HISTORIES:
        assert np.array_equal(one[name].paths, two[name].paths)
    assert np.array_equal(few["queue 5"].paths, one["queue 5"].paths)


def test_queues_with_the_same_history_draw_different_futures():
    twins = {"a": HISTORIES["queue 0"], "b": HISTORIES["queue 0"]}
    found = dict(forecast_frames(twins, WEEK, **HOW))
    assert np.array_equal(found["a"].mean, found["b"].mean)
    assert not np.array_equal(found["a"].paths, found["b"].paths)


def test_each_queue_may_have_its_own_horizon():
    horizons = {name: WEEK[: 24 * (1 + i % 3)] for i, name in enumerate(HISTORIES)}
    assert [len(made.mean) for _, made in forecast_frames(HISTORIES, horizons, workers=1, **HOW)] == [24, 48, 72, 24, 48, 72, 24, 48]


@pytest.mark.parametrize("workers", [1, 2])
def test_queues_that_cannot_be_forecast_are_told_together_after_the_others(workers):
    bad = {"empty": INDEX.to_frame(name="interval_start").assign(contacts=np.nan), "strange": pd.DataFrame({"when": [1]})}
    done = []
    made = forecast_frames({**bad, **HISTORIES}, WEEK, workers=workers, **HOW)
    with pytest.raises(HistoryError) as refused:
        done.extend(name for name, _ in made)
    assert done == list(HISTORIES)
    assert {fault.place.split(",")[0] for fault in refused.value.faults} == {"queue empty", "queue strange"}


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_counts_the_queues_and_may_stop_the_work(workers):
    told = []
    list(forecast_frames(HISTORIES, WEEK, workers=1, progress=lambda message, share: told.append((message, share)), **HOW))
    assert told[0] == ("forecast of queue 0, 1 of 8", 1 / 8)
    assert told[-1][1] == 1

    def stop(_message: str, _share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        list(forecast_frames(HISTORIES, WEEK, workers=workers, progress=stop, **HOW))


def test_no_queues_are_no_work():
    assert list(forecast_frames({}, WEEK, **HOW)) == []

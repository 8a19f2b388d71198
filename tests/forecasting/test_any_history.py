"""Whatever the history: an answer that is a forecast, or a refusal in words."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wfm.errors import HistoryError
from wfm.forecasting import forecast_frame, handle_time_frame, reforecast_frame

STEPS = st.sampled_from([15, 30, 60, 1440])
KINDS = ("poisson", "zero", "constant", "sparse", "bursts", "huge", "dirt")
FIRST_DAYS = st.dates(pd.Timestamp("1995-01-01").date(), pd.Timestamp("2040-01-01").date())


def counts(kind: str, n: int, rng: np.random.Generator) -> np.ndarray:
    """n counts of one kind."""
    made = {
        "poisson": lambda: rng.poisson(rng.uniform(0.05, 80), n).astype(float),
        "zero": lambda: np.zeros(n),
        "constant": lambda: np.full(n, float(rng.integers(1, 9))),
        "sparse": lambda: (rng.random(n) < 0.002).astype(float),
        "bursts": lambda: rng.poisson(3, n) * np.where(rng.random(n) < 0.01, 1e4, 1.0),
        "huge": lambda: rng.uniform(0, 5e8, n),
        "dirt": lambda: rng.choice([np.nan, np.inf, -np.inf, -5.0, 0.0, 3.0, 1e12, 0.25], n),
    }
    return made[kind]()


@st.composite
def frames(draw) -> tuple[pd.DataFrame, pd.DatetimeIndex, dict]:
    """A history with holes, doubles and no order, some intervals to forecast, and how to."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    step, days = draw(STEPS), draw(st.integers(1, 60))
    start = pd.Timestamp(draw(FIRST_DAYS))
    index = pd.date_range(start, periods=days * 1440 // step, freq=f"{step}min")
    kept = index[np.sort(rng.permutation(len(index))[: max(1, int(len(index) * draw(st.sampled_from([1.0, 0.9, 0.3, 0.01]))))])]
    if draw(st.booleans()):
        kept = kept.append(kept[rng.integers(0, len(kept), 5)])[rng.permutation(len(kept) + 5)]
    if draw(st.booleans()):
        kept = kept[(kept.hour >= 8) & (kept.hour < 17) & (kept.day_of_week < 5)] if step < 1440 else kept[kept.day_of_week < 5]
    history = pd.DataFrame({"interval_start": kept, "contacts": counts(draw(st.sampled_from(KINDS)), len(kept), rng)})
    ahead = start + pd.Timedelta(days=days + draw(st.sampled_from([0, 0, 0, 1, 40, 700, -3])))
    horizon = pd.date_range(ahead, periods=draw(st.integers(1, 15)) * 1440 // step, freq=f"{step}min")
    how = {"country": draw(st.sampled_from([None, "US", "IL", "DE"])), "timezone": draw(st.sampled_from([None, "Europe/Berlin"]))}
    return history, horizon, {"step_minutes": step, "paths": 20, **how}


def check(case: tuple[pd.DataFrame, pd.DatetimeIndex, dict]) -> None:
    history, horizon, how = case
    try:
        predicted = forecast_frame(history, horizon, **how)
    except HistoryError:
        return
    assert np.isfinite(predicted.mean).all()
    assert (predicted.mean >= 0).all()
    assert np.isfinite(predicted.paths).all()
    assert (predicted.paths >= 0).all()
    assert (np.diff(predicted.quantiles.to_numpy(), axis=1) >= 0).all()
    check_rest(history, predicted, how["timezone"])
    check_handle_times(history, horizon, how["timezone"])
    assert predicted.mean.max() <= 50 * max(1.0, np.nanmax(np.where(np.isfinite(history.contacts), history.contacts, 0.0)))


def check_rest(history: pd.DataFrame, published, timezone: str | None) -> None:
    """The second half of the first day, after a first half of any counts of the history."""
    first = published.mean.index[published.mean.index.normalize() == published.mean.index.min().normalize()]
    today = pd.DataFrame({"interval_start": first, "contacts": np.resize(history.contacts.to_numpy(), len(first))})
    try:
        rest = reforecast_frame(history, today[: len(first) // 2], published.mean, first[len(first) // 2 :], timezone=timezone, paths=20)
    except HistoryError:
        return
    assert np.isfinite(rest.mean).all()
    assert (rest.mean >= 0).all()
    assert (rest.paths >= 0).all()
    assert (np.diff(rest.quantiles.to_numpy(), axis=1) >= 0).all()


def check_handle_times(history: pd.DataFrame, horizon: pd.DatetimeIndex, timezone: str | None) -> None:
    try:
        handle_s = handle_time_frame(history.assign(aht_s=100.0 + history.contacts % 400), horizon, timezone=timezone)
    except HistoryError:
        return
    assert np.isfinite(handle_s).all()
    assert (handle_s > 0).all()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames())
def test_any_history_gives_a_forecast_or_a_refusal(case):
    check(case)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames())
def test_ten_thousand_histories_give_a_forecast_or_a_refusal(case):
    check(case)

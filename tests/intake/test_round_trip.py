"""Whatever a history is written like, the same numbers come back."""

import contextlib
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.helpers import ONE, read
from wfm.errors import HistoryError
from wfm.intake import read_history
from wfm.model import Calendar, HistorySource, TimeAxis

ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC")
FORMATS = ("%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S", "%Y%m%d %H:%M", "%Y-%m-%dT%H:%M:%S%z")


@st.composite
def written(draw: st.DrawFn) -> tuple[TimeAxis, np.ndarray, str]:
    """(axis, contacts, file text): some days of one queue in local stamps, in order."""
    zone, step = draw(st.sampled_from(ZONES)), draw(st.sampled_from((15, 30, 60)))
    start = date(2025, 1, 1).toordinal() + draw(st.integers(0, 364))
    axis = TimeAxis(date.fromordinal(start), draw(st.integers(1, 3)), step, zone)
    contacts = np.random.default_rng(draw(st.integers(0, 2**32))).poisson(5, axis.n_intervals)
    way, separator = draw(st.sampled_from(FORMATS)), draw(st.sampled_from((",", ";", "\t")))
    stamps = [axis.local(minute).strftime(way) for minute in axis.interval_minutes]
    lines = [separator.join((stamp, str(n))) for stamp, n in zip(stamps, contacts, strict=True)]
    return axis, contacts, "\n".join([separator.join(("start", "calls")), *lines])


@settings(max_examples=40, deadline=None)
@given(written())
def test_what_is_written_is_read(case: tuple[TimeAxis, np.ndarray, str]) -> None:
    axis, contacts, text = case
    with tempfile.TemporaryDirectory() as folder:
        history = read(Path(folder), text, zone=axis.timezone)
    assert history.axis == axis
    assert history.contacts[0].tolist() == contacts.tolist()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_garbage_is_a_fault_not_a_traceback(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(HistoryError):
        read(Path(folder), b"start,calls\n2026-03-02 09:00," + data)


def test_year_of_five_minutes_reads_in_seconds(tmp_path: Path) -> None:
    stamps = pd.date_range("2025-01-01", "2026-01-01", freq="5min", inclusive="left", tz="Europe/Berlin")
    file = tmp_path / "year.csv"
    file.write_text("start,calls,aht\n" + "\n".join(stamps.strftime("%d.%m.%Y %H:%M") + ",7,200"))
    begun = time.process_time()
    history = read_history(HistorySource(file), ONE, Calendar(), "Europe/Berlin")
    assert history.contacts.shape == (1, 365 * 288)
    assert (history.contacts == 7).all()
    assert time.process_time() - begun < 4

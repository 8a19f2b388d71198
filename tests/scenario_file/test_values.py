"""Single values: how they are read and written back."""

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.model import OpeningHours
from wfm.scenario_file import dates, durations, kinds, parse_target, week
from wfm.scenario_file.wrong import Wrong, near

ALWAYS = [((0, 1440),)] * 7


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (20, 20),
        (0.5, 0.5),
        ("20s", 20),
        ("4m", 240),
        ("1h30m", 5400),
        ("1 h 30 min", 5400),
        ("4:30", 270),
        ("1:00:05", 3605),
        ("1.5h", 5400),
    ],
)
def test_seconds_are_read_in_every_spelling(text, seconds):
    assert durations.seconds(text) == seconds


@pytest.mark.parametrize("text", ["", "4", "4x", "m4", "4m4", -1, 0, True, None, [], float("inf"), float("nan"), "4:61", "99999h"])
def test_other_durations_are_refused(text):
    with pytest.raises(Wrong):
        durations.seconds(text)


def test_lengths_are_hours_when_they_are_numbers():
    assert [durations.length(x) for x in (8, 7.5, "8h30m", "510m")] == [480, 450, 510, 510]
    for bad in (0, 25, "25h", 0.001, "90s", True):
        with pytest.raises(Wrong):
            durations.length(bad)


@given(st.integers(1, 1440))
@settings(max_examples=50)
def test_a_length_is_read_back_as_written(minutes):
    assert durations.length(durations.write_minutes(minutes)) == minutes


def test_times_of_day_may_be_toml_times():
    assert durations.clock(time(8, 30)) == durations.clock("08:30") == durations.clock("8:30") == 510
    for bad in ("24:01", "8", "08:60", 8, time(8, 30, 1), None):
        with pytest.raises(Wrong):
            durations.clock(bad)


def test_a_week_may_start_on_sunday():
    assert week.weekdays("sun-thu") == (True, True, True, True, False, False, True)
    assert week.weekdays(["sat", "Sunday"]) == (False,) * 5 + (True, True)


def test_spans_past_midnight_run_on_into_the_next_day():
    hours = week.opening({"sun": "22:00-06:00", "mon": "08:00-12:00, 13:00-24:00"})
    assert hours.week[6] == ((1320, 1440),)
    assert hours.week[0] == ((0, 360), (480, 720), (780, 1440))


def test_rows_that_touch_are_joined_and_rows_that_overlap_refused():
    assert week.opening({"mon-fri": "08:00-12:00", "fri": "12:00-15:00"}).week[4] == ((480, 900),)
    with pytest.raises(Wrong):
        week.opening({"mon-fri": "08:00-12:00", "fri": "11:45-15:00"})


def test_text_and_table_mean_the_same():
    assert week.opening("mon-fri 08:00-20:00; sat 09:00-14:00") == week.opening({"mon-fri": "08:00-20:00", "sat": "09:00-14:00"})
    assert week.opening("daily 24h") == week.opening("24/7") == OpeningHours.always()
    assert week.opening("mon – fri 08:00–20:00".replace(" – ", "–")) == week.opening("mon-fri 08:00-20:00")


@pytest.mark.parametrize(
    "bad", ["", {}, "mon", "08:00-20:00", {"mon": 8}, {"mon": "closed"}, {"mon-": "24h"}, {"mon-tue-wed": "24h"}, 7, {"mon": "8-20"}]
)
def test_other_opening_hours_are_refused(bad):
    with pytest.raises(Wrong):
        week.opening(bad)


SPANS = st.lists(st.integers(0, 96), min_size=0, max_size=6, unique=True).map(
    lambda marks: tuple((a * 15, b * 15) for a, b in zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False))
)


@given(st.lists(SPANS, min_size=7, max_size=7).filter(any))
@settings(max_examples=50)
def test_opening_hours_are_read_back_as_written(spans):
    hours = OpeningHours(tuple(spans))
    assert week.opening(week.write_opening(hours)) == hours


@given(
    st.lists(st.none() | st.just(week.WHOLE_DAY) | st.tuples(st.integers(0, 1439), st.integers(1, 1439)), min_size=7, max_size=7).filter(
        any
    )
)
@settings(max_examples=50)
def test_availability_is_read_back_as_written(spans):
    found = tuple(s if s is None or s == week.WHOLE_DAY else (s[0], s[0] + s[1]) for s in spans)
    assert week.available(week.write_available(found)) == found


def test_dates_are_iso_and_nothing_else():
    assert dates.day("2026-03-02") == dates.day(date(2026, 3, 2)) == date(2026, 3, 2)
    for bad in ("20260302", "2026-W10-1", "02.03.2026", "2026-02-30", datetime(2026, 3, 2), 20260302, None, "0001-01-01"):
        with pytest.raises(Wrong):
            dates.day(bad)


def test_spans_of_dates_hold_both_ends():
    assert len(dates.days_of([dates.span("2026-12-24..2026-12-26"), dates.span("2026-12-26")])) == 3
    for bad in ("2026-12-26..2026-12-24", "2026-12-24..", "..", "2026-01-01..2099-01-01"):
        with pytest.raises(Wrong):
            dates.span(bad)


def test_moments_are_local():
    assert dates.moment("2026-03-03T10:00") == dates.moment(datetime(2026, 3, 3, 10)) == (date(2026, 3, 3), 600)
    for bad in ("2026-03-03T10:00+01:00", "2026-03-03", datetime.fromisoformat("2026-03-03T10:00+01:00"), 5):
        with pytest.raises(Wrong):
            dates.moment(bad)


@pytest.mark.parametrize("name", ["Ann", "Ayşe Yılmaz", "O'Neill", "हिन्दी", "日本 1", "a_b-c.d", "7up", "x" * 64])
def test_names_of_any_script_are_taken(name):
    assert kinds.name(name) == name


@pytest.mark.parametrize(
    "name", ["", " ", "=1", "+1", "-1", "@a", "a/b", "a\\b", "a\nb", "a,b", "<b>", "x" * 65, ".hidden", 5, None, "a\x00b", "a‮b"]
)
def test_names_that_could_do_harm_are_refused(name):
    with pytest.raises(Wrong):
        kinds.name(name)


def test_one_spelling_of_an_accent_is_kept():
    assert kinds.name("Jose\u0301") == kinds.name("Jos\u00e9")


def test_the_near_miss_is_found_whatever_the_case():
    assert near("Calls_EN", ["calls_en", "calls_de"]) == 'did you mean "calls_en"?'
    assert near("zzz", ["a", "b"]) == "known: a, b"


@pytest.mark.parametrize("text", ["0.8/20", "100/20", "0/20"])
def test_a_target_that_is_no_percentage_says_what_is_meant(text):
    with pytest.raises(ValueError, match=r"below 100.*80/20 means 80 %"):
        parse_target(text)

"""Kinds of days and the effects built on them, against dates looked up by hand."""

from datetime import date

import numpy as np
import pytest

from tests.forecasting.histories import CALLS, OFFICE, axis_of, history_of
from wfm.forecasting.daykinds import DayKinds, day_kinds
from wfm.forecasting.features import EFFECTS, HOLIDAY_EFFECTS, expected_shift, holiday_columns, near_special, special
from wfm.forecasting.views import Task, horizon_of, past_of
from wfm.model import Calendar, TimeAxis


def kinds_of(country: str | None = "US", closed=(), hours_in_history: bool = True) -> DayKinds:
    """The bank's year: 8 weeks of history from 3 March 2003, forecast to 6 July."""
    axis = axis_of(8, date(2003, 3, 3))
    history = history_of(axis, np.where(OFFICE.mask(axis), 10.0, np.nan) if hours_in_history else 10.0)
    calendar = Calendar(frozenset(closed), country)
    ahead = TimeAxis(date(2003, 4, 28), 70, 60, "UTC")
    return day_kinds(Task(CALLS, past_of(history, "calls", ahead.start), horizon_of(CALLS, calendar, ahead), calendar))


def days_with(kinds: DayKinds, flags) -> list[str]:
    return [f"{date.fromordinal(o):%m-%d}" for o in kinds.ordinals[np.asarray(flags, bool)].tolist()]


def effect(kinds: DayKinds, name: str) -> list[list[str]]:
    return [days_with(kinds, column) for column in {**HOLIDAY_EFFECTS, **EFFECTS}[name][0](kinds)]


def test_holidays_come_from_the_library():
    assert days_with(kinds_of(), kinds_of().holiday) == ["02-17", "05-26", "07-04"]
    assert not kinds_of(country=None).holiday.any()


def test_weekdays_never_open_in_the_history_are_not_usual():
    kinds = kinds_of()
    assert set(kinds.weekday[kinds.usual].tolist()) == {0, 1, 2, 3, 4}
    assert kinds_of(hours_in_history=False).usual.all()


def test_the_working_days_after_a_closure_are_told_from_all_others():
    kinds = kinds_of(country=None, closed=[date(2003, 5, 26)])
    assert effect(kinds, "working days after a holiday or closure") == [["05-27"], ["05-28"]]
    assert effect(kinds, "day before a holiday or closure") == [["05-25"]]
    assert days_with(kinds, kinds.shut) == ["05-26"]


def test_a_lone_working_day_between_holiday_and_weekend_is_a_bridge():
    kinds = kinds_of(country=None, closed=[date(2003, 5, 29), date(2003, 6, 10)])
    assert effect(kinds, "bridge day") == [["05-30", "06-09"]]


def test_month_ends_count_working_days():
    kinds = kinds_of(closed=[date(2003, 7, 4)])
    first = effect(kinds, "first working days of the month")
    assert "06-02" in first[0]
    assert "06-06" in first[4]
    last, last_but_one = effect(kinds, "last working days of the month")
    assert "05-30" in last
    assert "06-30" in last
    assert "06-27" in last_but_one


def test_the_weekend_is_the_countrys_own():
    kinds = kinds_of(country="IL", hours_in_history=False)
    assert not kinds.working[np.isin(kinds.weekday, [4, 5])].any()
    assert kinds.working[kinds.weekday == 6].any()


def test_a_holiday_that_comes_twice_has_an_effect_of_its_own():
    one, two = (np.zeros(800, bool) for _ in range(2))
    two[[100, 465]] = True
    one[100] = True
    counts = []
    for holiday in (one, two):
        names = tuple("Fair" if h else "" for h in holiday)
        kinds = DayKinds(731000 + np.arange(800), np.ones(800, bool), np.zeros(800, bool), holiday, ~holiday, names, np.zeros(800, bool))
        counts.append(holiday_columns(kinds, np.zeros(7)).shape[1])
    assert counts[1] == counts[0] + 1


def test_neighbours_of_a_closure_are_special_and_three_days_around_are_doubted():
    kinds = kinds_of(country=None, closed=[date(2003, 5, 26)])
    assert days_with(kinds, special(kinds)) == ["05-25", "05-26", "05-27", "05-28"]
    assert days_with(kinds, near_special(kinds)) == ["05-23", "05-24", "05-25", "05-26", "05-27", "05-28", "05-29"]


@pytest.mark.parametrize("name", [*HOLIDAY_EFFECTS, *EFFECTS])
def test_every_effect_is_a_finite_column_for_each_day(name):
    kinds = kinds_of()
    for column in {**HOLIDAY_EFFECTS, **EFFECTS}[name][0](kinds):
        assert column.shape == kinds.ordinals.shape
        assert np.isfinite(column).all()


def test_the_first_working_day_after_a_closure_is_expected_higher_before_anything_is_learnt():
    kinds = kinds_of(country=None, closed=[date(2003, 5, 26)])
    assert days_with(kinds, expected_shift(kinds) > 0) == ["05-27"]


def test_christmas_eve_and_the_quiet_week_are_told_from_other_days_before_and_after_holidays():
    ordinals = date(2024, 12, 1).toordinal() + np.arange(50)
    days = [date.fromordinal(o) for o in ordinals.tolist()]
    names = tuple({(12, 25): "Christmas", (12, 26): "Boxing Day", (1, 1): "New Year"}.get((d.month, d.day), "") for d in days)
    holiday = np.array([name != "" for name in names])
    week = np.array([d.weekday() < 5 for d in days])
    kinds = DayKinds(ordinals, np.ones(50, bool), np.zeros(50, bool), holiday, week & ~holiday, names, np.zeros(50, bool))
    assert effect(kinds, "24 and 31 December and other half holidays") == [["12-24"], ["12-31"], []]
    assert effect(kinds, "day before a holiday or closure") == [[]]
    assert effect(kinds, "weeks of Christmas and New Year") == [["12-27", "12-30", "01-02", "01-03"]]

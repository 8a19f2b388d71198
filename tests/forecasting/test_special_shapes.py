"""The shape of a holiday against the usual day: learnt from past ones, shrunk, and never of another total."""

from datetime import date

import numpy as np
import pytest

from wfm.forecasting.special_shapes import reshaped, shape_factors
from wfm.forecasting.views import Past

SHARES = np.full((7, 4), 0.25)


def past(rows) -> Past:
    counts = np.asarray(rows, float)
    return Past(date(2025, 1, 6), counts, np.ones(counts.shape, bool))


def factors(rows, special) -> np.ndarray:
    special = np.asarray(special, bool)
    return shape_factors(past(rows), SHARES, [special], np.ones(len(rows), bool))[0]


def test_days_of_the_usual_shape_change_nothing():
    assert factors([[100] * 4, [30] * 4], [False, True]) == pytest.approx(np.ones(4))


def test_a_kind_of_day_never_seen_has_the_usual_shape():
    assert factors([[100] * 4], [False]) == pytest.approx(np.ones(4))


def test_more_days_of_a_kind_are_believed_more():
    morning = [400, 400, 0, 0]
    two, four = factors([morning] * 2, [True] * 2), factors([morning] * 4, [True] * 4)
    assert 1 < two[0] < four[0] < 2
    assert 1 > two[3] > four[3] > 0


def test_one_strange_day_of_a_kind_is_not_believed():
    usual, lost_morning = [200] * 4, [0, 0, 200, 200]
    assert factors([lost_morning], [True]) == pytest.approx(np.ones(4))
    assert factors([usual, usual, lost_morning], [True] * 3) == pytest.approx(np.ones(4))


def test_a_handful_of_contacts_is_not_believed():
    assert factors([[2, 2, 0, 0]], [True]) == pytest.approx(np.ones(4), abs=0.1)


def test_lost_slots_of_a_special_day_say_nothing():
    assert factors([[50, 50, np.nan, np.nan]], [True]) == pytest.approx(np.ones(4))


def test_a_new_shape_keeps_the_total_of_the_day():
    shares = np.vstack([[0.4, 0.3, 0.2, 0.1]] * 6 + [[0.0] * 4])
    assert reshaped(shares, np.array([2.0, 1.0, 0.5, 0.5])).sum(axis=1) == pytest.approx([1.0] * 6 + [0.0])

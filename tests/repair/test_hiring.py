"""What newcomers save is told by a bound that holds and a roster that exists."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import WhatIf, what_if_hire
from tests.scheduling.brute import optimum
from tests.scheduling.small import Centre, agent, axis, fixed, flat, on, team
from wfm.errors import InputError


def hired(centre: Centre, k: int, skills: tuple[str, ...] = ("calls",)) -> WhatIf:
    return what_if_hire(centre.required, centre.workforce, centre.settings, "any", k, skills)


def joined(centre: Centre, *skills: str) -> Centre:
    """The centre with one more person."""
    return replace(centre, workforce=replace(centre.workforce, agents=(*centre.workforce.agents, agent("zoe", skills))))


@given(need=st.sampled_from((0.0, 0.5, 1.0, 2.0, 2.3)), days=st.integers(1, 3), most=st.integers(1, 3), off=st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_optimum_by_force_lies_between_bound_and_price(need: float, days: int, most: int, off: bool) -> None:
    person = agent(time_off=frozenset({on(0)}) if off else frozenset())
    centre = Centre(flat(axis(days), need), team(person, max_days_week=most))
    rows = hired(centre, 1).rows
    for row, case in zip(rows, (centre, joined(centre, "calls")), strict=True):
        best = optimum(case)
        assert best is not None
        assert row.bound <= best + 1e-6
        assert best <= row.price + 1e-6


@given(need=st.sampled_from((0.5, 1.0, 2.0, 2.3)), days=st.integers(1, 3), most=st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_what_one_newcomer_saves_by_force_lies_where_it_is_proven_to(need: float, days: int, most: int) -> None:
    centre = Centre(flat(axis(days), need), team(agent(), max_days_week=most))
    today, one = hired(centre, 1).rows
    without, with_one = optimum(centre), optimum(joined(centre, "calls"))
    assert without is not None
    assert with_one is not None
    assert one.saved[0] - 1e-6 <= without - with_one <= one.saved[1] + 1e-6
    assert today.saved == (0.0, 0.0)


def test_what_the_search_missed_is_no_saving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduling.hiring._bounds", lambda *_: [100.0, 70.0])
    monkeypatch.setattr("scheduling.hiring._added", lambda *_: [(569.0, 8.0), (530.0, 4.0)])
    today, one = hired(Centre(flat(axis(1), 1.0), team(agent())), 1).rows
    assert (today.saved, today.saved_by_bound, today.saved_found) == ((0.0, 0.0), 0.0, 0.0)
    assert (one.saved, one.saved_by_bound, one.saved_found) == ((-430.0, 499.0), 30.0, 39.0)


@given(need=st.floats(0, 6), more=st.floats(0, 3), k=st.integers(0, 6), people=st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_with_people_who_need_not_work_neither_bound_nor_price_rises(need: float, more: float, k: int, people: int) -> None:
    staff = team(*(agent(name) for name in ("ann", "bob", "cid")[:people]))
    rows = hired(Centre(flat(axis(2), need, more), staff), k, ("calls", "mail")).rows
    assert [row.count for row in rows] == list(range(k + 1))
    for before, after in pairwise(rows):
        assert after.bound <= before.bound + 1e-9
        assert after.price <= before.price + 1e-9
        assert after.short_hours[1] <= before.short_hours[1] + 1e-9
    for row in rows:
        assert row.bound <= row.price
        assert row.short_hours[0] <= row.short_hours[1]
        assert row.saved[0] <= row.saved[1]


def test_the_first_of_many_missing_saves_exactly_what_one_shift_a_day_covers() -> None:
    centre = Centre(flat(axis(1), 5.0), team(agent()))
    rows = hired(centre, 1).rows
    three_hours_deep = 3 * centre.settings.deep_under_price - 3 * centre.settings.paid_price
    assert rows[1].saved_found == pytest.approx(three_hours_deep)
    assert rows[0].short_hours[1] - rows[1].short_hours[1] == pytest.approx(3.0)


def test_a_newcomer_without_the_skill_saves_nothing() -> None:
    centre = Centre(flat(axis(2), 3.0, 0.0), team(agent()))
    rows = hired(centre, 2, ("mail",)).rows
    assert rows[2].price == pytest.approx(rows[0].price)


def test_rules_that_contradict_each_other_are_told_instead() -> None:
    found = hired(Centre(flat(axis(1), 1.0), team(agent(), activities=[fixed(0, 0)])), 1)
    assert found.rows == ()
    assert found.solved.conflicts


def test_unknown_names_are_faults_with_a_near_miss() -> None:
    centre = Centre(flat(axis(1), 1.0), team(agent()))
    with pytest.raises(InputError, match='did you mean "any"') as error:
        what_if_hire(centre.required, centre.workforce, centre.settings, "anny", -1, ("calls", "fax"))
    assert len(error.value.faults) == 3

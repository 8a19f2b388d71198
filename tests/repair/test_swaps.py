"""Swaps are told what they break and what they do to cover."""

from datetime import date

import pytest

from scheduling import check, objective
from scheduling.repair import swap_allowed
from tests.repair.cases import Published, published
from tests.scheduling.small import on
from wfm.errors import InputError


def pair(case: Published) -> tuple[tuple[str, date], tuple[str, date]]:
    """A shift of ann's and a day on which bob works and ann does not."""
    mine, theirs = ({s.day for s in case.roster.of(name)} for name in ("ann", "bob"))
    return ("ann", on(min(mine - theirs))), ("bob", on(min(theirs - mine)))


def test_an_allowed_swap_breaks_nothing_and_leaves_the_price() -> None:
    case = published(2, 1.0, 4, max_days_week=2)
    give, take = pair(case)
    found = swap_allowed(case.roster, case.centre.workforce, give, take, case.centre.required, case.centre.settings)
    assert found.allowed
    assert check(found.roster, case.centre.workforce) == ()
    assert found.price is not None
    assert found.price[0] == pytest.approx(found.price[1])


def test_a_swap_that_breaks_a_rule_names_it_and_the_person() -> None:
    case = published(2, 1.0, 4, max_days_week=2)
    give, _ = pair(case)
    found = swap_allowed(case.roster, case.centre.workforce, give, ("bob", give[1]))
    assert {(v.rule, v.agent) for v in found.violations} == {("most days in a week", "bob")}
    assert not found.allowed


def test_a_shift_with_somebodys_course_in_it_cannot_be_given_away() -> None:
    case = published(2, 1.0, 4, courses=1)
    day = next(s.day for s in case.roster.of("ann") if any(p.name.startswith("course") for p in s.segments))
    found = swap_allowed(case.roster, case.centre.workforce, ("ann", on(day)), ("bob", on(day)))
    assert any("course of ann" in violation.text for violation in found.violations)


def test_the_effect_on_cover_is_that_of_both_rosters() -> None:
    case = published(2, 1.0, 4)
    found = swap_allowed(case.roster, case.centre.workforce, *pair(case), case.centre.required, case.centre.settings)
    after = objective(found.roster, case.centre.workforce, case.centre.required, case.centre.settings)
    assert found.price is not None
    assert found.price[1] == pytest.approx(after.total)


def test_a_swap_of_nothing_for_nothing_and_of_strangers_is_a_fault() -> None:
    case = published(2, 1.0, 4)
    with pytest.raises(InputError, match="nobody"):
        swap_allowed(case.roster, case.centre.workforce, ("nobody", on(0)), ("ann", on(99)))

"""Overtime offers: beyond the contract only, exact, and never in what is over."""

from dataclasses import replace

import pytest

from scheduling import check, objective
from tests.repair.cases import Published, published
from tests.scheduling.small import on
from wfm.model import Roster


def offered(case: Published, **how: object) -> tuple:
    return case.mended(change_price=0.0, **how).offers


def test_nothing_is_offered_where_nobody_is_missing() -> None:
    assert offered(published(3, 0.0)) == ()


def test_an_offer_is_what_the_contract_alone_forbids_and_saves_exactly_what_a_larger_one_would() -> None:
    """One agent, two days a week; on each of the other days the offer saves what the price falls by if three may be worked."""
    case = published(1, 1.0, days=3, max_days_week=2)
    done = case.mended(change_price=0.0)
    (offer,) = done.offers
    assert offer.before == "off"
    assert offer.paid_hours == 3
    larger = replace(case.centre.workforce, contracts=(replace(case.centre.workforce.contracts[0], max_days_week=3),))
    best = replace(case.centre, workforce=larger).solved()
    assert offer.saved == pytest.approx(done.solved.objective - best.objective)
    assert offer.covered_hours == pytest.approx(3)
    assert offer.text.startswith("ann, ")
    assert offer.text.endswith("3 paid h more would cover 3.0 h of what is lacking")


def test_the_price_of_a_change_is_taken_off_what_an_offer_saves() -> None:
    case = published(1, 1.0, days=3, max_days_week=2)
    free, priced = (case.mended(change_price=price).offers[0].saved for price in (0.0, 8.0))
    assert free - priced == pytest.approx(8.0)


def test_rest_and_time_off_are_not_offered_away() -> None:
    case = published(1, 1.0, days=3, max_days_week=2, max_consecutive_days=2)
    assert offered(case) == () or all(_kept(case, offer.day) for offer in offered(case))
    off = replace(case.centre.workforce, agents=(replace(case.centre.workforce.agents[0], time_off=frozenset({on(0), on(1), on(2)})),))
    nobody = Published(replace(case.centre, workforce=off), Roster(case.roster.axis, ()))
    assert offered(nobody) == ()


def _kept(case: Published, day: object) -> bool:
    """Whether somebody who works on that day too works on no more days in a row than they may."""
    days = {case.roster.axis.dates[shift.day] for shift in case.roster.shifts} | {day}
    return len(days) < 3


def test_nothing_is_offered_on_a_day_that_is_over() -> None:
    case = published(1, 1.0, days=3, max_days_week=2)
    (offer,) = offered(case)
    index = case.roster.axis.day_index(offer.day)
    assert all(one.day > offer.day for one in offered(case, begun=(index + 1) * 1440))


def test_an_absence_is_not_offered_to_the_absent() -> None:
    case = published(2, 2.0, days=3, max_days_week=2)
    day = case.roster.axis.dates[case.roster.of("ann")[0].day]
    told = offered(case, absences=[("ann", day)])
    assert ("ann", day) not in {(offer.agent, offer.day) for offer in told}
    assert check(case.roster, case.centre.workforce) == ()
    assert objective(case.roster, case.centre.workforce, case.centre.required, case.centre.settings).total > 0

"""What rules that may be bought off cost in the sound roster, and that the solver pays the same."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from scheduling import RULES
from scheduling.price import charged
from scheduling.problem import make_problem
from scheduling.roster import make_roster
from scheduling.rules import Case, Charge, Rule
from tests.rules.sound import AXIS, FRI, MON, ROSTER, TEAM, THU, TUE, WED, contract, on, person, roster, shift, template
from tests.scheduling.small import SETTINGS, axis, flat
from wfm.model import Roster, Wish, WishKind, Workforce

OFF, START = WishKind.OFF, WishKind.START


@dataclass(frozen=True, eq=False)
class Paid:
    """charges: (agent, day, price) of the rule, day None where it is about no single one. text: part of the words of each."""

    rule: str
    team: Workforce
    charges: tuple[tuple[str, int | None, float], ...]
    text: str = ""
    roster: Roster = ROSTER


def fair(memory: int) -> Workforce:
    """Day shifts are unpopular."""
    team = replace(contract("bob", fairness_price=2.0), shifts=template(unpopular=True).shifts)
    return replace(team, agents=person("bob", unpopular_before=memory).agents)


def wishing(*wishes: Wish) -> Workforce:
    return person("bob", wishes=wishes)


NIGHT = roster(shift("bob", FRI, 1320, 1800, "night"))
PAID = {
    "hours beyond the usual": Paid(
        "overtime", contract("bob", max_hours_week=20, overtime_hours=4, overtime_price=6.0), (("bob", MON, 15.0),), "2.5 h of overtime"
    ),
    "no hour beyond the usual": Paid("overtime", contract("bob", max_hours_week=22.5, overtime_hours=4, overtime_price=6.0), ()),
    "hours that lack": Paid(
        "voluntary leave", contract("bob", min_hours_week=24, leave_hours=2, leave_price=4.0), (("bob", MON, 6.0),), "1.5 h of voluntary"
    ),
    "no hour that lacks": Paid("voluntary leave", contract("bob", min_hours_week=22.5, leave_hours=2, leave_price=4.0), ()),
    "three unpopular shifts": Paid("fairness of unpopular shifts", fair(0), (("bob", None, 9.0),), "3 unpopular shifts, 0 before"),
    "three unpopular shifts after four": Paid(
        "fairness of unpopular shifts", fair(4), (("bob", None, 33.0),), "3 unpopular shifts, 4 before"
    ),
    "one shift less unpopular": Paid("fairness of unpopular shifts", fair(0), (("bob", None, 4.0),), "2 unpopular shifts", NIGHT),
    "a wish for a date off not met": Paid(
        "wishes for days off", wishing(Wish(OFF, 7.0, frozenset({on(FRI), on(WED)}))), (("bob", FRI, 7.0),), "would like off"
    ),
    "a wish for a weekday off not met": Paid(
        "wishes for days off", wishing(Wish(OFF, 7.0, weekdays=(False, True) + (False,) * 5)), (("bob", TUE, 7.0),)
    ),
    "a wish for a day off met": Paid("wishes for days off", wishing(Wish(OFF, 7.0, frozenset({on(THU)}))), ()),
    "wishes for starts not met": Paid(
        "wishes for starts",
        wishing(Wish(START, 3.0, from_minute=540, to_minute=600)),
        (("bob", MON, 3.0), ("bob", TUE, 3.0), ("bob", FRI, 3.0)),
        "starts at 08:00, would like 09:00–10:00",
    ),
    "a wish for a start met": Paid("wishes for starts", wishing(Wish(START, 3.0, from_minute=480, to_minute=480)), ()),
    "a wish for starts on some dates": Paid(
        "wishes for starts", wishing(Wish(START, 3.0, frozenset({on(FRI)}), from_minute=540, to_minute=600)), (("bob", FRI, 3.0),)
    ),
}


def charges(case: Case) -> list[Charge]:
    return sorted(charge for rule in RULES for charge in rule.charges(case))


def test_no_rule_with_a_price_is_left_out() -> None:
    assert {paid.rule for paid in PAID.values() if paid.charges} == {rule.name for rule in RULES if type(rule).charges is not Rule.charges}


@pytest.mark.parametrize("paid", PAID.values(), ids=PAID.keys())
def test_a_roster_is_charged_by_the_rule_alone_for_whom_and_when(paid: Paid) -> None:
    found = charges(Case(paid.roster, paid.team, AXIS))
    assert [(c.rule, c.agent, c.day, c.price) for c in found] == sorted(
        (paid.rule, agent, "" if day is None else on(day).isoformat(), price) for agent, day, price in paid.charges
    )
    assert all(paid.text in charge.text for charge in found)


@pytest.mark.parametrize("paid", PAID.values(), ids=PAID.keys())
def test_the_solver_pays_for_its_best_schedule_what_the_roster_is_charged(paid: Paid) -> None:
    team = replace(paid.team, agents=paid.team.agents[1:], activities=())
    problem = make_problem(flat(axis(7), 1), team, SETTINGS)
    for worth in (-1.0, 0.5, 10.0):
        plan = problem.workers[0].best(np.full(problem.grid.cells, worth))
        assert plan is not None
        assert plan.soft == pytest.approx(sum(charged(make_roster(problem, [plan]), team, axis(7)).values()))


def test_nothing_is_charged_to_a_team_without_prices() -> None:
    assert charges(Case(ROSTER, TEAM, AXIS)) == []

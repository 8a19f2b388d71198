"""Whatever the workforce, an answer breaks no rule: neither the solver's space nor the checker stands alone."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from scheduling import RULES, check
from scheduling.problem import make_problem, narrower
from scheduling.roster import make_roster
from scheduling.rules import Rule
from scheduling.worker import Worker
from tests.rules.sound import FULL, MON, TEAM, THU, TUE, WED, contract, on, person
from tests.scheduling.small import SETTINGS, Centre, axis, flat, requirement
from tests.scheduling.strategies import centres
from wfm.model import Agent, Contract, Lock, Reason, ShiftTemplate, TimeAxis, Workforce

NIGHTS, DAYS = (1320, 1800), (480, 1080)
TURNED = person("ann", available=(NIGHTS,) * 3 + (DAYS,) * 4).agents  # nights, then from Thursday on days


def free(agents: tuple[Agent, ...] = TEAM.agents, **rules: object) -> Workforce:
    """Contracts that ask for nothing but what is given."""
    none = {"min_hours_week": 0, "max_hours_week": 80, "max_days_week": 7, "max_consecutive_days": 7, "rest_hours": 0}
    return replace(TEAM, agents=agents, contracts=tuple(replace(c, **{**none, **rules}) for c in TEAM.contracts))


TWISTS = {
    "availability": person("ann", available=((0, 960),) * 7),
    "time off": person("ann", time_off=frozenset({on(MON), on(THU)})),
    "closed dates": replace(contract("ann", min_hours_week=0), closed=frozenset(map(on, (MON, TUE, WED, THU)))),
    "rest between shifts": replace(TEAM, contracts=tuple(replace(c, rest_hours=23, max_days_week=5) for c in TEAM.contracts)),
    "most hours in a week": replace(TEAM, contracts=tuple(replace(c, max_days_week=5, max_consecutive_days=7) for c in TEAM.contracts)),
    "least hours in a week": replace(TEAM, contracts=tuple(replace(c, min_hours_week=22.5) for c in TEAM.contracts)),
    "most days in a week": replace(TEAM, contracts=tuple(replace(c, max_hours_week=40, max_consecutive_days=7) for c in TEAM.contracts)),
    "most days in a row": replace(TEAM, contracts=tuple(replace(c, max_hours_week=40, max_days_week=6) for c in TEAM.contracts)),
    "least days off in a row": free(max_consecutive_days=1, min_days_off=2),
    "weekends off": free(weekends_off=1, weekends_of=1),
    "most nights in a row": free(max_nights=1),
    "days off after nights": free(TURNED, days_off_after_nights=2),
    "forward rotation": free(TURNED, forward_minutes=60),
    "forbidden successions": free(forbidden_next=(("night", "night"), ("day", "night"))),
    "pattern of weeks": free(pattern=(("day", "off", "any", "off", "off", "night", "off"),)),
    "earliest and latest": free(person("ann", latest=1080).agents),
    "locked shifts": free(person("ann", locks=(Lock(on(MON), off=True), Lock(on(TUE), "day", 540))).agents),
    "hours on average": free(average_weeks=1, max_hours_average=20),
    "spread of starts in a week": free(TURNED, start_spread=60),
}

NARROWING = [rule for rule in RULES if type(rule).narrow is not Rule.narrow and type(rule).charges is Rule.charges]


def best_days(team: Workforce, rules: tuple[Rule, ...], worth: float) -> set[str]:
    """Names of the rules that the best schedule of ann breaks if only some of them narrow it. worth: of an agent working a cell."""
    team = replace(team, agents=team.agents[:1], activities=())
    problem = make_problem(flat(axis(7), 1), team, SETTINGS)
    worker = problem.workers[0]
    freer = Worker(worker.person, worker.group, worker.catalogue, narrower(worker.person, worker.catalogue, rules), {})
    plan = freer.best(np.full(problem.grid.cells, worth))
    return {violation.rule for violation in check(make_roster(problem, [plan]), team)}


@pytest.mark.parametrize("rule", NARROWING, ids=lambda rule: rule.name)
def test_a_best_schedule_keeps_every_rule_and_breaks_one_that_does_not_narrow_it(rule: Rule) -> None:
    worth = -1.0 if rule.name == "least hours in a week" else 10.0
    assert best_days(TWISTS[rule.name], RULES, worth) == set()
    assert rule.name in best_days(TWISTS[rule.name], tuple(r for r in RULES if r is not rule), worth)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres(people=4, days=5, queues=3))
def test_no_answer_breaks_a_rule(centre: Centre) -> None:
    solved = centre.solved(effort=0.02)
    event(str(solved.reason))
    if solved.reason in (Reason.OPTIMAL, Reason.FEASIBLE):
        assert check(solved.roster, centre.workforce, centre.required.axis) == ()
    else:
        assert solved.conflicts


@st.composite
def nights(draw: st.DrawFn) -> Centre:
    """Two people with nights and days over the clock changes, eight days from a Wednesday or Saturday, no hours due."""
    start = draw(st.sampled_from((date(2026, 3, 25), date(2026, 3, 28), date(2026, 10, 21), date(2026, 10, 24))))
    time = TimeAxis(start, 8, 60, "Europe/Berlin")
    dates = st.frozensets(st.integers(0, 8).map(lambda d: start + timedelta(days=d)), max_size=2)
    windows = st.sampled_from(((0, 2880), (360, 1320), (1200, 2280), None))
    people = tuple(Agent(n, "any", ("calls",), draw(dates), tuple(draw(st.lists(windows, min_size=7, max_size=7)))) for n in ("ann", "bob"))
    rules = Contract(
        "any",
        ("night", "day"),
        max_hours_week=draw(st.sampled_from((24, 40))),
        max_days_week=draw(st.integers(2, 6)),
        max_consecutive_days=draw(st.integers(1, 4)),
        rest_hours=draw(st.sampled_from((8, 11, 15, 25, 40))),
    )
    templates = (ShiftTemplate("night", 1260, 1380, (480,), 60), ShiftTemplate("day", 60, 600, (360, 540), 180))
    need = np.array([[draw(st.sampled_from((0, 1, 3))) for _ in range(24)]])
    return Centre(requirement(time, need), Workforce(people, (rules,), templates, (), draw(dates)))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(nights())
def test_no_answer_breaks_a_rule_while_the_clock_changes(centre: Centre) -> None:
    solved = centre.solved(effort=0.02)
    assert solved.reason in (Reason.OPTIMAL, Reason.FEASIBLE)
    assert check(solved.roster, centre.workforce) == ()


def test_hours_due_and_allowed_meet_where_one_roster_is_left() -> None:
    """22.5 h due and allowed: three shifts of 7.5 h."""
    tight = replace(TEAM, contracts=tuple(replace(FULL, name=c.name, min_hours_week=22.5, max_hours_week=22.5) for c in TEAM.contracts))
    solved = Centre(flat(TimeAxis(on(MON), 7, 30, "Europe/Berlin"), 0), tight, replace(SETTINGS, grid_minutes=15)).solved()
    assert check(solved.roster, tight) == ()
    assert [sum(s.paid_minutes for s in solved.roster.of(name)) for name in ("ann", "bob")] == [1350, 1350]

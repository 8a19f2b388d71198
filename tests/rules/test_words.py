"""Rules put into the planner's words."""

from dataclasses import replace

import pytest

from scheduling import RULES
from scheduling.rules import Rule, persons
from tests.rules.sound import AXIS, FRI, SAT, TEAM, TUE, contract, on, person
from wfm.model import Lock, Workforce

BY_NAME = {rule.name: rule for rule in RULES}
WORDS = {
    "shift template": "shifts of contract bob's: day, night",
    "breaks": "breaks inside their windows",
    "one shift a day": "one shift a day",
    "availability": "available " + ", ".join(f"{day} at any time" for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
    "time off": "time off",
    "closed dates": "closed dates",
    "rest between shifts": "at least 11 h between two shifts",
    "most hours in a week": "at most 24 paid hours a week and 8 of overtime",
    "least hours in a week": "at least 20 paid hours a week, less up to 4 of leave",
    "most days in a week": "at most 3 days a week",
    "most days in a row": "at most 2 days in a row",
    "least days off in a row": "at least 1 days off in a row",
    "weekends off": "0 of any 4 weekends in a row off",
    "most nights in a row": "at most 2 nights in a row",
    "days off after nights": "at least 2 days off after nights",
    "forward rotation": "no shift more than 60 minutes earlier in the day than that of the day before",
    "forbidden successions": "no day on the day after night, no night on the day after day",
    "pattern of weeks": "the pattern of weeks",
    "earliest and latest": "shifts only 08:00–18:00",
    "locked shifts": "what is locked (day from 09:00 of 8 h on Tue 3 March, a day off on Sat 7 March)",
    "hours on average": "at least 10 and at most 20 paid hours a week on average over 2 weeks",
    "spread of starts in a week": "starts of a week at most 90 minutes apart",
    "overtime": "overtime up to 8 h a week",
    "voluntary leave": "voluntary leave up to 4 h a week",
    "fairness of unpopular shifts": "unpopular shifts shared fairly",
    "wishes for days off": "wishes for days off",
    "wishes for starts": "wishes for starts",
    "skills": "skills: calls, mail",
    "sessions delivered whole": "every session of every activity",
    "dates and window of sessions": "sessions inside their dates and windows",
    "fixed starts of sessions": "sessions at their fixed starts",
    "groups together": "groups attend together",
    "rooms": "rooms",
    "order of activities": "order of activities",
}
LIMITED = contract(
    "bob",
    max_nights=2,
    days_off_after_nights=2,
    forward_minutes=60,
    forbidden_next=(("night", "day"), ("day", "night")),
    average_weeks=2,
    min_hours_average=10,
    max_hours_average=20,
    start_spread=90,
    overtime_hours=8,
    leave_hours=4,
)
LOCKS = (Lock(on(SAT), off=True), Lock(on(TUE), "day", 540, 480))
LIMITED = replace(LIMITED, agents=person("bob", earliest=480, latest=1080, locks=LOCKS).agents)


def said(name: str, team: Workforce = TEAM, *days: int) -> str:
    who = next(p for p in persons(team, AXIS) if p.name == "bob")
    return BY_NAME[name].words(who, frozenset(on(day) for day in days) if days else None)


def test_every_rule_has_a_name_of_its_own() -> None:
    assert len(BY_NAME) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_says_what_it_asks_of_a_person(rule: Rule) -> None:
    assert said(rule.name, LIMITED) == WORDS[rule.name]


def test_locks_and_patterns_are_said_for_the_days_asked_for() -> None:
    assert said("locked shifts", LIMITED, SAT) == "what is locked (a day off on Sat 7 March)"
    week = contract("bob", pattern=(("day", "off", "any", "any", "any", "off", "off"),))
    assert said("pattern of weeks", week, TUE, FRI) == "the pattern of weeks (Tue 3 March off, Fri 6 March any)"


def test_time_off_says_its_dates() -> None:
    assert said("time off", person("bob", time_off=frozenset({on(SAT), on(TUE)}))) == "time off on Tue 3 March, Sat 7 March"


def test_time_off_says_only_the_dates_asked_for_and_in_the_plan() -> None:
    team = person("bob", time_off=frozenset({on(TUE), on(FRI), on(40)}))
    assert said("time off", team, FRI, 40) == "time off on Fri 6 March"


def test_closed_dates_are_said() -> None:
    assert said("closed dates", replace(TEAM, closed=frozenset({on(FRI)}))) == "the centre closed on Fri 6 March"


def test_a_weekday_never_worked_is_said() -> None:
    available = ((480, 1020),) * 5 + (None, (1320, 1800))
    assert said("availability", person("bob", available=available)).endswith("Fri 08:00–17:00, Sat never, Sun 22:00–06:00 of the next day")


def test_nobody_without_skills_or_shifts_is_passed_over() -> None:
    team = replace(person("bob", skills=()), contracts=tuple(replace(c, shifts=()) for c in TEAM.contracts))
    assert said("skills", team) == "skills: none"
    assert said("shift template", team) == "shifts of contract bob's: none"

"""What would help where people are missing, and that it does."""

from dataclasses import replace

import pytest

from scheduling import objective
from tests.scheduling.small import DAY, Centre, agent, axis, flat, requirement, sound, team
from wfm.model import Kind, Roster, Segment, Shift, Solved

SHORT = Centre(flat(axis(2), 2), team(agent(), min_hours_week=0))


def hired(solved: Solved, centre: Centre, day: int, start: int) -> float:
    """The price with somebody new on a shift of four hours from `start`, at the best place of its rest."""
    workforce = replace(centre.workforce, agents=(*centre.workforce.agents, agent("new")))
    prices = []
    for rest in (start + 60, start + 120):
        spans = ((start, rest, Kind.WORK, "work"), (rest, rest + 60, Kind.BREAK, "rest"), (rest + 60, start + 240, Kind.WORK, "work"))
        parts = tuple(Segment(a, b, kind, name, ("calls",) if kind is Kind.WORK else (), kind is Kind.WORK) for a, b, kind, name in spans)
        roster = Roster(solved.roster.axis, (*solved.roster.shifts, Shift("new", day, "day", parts)))
        prices.append(objective(roster, workforce, solved.required, centre.settings).total)
    return min(prices)


def test_one_more_agent_saves_exactly_what_is_said() -> None:
    solved = sound(SHORT.solved())
    assert solved.reliefs
    for relief in solved.reliefs:
        day = relief.start // 1440
        best = min(hired(solved, SHORT, day, day * 1440 + start) for start in (480, 540, 600))
        assert relief.text.startswith("one more agent of contract any (calls) on ")
        assert relief.saved == pytest.approx(solved.objective - best)


def test_nothing_is_said_where_nobody_is_missing() -> None:
    assert sound(Centre(flat(axis(2), 0), team(agent())).solved()).reliefs == ()


def test_a_rule_that_keeps_somebody_at_home_is_named_with_its_price() -> None:
    centre = Centre(flat(axis(2), 1), team(agent(), max_days_week=1))
    solved = sound(centre.solved())
    freed = replace(centre, workforce=team(agent(), max_days_week=2)).solved()
    (told,) = [relief for relief in solved.reliefs if "ann" in relief.text]
    assert "if it were not for “at most 1 days a week”" in told.text
    assert told.saved == pytest.approx(solved.objective - freed.objective)
    assert told.covered_hours == 3


def test_time_off_is_never_bargained_with() -> None:
    centre = Centre(flat(axis(2), 1), team(agent(time_off=frozenset({axis(2).dates[0]}))))
    assert not any("ann" in relief.text for relief in sound(centre.solved()).reliefs)


def test_a_queue_that_nobody_serves_is_told_to_need_the_skill() -> None:
    solved = sound(Centre(flat(axis(1), 0, 1), team(agent())).solved())
    assert [relief.text for relief in solved.reliefs] == ["somebody who has the skill mail: nobody in the plan serves it"]


def test_hours_that_no_shift_reaches_are_told() -> None:
    need = [[0] * 20 + [1] * 3 + [0]]
    (relief,) = sound(Centre(requirement(axis(1), need), team(agent(), shift=DAY)).solved()).reliefs
    assert relief.text.startswith("a shift that reaches Mon 2 March 20:00–23:00")


def test_the_worst_day_comes_first() -> None:
    need = [[0] * 8 + [1] * 8 + [0] * 8]
    required = requirement(axis(2), need)
    more = required.present.copy()
    more[:, 24:] *= 3
    solved = sound(Centre(replace(required, present=more, rostered=more, paid=more), team(agent())).solved())
    assert solved.reliefs[0].start >= 1440


def test_each_stretch_of_a_day_has_a_help_of_its_own() -> None:
    """Nobody is there: a shift helps in the morning, none reaches the evening."""
    need = [[0] * 8 + [2] * 4 + [0] * 8 + [1] * 3 + [0]]
    reliefs = Centre(requirement(axis(1), need), team(agent(), shift=DAY)).solved().reliefs
    told = {(relief.start // 60, relief.end // 60): relief.text for relief in reliefs}
    assert told.pop((20, 23)).startswith("a shift that reaches Mon 2 March 20:00–23:00")
    assert told
    assert all(text.startswith("one more agent of contract any (calls) on Mon 2 March 08:00–12:00") for text in told.values())

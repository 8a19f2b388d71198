"""The price of a roster against a recomputation minute by minute, every way to spread people tried."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scheduling import objective
from tests.scheduling import brute
from tests.scheduling.small import SETTINGS, Centre, agent, axis, flat, requirement, team
from tests.scheduling.strategies import centres
from wfm.model import Kind, Reason, Roster, Segment, Shift

PEOPLE = (agent("ann", ("calls", "mail")), agent("bob", ("mail", "chat")), agent("cyd", ("calls", "chat", "mail")), agent("dan"))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(centres(people=4, days=2, queues=3))
def test_the_price_of_an_answer_is_that_of_its_roster(centre: Centre) -> None:
    solved = centre.solved(effort=0.02)
    assume(solved.reason in (Reason.OPTIMAL, Reason.FEASIBLE))
    assert solved.objective == pytest.approx(brute.price(solved.roster, centre, 60), abs=1e-9)
    assert sum(solved.cost_parts.values()) == pytest.approx(solved.objective, abs=1e-9)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Anybody at work at any quarter of an hour, whatever the rules."""
    shifts = []
    for person in PEOPLE:
        begin, first, second, third = draw(st.integers(30, 50)) * 15, *(draw(st.integers(1, 8)) * 15 for _ in range(3))
        pause = Segment(begin + first, begin + first + second, Kind.BREAK, "rest", (), draw(st.booleans()))
        parts = (
            Segment(begin, pause.start, Kind.WORK, "work", person.skills),
            pause,
            Segment(pause.end, pause.end + third, Kind.WORK, "work", person.skills),
        )
        shifts.append(Shift(person.name, 0, "day", parts))
    return Roster(axis(1), tuple(shifts))


@settings(max_examples=60, deadline=None)
@given(rosters(), st.lists(st.sampled_from((0.0, 0.4, 1.0, 1.3, 2.0, 5.0)), min_size=3, max_size=3), st.sampled_from((0.0, 1.0, 90.0)))
def test_any_roster_is_priced_by_its_best_assignment(roster: Roster, needs: list[float], over: float) -> None:
    prices = replace(SETTINGS, over_price=over)
    centre = Centre(requirement(roster.axis, [[need] * 24 for need in needs]), team(*PEOPLE), prices)
    price = objective(roster, centre.workforce, centre.required, prices)
    assert price.total == pytest.approx(brute.price(roster, centre, 60), abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(rosters())
def test_everybody_at_work_a_whole_cell_counts_once(roster: Roster) -> None:
    centre = Centre(flat(axis(1), 1, 1, 1), team(*PEOPLE))
    present = objective(roster, centre.workforce, centre.required, SETTINGS).present
    minutes = [{m for p in s.segments if p.kind is Kind.WORK for m in range(p.start, p.end)} for s in roster.shifts]
    whole = [sum(worked.issuperset(range(60 * hour, 60 * hour + 60)) for worked in minutes) for hour in range(24)]
    assert present.sum(axis=0).tolist() == whole


def test_a_missing_agent_costs_double_beyond_the_last_tenth() -> None:
    """Ten needed and nobody there for an hour: one missing at 40, nine at 80."""
    centre = Centre(flat(axis(1), 10, begin=9, end=10), team(agent()))
    parts = objective(Roster(axis(1), ()), centre.workforce, centre.required, SETTINGS).parts
    assert parts == pytest.approx({"under": 40.0, "deep_under": 720.0, "over": 0.0, "paid": 0.0})


def test_the_price_of_cover_is_told_by_interval() -> None:
    """One needed from 8 to 10, nobody there at 8 and two at 9."""
    work = (Segment(540, 600, Kind.WORK, "work", ("calls",)),)
    shifts = tuple(Shift(name, 0, "day", work) for name in ("ann", "dan"))
    centre = Centre(flat(axis(1), 1, begin=8, end=10), team(*PEOPLE))
    price = objective(Roster(axis(1), shifts), centre.workforce, centre.required, SETTINGS)
    assert price.cover[0, 8] == pytest.approx(0.1 * 40 + 0.9 * 80)
    assert price.cover[0, 9] == pytest.approx(SETTINGS.over_price)
    assert price.cover.sum() == pytest.approx(sum(price.parts[part] for part in ("under", "deep_under", "over")))


def test_a_requirement_that_is_unknown_or_negative_asks_for_nobody() -> None:
    need = np.full((1, 24), np.nan)
    need[0, :3] = -5
    centre = Centre(requirement(axis(1), need), team(agent()))
    assert centre.solved().objective == 0

"""Two hundred centres made hard on purpose: every hour of training is held in time with its trainer, or it is said why it cannot be."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from scheduling import check, repair, schedule
from scheduling.rules import RULES
from tests.scheduling.exams.hard_centres import SETTINGS, HardCentre, hard_centre
from tests.scheduling.exams.held import lost_training
from wfm.errors import Cancelled, Enough
from wfm.model import IMPROVING, Conflict, Reason, ScheduleSettings, Solved

CENTRES, QUICK = 200, 6
SOME = [pytest.param(n, marks=[] if n < QUICK else pytest.mark.slow) for n in range(CENTRES)]
GREEDY = replace(SETTINGS, under_price=1e5, deep_under_price=1e6, over_price=0.0, paid_price=0.0)
IDLE = replace(SETTINGS, under_price=0.0, deep_under_price=0.0, over_price=1e4, paid_price=1e5)
CUTS: tuple[ScheduleSettings, ...] = (
    GREEDY,
    IDLE,
    replace(GREEDY, effort=0.0),
    replace(IDLE, effort=0.0, workers=1),
    replace(SETTINGS, seed=2**63 - 1, workers=1),
)
"""Settings by which somebody could hope to get rid of training: cover dearer than anything, pay dearer than anything, no search."""


@pytest.mark.parametrize("number", SOME)
def test_every_hour_is_held_or_it_is_said_why_not(number: int) -> None:
    centre = hard_centre(number)
    solved = schedule(centre.required, centre.workforce, SETTINGS)
    if solved.conflicts:
        assert centre.hidden is None, f"there is a roster, but: {[c.text for c in solved.conflicts]}"
        explained(centre, solved)
        return
    assert solved.reason is not Reason.NOTHING_FOUND
    held(centre, solved)


@pytest.mark.parametrize("number", SOME)
def test_no_setting_and_no_impatience_can_cut_an_hour(number: int) -> None:
    centre = hard_centre(number)
    whole = schedule(centre.required, centre.workforce, CUTS[number % len(CUTS)])
    early = schedule(centre.required, centre.workforce, SETTINGS, _enough)
    assert bool(whole.conflicts) == bool(early.conflicts)
    for solved in (whole, early):
        explained(centre, solved) if solved.conflicts else held(centre, solved)
    with pytest.raises(Cancelled):
        schedule(centre.required, centre.workforce, SETTINGS, _at_once)


@pytest.mark.parametrize("number", SOME)
def test_no_repair_can_cut_an_hour(number: int) -> None:
    centre = hard_centre(number)
    solved = schedule(centre.required, centre.workforce, SETTINGS)
    if solved.conflicts:
        return
    shift = solved.roster.shifts[number % len(solved.roster.shifts)]
    gone = (shift.agent, centre.required.axis.dates[shift.day])
    progress: Callable[[str, float], None] = _enough if number % 3 == 0 else (lambda _message, _share: None)
    done = repair(
        solved.roster,
        centre.required,
        centre.workforce,
        (GREEDY, IDLE)[number % 2],
        absences=[gone],
        begun=(0, 0, shift.start)[number % 3],
        change_price=(0.0, 20.0, 1e6)[number % 3],
        progress=progress,
    ).solved
    explained(centre, done) if done.conflicts else held(centre, done)


def held(centre: HardCentre, solved: Solved) -> None:
    assert solved.reason in (Reason.OPTIMAL, Reason.FEASIBLE), solved.notes
    assert lost_training(centre, solved.roster) == []
    assert check(solved.roster, solved.workforce) == ()  # of a repair: with the absence as time off
    assert solved.bound <= solved.objective * (1 + 1e-9) + 1e-6


def explained(centre: HardCentre, solved: Solved) -> None:
    """Each conflict names rules or activities there are, and a person or a day; nothing is left in the roster."""
    assert solved.reason is Reason.INFEASIBLE
    assert solved.roster.shifts == ()
    known = {rule.name for rule in RULES} | {activity.name for activity in centre.workforce.activities}
    for conflict in solved.conflicts:
        assert conflict.rules
        assert set(conflict.rules) <= known
        assert _whose(centre, conflict), conflict.text


def _whose(centre: HardCentre, conflict: Conflict) -> bool:
    names = [agent.name for agent in centre.workforce.agents]
    return bool(conflict.day or conflict.agent) and any(name in conflict.text for name in names)


def _enough(message: str, _share: float) -> None:
    if message.startswith(IMPROVING):
        raise Enough


def _at_once(_message: str, _share: float) -> None:
    raise Enough

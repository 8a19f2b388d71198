"""schedule(): a requirement and a workforce in, a roster out."""

from __future__ import annotations

from random import Random

from scheduling.engines.search import construct
from scheduling.price import objective
from scheduling.problem import make_problem
from scheduling.roster import make_roster
from scheduling.sessions import first_timetable
from scheduling.state import State
from wfm.model import Progress, Reason, Requirement, ScheduleSettings, Solved, Workforce, silent


def schedule(required: Requirement, workforce: Workforce, settings: ScheduleSettings, progress: Progress = silent) -> Solved:
    """A roster that keeps every hard rule and covers the requirement as cheaply as found, with a proven bound."""
    problem = make_problem(required, workforce, settings)
    timetable = first_timetable(problem)
    assert timetable is not None
    state = State(problem)
    construct(problem, timetable, state, Random(settings.seed), progress)
    roster = make_roster(problem, [plan for plan in state.plans if plan is not None])
    price = objective(roster, workforce, required, settings)
    return Solved(required, workforce, roster, Reason.FEASIBLE, price.present, price.total, 0.0, price.parts)

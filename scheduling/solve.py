"""schedule(): a requirement and a workforce in, a roster out."""

from __future__ import annotations

from random import Random

from scheduling.engines.search import Search
from scheduling.price import objective
from scheduling.problem import make_problem
from scheduling.roster import make_roster
from scheduling.sessions import first_timetable
from scheduling.state import State
from wfm.model import Progress, Reason, Requirement, ScheduleSettings, Solved, Workforce, part, silent


def schedule(required: Requirement, workforce: Workforce, settings: ScheduleSettings, progress: Progress = silent) -> Solved:
    """A roster that keeps every hard rule and covers the requirement as cheaply as found, with a proven bound."""
    problem = make_problem(required, workforce, settings)
    timetable = first_timetable(problem)
    assert timetable is not None
    state = State(problem)
    search = Search(problem, state, Random(settings.seed))
    search.construct(timetable, part(progress, 0.1, 0.15))
    search.improve(part(progress, 0.15, 1.0))
    roster = make_roster(problem, [plan for plan in state.plans if plan is not None])
    price = objective(roster, workforce, required, settings)
    return Solved(required, workforce, roster, Reason.FEASIBLE, price.present, price.total, 0.0, price.parts)

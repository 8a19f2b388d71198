"""schedule(): a requirement and a workforce in, a roster out. Which engine does what, in order."""

from __future__ import annotations

import numpy as np

from scheduling.coupled import with_stretches
from scheduling.engines.bound import lower_bound
from scheduling.engines.pinned import pin
from scheduling.engines.relaxed import cover_prices
from scheduling.engines.search import Search
from scheduling.engines.whole import optimise
from scheduling.explain import Diagnosis, diagnose
from scheduling.price import objective
from scheduling.problem import Problem, make_problem
from scheduling.relief import reliefs
from scheduling.roster import make_roster
from scheduling.sessions import Timetable, first_timetable
from scheduling.state import State
from wfm.model import Conflict, Progress, Reason, Requirement, Roster, ScheduleSettings, Solved, Workforce, part, silent
from wfm.model.arrays import FloatArray

SMALL_AGENTS, SMALL_DAYS = 8, 7  # up to here one whole model is tried for a proof
WHOLE_WORK = 5.0  # deterministic seconds of it
EARLY = "the search was ended early; this is the best roster it had"
EQUAL = 1e-6  # relative gap that counts as none


def schedule(required: Requirement, workforce: Workforce, settings: ScheduleSettings, progress: Progress = silent) -> Solved:
    """A roster that keeps every hard rule and covers the requirement as cheaply as found, with a proven bound.

    Too few people is never a contradiction: the shortfall lands on cover. Hard rules that contradict each other give reason INFEASIBLE, an
    empty roster and the conflicts in words. The same input and seed give the same roster. Raises ScenarioError when the settings are at
    fault; whatever `progress` raises passes through.
    """
    problem = make_problem(required, workforce, settings)
    prices = cover_prices(problem, part(progress, 0.0, 0.1))
    timetable, diagnosis = _timetable(problem, prices, part(progress, 0.1, 0.2))
    if timetable is None:
        return _nothing(problem, diagnosis)
    problem = pin(problem, timetable, part(progress, 0.2, 0.21))
    bound = lower_bound(problem, prices, part(progress, 0.21, 0.23))
    state = State(problem)
    early: tuple[str, ...] = ()
    if problem.workers:
        search = Search(with_stretches(problem, timetable), timetable, prices, bound)
        _search(problem, search, state, progress)
        if search.ended:  # who had enough is asked no more
            progress, early = silent, (EARLY,)
    if 0 < len(problem.workers) <= SMALL_AGENTS and required.axis.days <= SMALL_DAYS and state.cost > bound * (1 + EQUAL):
        bound = max(bound, optimise(problem, state, WHOLE_WORK * settings.effort, part(progress, 0.95, 0.98)))
    return _solved(problem, state, bound, early, part(progress, 0.98, 1.0))


def _search(problem: Problem, search: Search, state: State, progress: Progress) -> None:
    """Bring the best roster found into the state."""
    search.construct(part(progress, 0.23, 0.25))
    search.improve(part(progress, 0.25, 0.95))
    for w, plan in enumerate(search.plans()):
        state.put(w, plan)


def _timetable(problem: Problem, prices: FloatArray, progress: Progress) -> tuple[Timetable | None, Diagnosis]:
    """A time for every session, or why there is none."""
    zeros = np.zeros(problem.grid.cells)
    if all(worker.best(zeros) is not None for worker in problem.workers):
        timetable = first_timetable(problem, prices, progress)
        if timetable is not None:
            return timetable, Diagnosis(())
    diagnosis = diagnose(problem, progress)
    return diagnosis.timetable, diagnosis


def _solved(problem: Problem, state: State, bound: float, early: tuple[str, ...], progress: Progress) -> Solved:
    plans = [plan for plan in state.plans if plan is not None]
    roster = make_roster(problem, plans)
    price = objective(roster, problem.workforce, problem.required, problem.settings)
    proven = price.total <= bound * (1 + EQUAL) + EQUAL
    reason = Reason.OPTIMAL if proven else Reason.FEASIBLE
    bound = price.total if proven else bound
    helps = reliefs(problem, plans, progress)
    parts, notes = price.parts, (*early, *_notes(problem))
    return Solved(
        problem.required, problem.workforce, roster, reason, price.present, price.total, bound, parts, (), notes, helps, bool(early)
    )


def _nothing(problem: Problem, diagnosis: Diagnosis) -> Solved:
    """The answer without a roster."""
    roster = Roster(problem.grid.axis, ())
    price = objective(roster, problem.workforce, problem.required, problem.settings)
    conflicts: tuple[Conflict, ...] = diagnosis.conflicts
    reason = Reason.INFEASIBLE if conflicts else Reason.NOTHING_FOUND
    notes = () if conflicts else ("no time was found for all sessions together, and no contradiction either",)
    return Solved(problem.required, problem.workforce, roster, reason, price.present, price.total, 0.0, price.parts, conflicts, notes)


def _notes(problem: Problem) -> tuple[str, ...]:
    if problem.grid.minutes == problem.settings.grid_minutes:
        return ()
    return (f"shifts and breaks need a grid of {problem.grid.minutes} minutes, finer than the {problem.settings.grid_minutes} asked for",)

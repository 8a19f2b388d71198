"""Days for one person that keep the rules, over the whole horizon: what is asked when windows have led into a dead end."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from scheduling.days.case import Case, make_patch
from scheduling.days.clock import Clock
from scheduling.days.columns import STATE_WORK, states_of
from scheduling.days.kernel import INF
from scheduling.days.problem import OFF, Rota
from wfm.model.arrays import FloatArray

WORK = 15.0  # deterministic seconds


class NoRow(Exception):
    """There are no days for this person that keep the rules (`proven`), or none were found."""

    def __init__(self, person: int, proven: bool):
        super().__init__(person, proven)
        self.person, self.proven = person, proven


def whole_row(case: Case, p: int, clock: Clock, worth: FloatArray | None = None) -> Rota:
    """Days (days,) that keep all of a person's rules: the cheapest where covering a cell is worth so much (days, shifts), else any.

    Raises NoRow, and Spent: neither search can be stopped, but the second ends with the clock.
    """
    clock.look()
    patch = make_patch(case, case.problem.all_off(), np.array([p]), 0, case.problem.days)
    costs, bounds, rows = patch.best_rows(np.array([0]), np.zeros(patch.need.shape) if worth is None else worth)
    clock.spend(STATE_WORK * states_of(patch))
    if bounds[0] == INF:
        raise NoRow(p, True)
    return rows[0] if costs[0] < INF else _any_row(case, p, clock)


def _any_row(case: Case, p: int, clock: Clock) -> Rota:
    """By CP-SAT, where limits on shifts could not be kept otherwise."""
    model, works = _model(case, p)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = WORK
    if clock.seconds is not None:
        solver.parameters.max_time_in_seconds = max(clock.seconds_left, 0.1)
    status = solver.solve(model)
    clock.spend(solver.response_proto.deterministic_time)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NoRow(p, status == cp_model.INFEASIBLE)
    row = np.full(case.problem.days, OFF, np.int16)
    for (day, shift), chosen in works.items():
        if solver.boolean_value(chosen):
            row[day] = shift
    return row


def _model(case: Case, p: int) -> tuple[cp_model.CpModel, dict[tuple[int, int], cp_model.IntVar]]:
    problem, person, model = case.problem, case.problem.people[p], cp_model.CpModel()
    works = {(int(d), int(s)): model.new_bool_var("") for d, s in np.argwhere(np.isfinite(case.wish[p]))}
    day = [model.new_bool_var("") for _ in range(problem.days)]
    for d in range(problem.days):
        model.add(sum(chosen for (at, _), chosen in works.items() if at == d) == day[d])
    follow = problem.may_follow()
    for (d, s), chosen in works.items():
        for after in np.flatnonzero(~follow[s]):
            if (d + 1, int(after)) in works:
                model.add_bool_or(~chosen, ~works[d + 1, int(after)])
    minutes = problem.minutes
    total = sum(int(minutes[s]) * chosen for (_, s), chosen in works.items())
    model.add_linear_constraint(total, person.min_minutes, person.max_minutes)
    for s, most in enumerate(person.most):
        model.add(sum(chosen for (_, shift), chosen in works.items() if shift == s) <= most)
    _add_runs(model, day, person.max_run, person.least_run, person.least_rest)
    weekends = []
    for saturday in range(5, problem.days, 7):
        weekends.append(model.new_bool_var(""))
        for d in day[saturday : saturday + 2]:
            model.add_implication(d, weekends[-1])
    model.add(sum(weekends) <= person.max_weekends)
    return model, works


def _add_runs(model: cp_model.CpModel, day: list[cp_model.IntVar], longest: int, least_run: int, least_rest: int) -> None:
    """Runs of worked days at most `longest`; runs that touch neither end at least `least_run` worked, `least_rest` off."""
    for first in range(len(day) - longest):
        model.add(sum(day[first : first + longest + 1]) <= longest)
    for least, on in ((least_run, day), (least_rest, [~d for d in day])):
        for length in range(1, least):
            for first in range(1, len(day) - length):
                inside = [~d for d in on[first : first + length]]
                model.add_bool_or(on[first - 1], *inside, on[first + length])

"""design(): the shifts to offer, by one integer programme."""

from __future__ import annotations

from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduling.design.problem import DesignProblem
from wfm.model import Reason

WORK = 60.0  # deterministic seconds


@dataclass(frozen=True)
class Design:
    """duties: people for each (start, length) offered on each day, in intervals. cost, bound: price and proven least price."""

    reason: Reason
    duties: dict[tuple[int, int], tuple[int, ...]]
    cost: float
    bound: float


def design(problem: DesignProblem, work: float = WORK) -> Design:
    """The cheapest mix of few shifts and little under- and over-cover of a cyclic requirement. work: deterministic seconds at most."""
    model, most = cp_model.CpModel(), max(problem.need)
    offers, days = problem.offers(), range(problem.days)
    duty = {offer: [model.new_int_var(0, most, "") for _ in days] for offer in offers}
    used = {offer: model.new_bool_var("") for offer in offers}
    for offer in offers:
        for day in days:
            model.add(duty[offer][day] <= most * used[offer])
    there: list[list[cp_model.IntVar]] = [[] for _ in problem.need]
    for (start, length), people in duty.items():
        for day in days:
            for at in range(length):
                there[(day * problem.a_day + start + at) % len(there)].append(people[day])
    under = [model.new_int_var(0, need, "") for need in problem.need]
    over = [model.new_int_var(0, most * len(offers), "") for _ in problem.need]
    for need, working, lack, excess in zip(problem.need, there, under, over, strict=True):
        model.add(sum(working) + lack - excess == need)
    step = problem.step_minutes
    shifts = problem.per_shift * sum(used.values())
    model.minimize(shifts + problem.under * step * sum(under) + problem.over * step * sum(over))
    return _answer(model, duty, work)


def _answer(model: cp_model.CpModel, duty: dict[tuple[int, int], list[cp_model.IntVar]], work: float) -> Design:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = work
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Design(Reason.NOTHING_FOUND, {}, float("inf"), 0.0)
    chosen = {offer: tuple(solver.value(count) for count in people) for offer, people in duty.items()}
    reason = Reason.OPTIMAL if status == cp_model.OPTIMAL else Reason.FEASIBLE
    return Design(
        reason, {offer: counts for offer, counts in chosen.items() if any(counts)}, solver.objective_value, solver.best_objective_bound
    )

"""The whole problem as one CP-SAT model: the optimum of small cases, and whether hard rules can hold together at all.

One model is a dead end beyond small cases; there it is never used but to ask whether a schedule exists for a few people.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from scheduling.engines.person_model import PersonModel, Starts
from scheduling.engines.polled import Watch, solve_polled, solver
from scheduling.problem import Block, Problem
from scheduling.rules import COUPLINGS
from scheduling.sessions import session_at
from scheduling.state import State
from scheduling.tours import OFF
from scheduling.worker import Plan, Session
from wfm.model import Progress, silent

SCALE = 100_000  # whole numbers of the model per unit of price


@dataclass(eq=False)
class Whole:
    """The model of some workers (by number) and all blocks they attend."""

    problem: Problem
    model: cp_model.CpModel
    people: dict[int, PersonModel]
    blocks: dict[Block, Starts]


def build(problem: Problem, workers: list[int], progress: Progress = silent) -> Whole:
    """The hard rules of some workers with all blocks that they attend; others' attendance is left out."""
    model = cp_model.CpModel()
    chosen = [b for b in problem.blocks if set(b.members) & set(workers)]
    begins: dict[Block, Starts] = {}
    for block in chosen:
        begins[block] = {start: model.new_bool_var("") for start in block.starts}
        model.add_exactly_one(begins[block].values()) if begins[block] else model.add_bool_or([])
    for coupling in COUPLINGS:
        coupling.require(model, problem.workforce, begins)
    people = {}
    for n, w in enumerate(workers):
        progress(f"one model for all: {problem.workers[w].name}", n / len(workers))
        sessions = [(block, starts) for block, starts in begins.items() if w in block.members]
        people[w] = PersonModel(model, problem.workers[w].loose, problem.workers[w].loose.tours().space, sessions).build()
    return Whole(problem, model, people, begins)


def optimise(problem: Problem, state: State, work: float, progress: Progress) -> float:
    """Prove or improve the roster of a small case; the state takes the better one. Returns the proven bound."""
    whole = build(problem, list(range(len(problem.workers))), progress)
    total = _pay(whole) + _cover(whole) + sum(person.soft(SCALE) for person in whole.people.values())
    whole.model.minimize(total)
    whole.model.add(total <= int(state.cost * SCALE) - 1)
    engine = solver(work)
    engine.parameters.linearization_level = 2
    status = solve_polled(engine, whole.model, progress, "whole model: looking for a proof", Watch(SCALE))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        state.swap(plans_of(whole, engine).items())
    if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
        return state.cost
    return max((engine.best_objective_bound - _rounded(whole)) / SCALE, 0.0)


def _rounded(whole: Whole) -> int:
    """By how much rounded prices may add up to more than those of the problem: one for each cell, shift and toll."""
    tolls = sum(len(pieces.tolls) for person in whole.people.values() for pieces in person.pieces)
    return whole.problem.grid.need.size + len(whole.people) * whole.problem.grid.axis.days + tolls


def _pay(whole: Whole) -> cp_model.LinearExprT:
    """Pay of all shifts, less what unpaid sessions take in every roster."""
    minute = whole.problem.grid.prices.paid_minute * SCALE
    unpaid = sum(b.activity.minutes * len(b.members) for b in whole.blocks if not b.activity.paid)
    shifts = sum(round(minute * int(p.worker.catalogue.paid[key[1]])) * v for p in whole.people.values() for key, v in p.chosen.items())
    return shifts - round(minute * unpaid)


def _cover(whole: Whole) -> cp_model.LinearExprT:
    """Price of the cover: people at work are spread over their queues, presence is priced by lines between whole numbers of people."""
    problem, model = whole.problem, whole.model
    at: dict[tuple[int, int], list[cp_model.LinearExprT]] = defaultdict(list)
    for person in whole.people.values():
        for c, working in person.working().items():
            at[person.worker.group, c].append(working)
    counted: dict[tuple[int, int], list[cp_model.LinearExprT]] = defaultdict(list)
    for (group, c), working in at.items():
        queues = sorted(problem.groups[group])
        spread = [model.new_int_var(0, len(working), "") for _ in queues] if len(queues) > 1 else [sum(working)] * len(queues)
        if len(queues) > 1:
            model.add(sum(spread) == sum(working))
        for queue, people in zip(queues, spread, strict=True):
            counted[queue, c].append(people)
    return sum(_cell(whole, q, c, sum(counted.get((q, c), [])), len(whole.people)) for q, c in np.ndindex(*problem.grid.need.shape))


def _cell(whole: Whole, queue: int, cell: int, present: cp_model.LinearExprT, most: int) -> cp_model.LinearExprT:
    need = whole.problem.grid.need[queue, cell]
    price = [round(float(v) * SCALE) for v in whole.problem.grid.prices.cover(np.full(most + 1, need), np.arange(most + 1))]
    if isinstance(present, int):
        return price[0]
    if need == 0:
        return (price[1] - price[0]) * present
    paid = whole.model.new_int_var(0, max(price), "")
    for k in range(most):
        whole.model.add(paid >= price[k] + (price[k + 1] - price[k]) * (present - k))
    return paid


def plans_of(whole: Whole, engine: cp_model.CpSolver) -> dict[int, Plan]:
    """Everybody's plan in the solver's answer."""
    return {w: _plan(whole, engine, w, person) for w, person in whole.people.items()}


def _plan(whole: Whole, engine: cp_model.CpSolver, w: int, person: PersonModel) -> Plan:
    catalogue = person.worker.catalogue
    options = np.full(catalogue.days, OFF, np.int64)
    for (day, option), chosen in person.chosen.items():
        if engine.boolean_value(chosen):
            options[day] = option
    breaks: dict[int, tuple[int, ...]] = {}
    for day in np.flatnonzero(options != OFF).tolist():
        family = catalogue.family(int(options[day]))
        begin = int(catalogue.start[day, options[day]]) // catalogue.grid.minutes
        places = [person.resting[day, family, j] for j in range(len(family.offsets))]
        breaks[day] = tuple(next(t for t, v in place.items() if engine.boolean_value(v)) - begin for place in places)
    return person.worker.planned(options, breaks, _sessions(person, engine, options))


def _sessions(person: PersonModel, engine: cp_model.CpSolver, options: np.ndarray) -> tuple[Session, ...]:
    """The person's sessions in the answer, each with the shift that hosts it."""
    catalogue, found = person.worker.catalogue, []
    for block, starts in person.sessions:
        start = next(s for s, v in starts.items() if engine.boolean_value(v))
        end = start + block.activity.minutes
        worked = np.flatnonzero(options != OFF).tolist()
        host = next(d for d in worked if catalogue.start[d, options[d]] <= start and catalogue.end[d, options[d]] >= end)
        found.append(session_at(block, start, host))
    return tuple(sorted(found))

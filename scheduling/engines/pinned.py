"""People whose tight space holds no schedule although there is one: they keep the one that the whole model finds.

A tight space forbids more than the rules do (see `Space`). Where that leaves nothing, one schedule of the loose space takes its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from ortools.sat.python import cp_model

from scheduling.engines.person_model import PersonModel
from scheduling.problem import Problem
from scheduling.sessions import Timetable
from scheduling.space import Space
from scheduling.tours import OFF
from scheduling.worker import Session, Worker
from wfm.model import Progress
from wfm.model.arrays import IntArray

PIN_WORK = 20.0  # deterministic seconds for one person


def pin(problem: Problem, timetable: Timetable, progress: Progress) -> Problem:
    """The problem with everybody pinned who has no schedule in their tight space beside their sessions."""
    zeros, workers = np.zeros(problem.grid.cells), []
    for w, worker in enumerate(problem.workers):
        progress(f"a schedule for {worker.name}", w / len(problem.workers))
        empty = worker.loose is not worker and worker.best(zeros, timetable[w]) is None
        workers.append(_pinned(worker, timetable[w]) if empty else worker)
    return replace(problem, workers=tuple(workers))


def _pinned(worker: Worker, sessions: tuple[Session, ...]) -> Worker:
    options = _any_schedule(worker.loose, sessions)
    if options is None or worker.loosened is None:
        return worker
    return replace(worker, narrowed=_only(worker.loosened, options), lattices=worker.lattices, _tours={})


def _only(loosened: Callable[[IntArray], Space], options: IntArray) -> Callable[[IntArray], Space]:
    """Makes a loose space with one schedule left in it."""

    def space(unpaid: IntArray) -> Space:
        whole, worked = loosened(unpaid), np.flatnonzero(options != OFF)
        only = np.zeros_like(whole.allowed)
        only[worked, options[worked]] = True
        whole.allowed &= only
        whole.must[worked] = True
        whole.tightened = True
        return whole

    return space


def _any_schedule(loose: Worker, sessions: tuple[Session, ...]) -> IntArray | None:
    """Options (days,) of some schedule that keeps every rule and holds the sessions; None where none is found."""
    fits = np.isfinite(loose.values(np.zeros(loose.catalogue.grid.cells), sessions))
    must = loose.frame(sessions)[1]
    model = cp_model.CpModel()
    person = PersonModel(model, loose, loose.tours(sessions).space, []).build()
    for key, chosen in person.chosen.items():
        if not fits[key]:
            model.add(chosen == 0)
    for day in np.flatnonzero(must).tolist():
        model.add_exactly_one(person.on(day))
    engine = cp_model.CpSolver()
    engine.parameters.num_workers, engine.parameters.max_deterministic_time = 1, PIN_WORK
    if engine.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    options = np.full(loose.catalogue.days, OFF)
    for (day, option), chosen in person.chosen.items():
        if engine.boolean_value(chosen):
            options[day] = option
    return options

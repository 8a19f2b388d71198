"""A roster as it stood in the memory of the compiled search, and everybody's plan in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.engines.memory import FIXED, Memory
from scheduling.problem import Problem
from scheduling.sessions import session_at
from scheduling.tours import OFF
from scheduling.worker import Plan, Session
from wfm.model.arrays import IntArray


@dataclass(frozen=True, eq=False)
class Standing:
    """A roster as it stood in a memory: the arrays OPTION, BREAKS, SESSION and SESSIONS, and its price."""

    option: IntArray
    breaks: IntArray
    session: IntArray
    sessions: IntArray
    cost: float


def standing_in(memory: Memory) -> Standing:
    """A copy of the roster in a memory."""
    arrays = (memory.option, memory.breaks, memory.session, memory.sessions)
    return Standing(*(array.copy() for array in arrays), float(memory.total.sum()))


def plans_of(problem: Problem, standing: Standing) -> list[Plan]:
    """Everybody's plan."""
    return [_plan(problem, standing, w) for w in range(len(problem.workers))]


def _plan(problem: Problem, standing: Standing, w: int) -> Plan:
    worker = problem.workers[w]
    options, breaks = standing.option[w].copy(), {}
    for day in np.flatnonzero(options != OFF).tolist():
        number = len(worker.catalogue.family(int(options[day])).offsets)
        breaks[day] = tuple(standing.breaks[w, day, :number].tolist())
    return worker.planned(options, breaks, _sessions(problem, standing, w))


def _sessions(problem: Problem, standing: Standing, w: int) -> tuple[Session, ...]:
    found = []
    for first, _, host, kind, b in standing.session[w, : standing.sessions[w]].tolist():
        block = problem.blocks[b]
        start = first * problem.grid.minutes
        if kind == FIXED:
            start = block.starts[0]
        found.append(session_at(block, start, host))
    return tuple(sorted(found))

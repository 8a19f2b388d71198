"""Ruin and recreate: take somebody out, put them back at their exact best against the cover the others make."""

from __future__ import annotations

from random import Random

from scheduling.problem import Problem
from scheduling.sessions import Timetable
from scheduling.state import State
from wfm.model import Progress


def construct(problem: Problem, timetable: Timetable, state: State, random: Random, progress: Progress) -> None:
    """Everybody once, in random order."""
    order = list(range(len(problem.workers)))
    random.shuffle(order)
    for n, w in enumerate(order):
        worker = problem.workers[w]
        plan = worker.best(state.cover.values(worker.group), timetable[w])
        assert plan is not None
        state.put(w, plan)
        progress(f"first roster: {n + 1} of {len(order)} agents", (n + 1) / len(order))

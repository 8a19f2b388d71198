"""Moves of the search: one person back at their best with their own sessions anywhere, and a group session to another time."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np

from scheduling.problem import Block, Problem
from scheduling.sessions import session_at
from scheduling.state import State
from scheduling.tours import OFF
from scheduling.worker import Plan, Session, Worker
from wfm.model.arrays import FloatArray

TRIES = 2  # times tried for a group session


def reinsert(worker: Worker, value: FloatArray, old: Plan, days: slice, ease: bool) -> Plan:
    """The best plan against these values that differs on some days only; where `ease` says so the worker's own sessions move too."""
    moved = _eased(worker, value, old, days) if ease else None
    plan = moved if moved is not None else worker.best_within(value, old.sessions, old, days)
    return plan if plan is not None else old


def _eased(worker: Worker, value: FloatArray, old: Plan, days: slice) -> Plan | None:
    """The best plan after the worker's own sessions of the days moved to where a plan without them would lose least."""
    own = [s for s in old.sessions if s.starts.size and days.start <= s.host < days.stop]
    taken = [s for s in old.sessions if s not in own]
    free = worker.best_within(value, tuple(taken), old, days) if own else None
    if free is None:
        return None
    loss = np.full(worker.catalogue.grid.padded, np.inf)
    loss[free.worked(days)] = value[free.worked(days)]
    for session in sorted(own, key=lambda s: -(s.end - s.start)):
        moved = cheapest(worker, free, session, loss)
        if moved is None:
            return None
        loss[list(worker.catalogue.grid.touched(moved.start, moved.end))] = np.inf
        taken.append(moved)
    return worker.best_within(value, tuple(sorted(taken)), old, days)


def _cell_losses(worker: Worker, plan: Plan, value: FloatArray) -> FloatArray:
    """Per padded cell what leaving work there loses; infinite where the plan does not work."""
    loss = np.full(worker.catalogue.grid.padded, np.inf)
    loss[plan.cells] = value[plan.cells]
    return loss


def cheapest(worker: Worker, plan: Plan, session: Session, loss: FloatArray) -> Session | None:
    """The session at the start that loses least inside the plan's work."""
    size = len(worker.catalogue.grid.touched(session.start, session.end))
    starts = session.starts
    costs = window_sums(loss, starts // worker.catalogue.grid.minutes, size)
    best = int(np.argmin(costs))
    if not np.isfinite(costs[best]):
        return None
    return at(worker, plan, session, int(starts[best]))


def window_sums(loss: FloatArray, cells: np.ndarray, size: int) -> FloatArray:
    """Sum of `size` cells from each given one; infinite where one of them is."""
    free = np.isfinite(loss)
    sums = np.concatenate([[0.0], np.cumsum(np.where(free, loss, 0.0))])
    shut = np.concatenate([[0], np.cumsum(~free)])
    return np.where(shut[cells + size] > shut[cells], np.inf, sums[cells + size] - sums[cells])


def at(worker: Worker, plan: Plan, session: Session, start: int) -> Session:
    """The session moved to a start inside a shift of the plan."""
    end = start + session.end - session.start
    day = int(np.searchsorted(worker.catalogue.grid.axis.day_starts, start, side="right")) - 1
    hosts = [d for d in (day, day - 1) if d >= 0 and plan.options[d] != OFF]
    host = next((d for d in hosts if _within(worker, plan, d, start, end)), session.host)
    return replace(session, start=start, end=end, host=host)


def _within(worker: Worker, plan: Plan, day: int, start: int, end: int) -> bool:
    option = int(plan.options[day])
    return bool(worker.catalogue.start[day, option] <= start and worker.catalogue.end[day, option] >= end)


def move_block(problem: Problem, state: State, block: Block, random: Random) -> dict[int, Plan]:
    """Bring a group session to one of the times that lose least, everybody of the group put back around it; the plans from before."""
    old = {w: state.take(w) for w in block.members}
    free, total = {}, np.zeros(len(block.starts))
    cells = np.array(block.starts, np.int64) // problem.grid.minutes
    for w in block.members:
        worker, kept = problem.workers[w], _without(old[w], block)
        value = state.cover.values(worker.group)
        free[w] = worker.best(value, kept)
        total += _start_losses(problem, worker, free[w], value, cells, block)
    order = np.argsort(total, kind="stable")[: 4 * TRIES].tolist()
    random.shuffle(order)
    for n in order[:TRIES]:
        plans = _around(problem, state, block, block.starts[n], old)
        if plans is not None:
            return old
    for w, plan in old.items():
        state.put(w, plan)
    return old


def _without(plan: Plan, block: Block) -> tuple[Session, ...]:
    return tuple(s for s in plan.sessions if (s.activity, s.number) != (block.activity.name, block.number))


def _start_losses(problem: Problem, worker: Worker, plan: Plan | None, value: FloatArray, cells: np.ndarray, block: Block) -> FloatArray:
    """What each start would lose one member; a price of half a day's work where their best plan has no room."""
    if plan is None:
        return np.zeros(len(cells))
    size = len(problem.grid.touched(0, block.activity.minutes))
    costs = window_sums(_cell_losses(worker, plan, value), cells, size)
    return np.where(np.isfinite(costs), costs, problem.grid.prices.under * 4)


def _around(problem: Problem, state: State, block: Block, start: int, old: dict[int, Plan]) -> dict[int, Plan] | None:
    """Everybody of the group put back with the session at a start; None, and nobody put back, where somebody cannot."""
    plans: dict[int, Plan] = {}
    for w in block.members:
        worker = problem.workers[w]
        plan = _with_session(problem, worker, state.cover.values(worker.group), block, start, old[w])
        if plan is None:
            for done in plans:
                state.take(done)
            return None
        plans[w] = plan
        state.put(w, plan)
    return plans


def _with_session(problem: Problem, worker: Worker, value: FloatArray, block: Block, start: int, old: Plan) -> Plan | None:
    """The best plan with the session at a start, hosted by the shift of its day or of the day before."""
    kept, end = _without(old, block), start + block.activity.minutes
    if any(s.start < end and start < s.end for s in kept):
        return None
    day = int(np.searchsorted(problem.grid.axis.day_starts, start, side="right")) - 1
    for host in (day, day - 1):
        if host >= 0:
            session = session_at(block, start, host)
            plan = worker.best(value, tuple(sorted((*kept, session))))
            if plan is not None:
                return plan
    return None

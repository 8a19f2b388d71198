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
from wfm.model.arrays import FloatArray, IntArray

TRIES = 2  # times tried for a group session
STAY = 0.7  # chance that it stays in its week


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


def cheapest(worker: Worker, plan: Plan, session: Session, loss: FloatArray) -> Session | None:
    """The session at the start that loses least inside the plan's work."""
    size = len(worker.catalogue.grid.touched(session.start, session.end))
    starts = session.starts
    costs = window_sums(loss, starts // worker.catalogue.grid.minutes, size)
    best = int(np.argmin(costs))
    if not np.isfinite(costs[best]):
        return None
    return at(worker, plan, session, int(starts[best]))


def window_sums(loss: FloatArray, cells: IntArray, size: int) -> FloatArray:
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


def move_block(problem: Problem, state: State, block: Block, random: Random) -> tuple[slice, dict[int, Plan]]:
    """Bring a group session to one of the times of a week that lose least, everybody of the group put back around it.

    The days from the week of the old time to that of the new one may change; the plans from before.
    """
    starts, days = _week_of_starts(problem, state, block, random)
    old = {w: state.take(w, days) for w in block.members}
    cells, total = starts // problem.grid.minutes, np.zeros(len(starts))
    for w in block.members:
        worker, value = problem.workers[w], _value(problem, state, w, days)
        free = worker.best_within(value, _without(old[w], block), old[w], days)
        total += _start_losses(problem, free, value, cells, block)
    order = np.argsort(total, kind="stable")[: 4 * TRIES].tolist()
    random.shuffle(order)
    if not any(_around(problem, state, block, int(starts[n]), old, days) for n in order[:TRIES]):
        for w, plan in old.items():
            state.put(w, plan, days)
    return days, old


def _week_of_starts(problem: Problem, state: State, block: Block, random: Random) -> tuple[IntArray, slice]:
    """The starts of a block in one week, mostly the one in which it stands, and the days between the two weeks, both whole."""
    grid, starts = problem.grid, np.array(block.starts, np.int64)
    plan = state.plans[block.members[0]]
    assert plan is not None
    here = next(s.host for s in plan.sessions if (s.activity, s.number) == (block.activity.name, block.number))
    weeks = grid.week[np.searchsorted(grid.axis.day_starts, starts, side="right") - 1]
    stands = int(grid.week[here])
    week = stands if random.random() < STAY and stands in weeks else int(random.choice(np.unique(weeks).tolist()))
    between = np.flatnonzero((grid.week >= min(week, stands)) & (grid.week <= max(week, stands)))
    return starts[weeks == week], slice(int(between[0]), int(between[-1]) + 1)


def _value(problem: Problem, state: State, w: int, days: slice) -> FloatArray:
    return state.cover.values(problem.workers[w].group, *problem.grid.reach(days))


def _without(plan: Plan, block: Block) -> tuple[Session, ...]:
    return tuple(s for s in plan.sessions if (s.activity, s.number) != (block.activity.name, block.number))


def _start_losses(problem: Problem, plan: Plan | None, value: FloatArray, cells: IntArray, block: Block) -> FloatArray:
    """What each start would lose one member; the price of an hour of somebody missing where their best plan has no room."""
    if plan is None:
        return np.zeros(len(cells))
    size = len(problem.grid.touched(0, block.activity.minutes))
    loss = np.full(problem.grid.padded, np.inf)
    loss[plan.cells] = value[plan.cells]
    costs = window_sums(loss, cells, size)
    return np.where(np.isfinite(costs), costs, problem.grid.prices.under * 60 / problem.grid.minutes)


def _around(problem: Problem, state: State, block: Block, start: int, old: dict[int, Plan], days: slice) -> bool:
    """Put everybody of the group back with the session at a start; nobody is put back where somebody cannot."""
    done: list[int] = []
    for w in block.members:
        plan = _with_session(problem, problem.workers[w], _value(problem, state, w, days), block, start, old[w], days)
        if plan is None:
            for other in done:
                state.take(other, days)
            return False
        state.put(w, plan, days)
        done.append(w)
    return True


def _with_session(problem: Problem, worker: Worker, value: FloatArray, block: Block, start: int, old: Plan, days: slice) -> Plan | None:
    """The best plan with the session at a start, hosted by the shift of its day or of the day before."""
    kept, end = _without(old, block), start + block.activity.minutes
    if any(s.start < end and start < s.end for s in kept):
        return None
    day = int(np.searchsorted(problem.grid.axis.day_starts, start, side="right")) - 1
    hosts = [host for host in (day, day - 1) if days.start <= host < days.stop]
    tried = (worker.best_within(value, tuple(sorted((*kept, session_at(block, start, host)))), old, days) for host in hosts)
    return next((plan for plan in tried if plan is not None), None)

"""The search of a repair: the published roster first, what is lost put back, then every change that earns more than it costs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scheduling.coupled import free
from scheduling.problem import Block
from scheduling.repair.state import Mending
from scheduling.sessions import first_timetable, possible, session_at
from scheduling.tours import OFF
from scheduling.worker import Plan, Session
from wfm.errors import Enough
from wfm.model import IMPROVING, Progress

SWEEPS = 50
LEAST = 1e-6  # gain that counts


def begin(mending: Mending, lost: list[Block], change_price: float, progress: Progress) -> bool:
    """Everybody's plan: as published where it can stay, else their best; False where somebody or a session has none."""
    problem, state = mending.problem, mending.state
    zeros = np.zeros(problem.grid.cells)
    if any(worker.best(zeros) is None for worker in problem.workers):
        return False
    for n, block in enumerate(sorted(lost, key=lambda b: len(b.starts))):
        progress(f"a new time for {block.activity.name}", n / (2 * len(lost)))
        if not _replaced(mending, block, change_price) and not _afresh(mending, progress):
            return False
    later = []
    for w in range(len(problem.workers)):
        plan = mending.published(w)
        later += [w] if plan is None else []
        if plan is not None:
            state.put(w, plan)
    for n, w in enumerate(later):
        progress(f"a new plan for {problem.workers[w].name}", 0.5 + n / (2 * len(later)))
        plan = mending.best(w, mending.timetable[w])
        if plan is None:
            return False
        state.put(w, plan)
    return True


def _replaced(mending: Mending, block: Block, change_price: float) -> bool:
    """Give a block the time at which fewest published shifts have to change."""
    problem, common = mending.problem, {}
    block = replace(block, starts=tuple(start for start in block.starts if start >= mending.begun or block.fixed))
    starts = set(block.starts)
    for m in block.members:
        common[m] = {s: h for s, h in possible(problem.workers[m], block, mending.timetable[m]).items() if h not in mending.fixed[m]}
        starts &= common[m].keys()
    starts = free(problem, block, mending.timetable, starts)
    for start in sorted(starts, key=lambda s: (sum(not _holds(mending, m, block, s, common[m][s]) for m in block.members), s)):
        new = {m: tuple(sorted((*mending.timetable[m], session_at(block, start, common[m][start])))) for m in block.members}
        if all(mending.best(m, sessions) is not None for m, sessions in new.items()):
            mending.timetable |= new
            return True
    return False


def _holds(mending: Mending, m: int, block: Block, start: int, host: int) -> bool:
    """Whether the published shift of a day spans a session."""
    option, catalogue = mending.kept[m].options[host], mending.problem.workers[m].catalogue
    if option == OFF:
        return False
    return bool(catalogue.start[host, option] <= start and catalogue.end[host, option] >= start + block.activity.minutes)


def _afresh(mending: Mending, progress: Progress) -> bool:
    """A new time for every session, where those lost have no place beside the others and nothing has begun."""
    problem = mending.problem
    if mending.begun or any(mending.fixed):
        return False
    timetable = first_timetable(problem, np.zeros(problem.grid.need.shape), progress)
    mending.timetable = timetable or mending.timetable
    return timetable is not None


def improve(mending: Mending, progress: Progress) -> bool:
    """Change what gains until nothing does; False where the progress had enough before (`Enough`)."""
    try:
        _swept(mending, progress)
    except Enough:
        return False
    return True


def _swept(mending: Mending, progress: Progress) -> None:
    """Sweep over everybody and all sessions, the greatest gain first, until nothing gains."""
    problem, days = mending.problem, mending.problem.grid.axis.days
    people = [w for w in range(len(problem.workers)) if len(mending.fixed[w]) < days]
    for sweep in range(SWEEPS):
        gains = []
        for n, w in enumerate(people):
            progress(f"{IMPROVING}: {mending.cost:,.0f}, round {sweep + 1}", (sweep + n / len(people)) / SWEEPS)
            gains.append((-_tried(mending, w, keep=False), w))
        done = sum(_tried(mending, w, keep=True) for gain, w in sorted(gains) if gain < -LEAST)
        done += sum(_moved(mending, block) for block in problem.blocks)
        if done <= LEAST:
            return


def _tried(mending: Mending, w: int, *, keep: bool) -> float:
    """What one person's best plan would gain; put in place if it gains and is to be kept."""
    before, old = mending.cost, mending.state.take(w)
    plan = mending.best(w, mending.timetable[w])
    mending.state.put(w, old if plan is None else plan)
    gain = before - mending.cost
    if not keep or gain <= LEAST:
        mending.state.swap([(w, old)])
    return gain if gain > LEAST else 0.0


def _moved(mending: Mending, block: Block) -> float:
    """Move a session to the time inside its members' shifts that takes least from the cover, if that gains."""
    state, before = mending.state, mending.cost
    held = {
        m: next(s for s in mending.timetable[m] if (s.activity, s.number) == (block.activity.name, block.number)) for m in block.members
    }
    if block.fixed or any(s.start < mending.begun or s.host in mending.fixed[m] for m, s in held.items()):
        return 0.0
    old, rest = {m: state.plans[m] for m in held}, {m: tuple(s for s in mending.timetable[m] if s != one) for m, one in held.items()}
    start = _best_start(mending, block, held)
    if start is None:
        return 0.0
    timetable = dict(mending.timetable)
    for m, one in held.items():
        host = _host(mending, m, start, start + block.activity.minutes)
        assert host is not None
        mending.timetable[m] = tuple(sorted((*rest[m], replace(one, start=start, end=start + block.activity.minutes, host=host))))
        state.take(m)
    plans: dict[int, Plan] = {}
    for m in held:
        plan = mending.best(m, mending.timetable[m])
        if plan is not None:
            plans[m] = plan
            state.put(m, plan)
    if len(plans) < len(held) or mending.cost > before - LEAST:
        mending.timetable = timetable
        state.swap((m, plan) for m, plan in old.items() if plan is not None)
        return 0.0
    return before - mending.cost


def _best_start(mending: Mending, block: Block, held: dict[int, Session]) -> int | None:
    """The start ahead, inside all shifts and beside other sessions, that takes least from the cover; None for the present one."""
    problem, now = mending.problem, next(iter(held.values())).start
    value = sum(np.maximum(mending.state.cover.values(problem.workers[m].group), 0.0) for m in held)
    sums = np.concatenate([[0.0], np.cumsum(value)])
    busy = {c for m, one in held.items() for s in mending.timetable[m] if s != one for c in problem.grid.touched(s.start, s.end)}
    costs = {}
    for start in sorted(free(problem, block, mending.timetable, block.starts)):
        cells = problem.grid.touched(start, start + block.activity.minutes)
        inside = all(_host(mending, m, start, start + block.activity.minutes) is not None for m in held)
        if start >= mending.begun and inside and busy.isdisjoint(cells):
            costs[start] = float(sums[min(cells.stop, problem.grid.cells)] - sums[min(cells.start, problem.grid.cells)])
    best = min(costs, key=lambda start: (round(costs[start], 9), start != now, start), default=now)
    return None if best == now else best


def _host(mending: Mending, m: int, start: int, end: int) -> int | None:
    """The day of a shift of somebody's plan that spans a stretch and may be touched."""
    plan, catalogue = mending.state.plans[m], mending.problem.workers[m].catalogue
    assert plan is not None
    for day in plan.breaks:
        option = int(plan.options[day])
        inside = catalogue.start[day, option] <= start and catalogue.end[day, option] >= end
        if inside and day not in mending.fixed[m]:
            return day
    return None

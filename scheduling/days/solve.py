"""solve(): a problem of whole days in, a rota with its bound out. First rota, root, dives, then neighbourhoods until the budget ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from scheduling.days.case import make_case
from scheduling.days.clock import Clock
from scheduling.days.kernel import INF
from scheduling.days.pair import Beside, Partner
from scheduling.days.problem import DaysProblem, Rota
from scheduling.days.search import Search
from scheduling.days.single import NoRow
from scheduling.days.warm import warm_up
from wfm.model import Progress, Reason, silent

EARLIER_S = 1.0  # the second search ends so much earlier, to be heard


@dataclass(frozen=True, eq=False)
class Solution:
    """reason: how the search ended. rota, cost: None and inf where nothing was found. bound: proven least cost. person: who has no days."""

    reason: Reason
    rota: Rota | None
    cost: float
    bound: float
    seconds: float
    person: str = ""


def solve(
    problem: DaysProblem,
    seed: int = 1,
    seconds: float | None = 120.0,
    work: float | None = None,
    progress: Progress = silent,
    stop: Callable[[], bool] = lambda: False,
    workers: int = 1,
) -> Solution:
    """A rota that keeps every rule, as cheap as found within the budget, and a proven bound.

    seconds: wall seconds; work: counted work, about CPU seconds, which makes the answer the same on any machine when `seconds` is None. It
    ends early when the bound is met, or when `stop` says so; the best rota so far is returned. Whatever `progress` raises passes through.
    workers: 2 sends a second search out beside the first, in a process of its own with as much work; both share their best.
    """
    warm_up()
    begun = time.monotonic()
    search = Search(make_case(problem), seed, Clock(work, seconds, stop), progress)
    try:
        search.run_with(Partner(_beside, problem, seed, _ends_at(seconds), work) if workers > 1 else None)
    except NoRow as nobody:
        reason = Reason.INFEASIBLE if nobody.proven else Reason.NOTHING_FOUND
        return Solution(reason, None, INF, 0.0, time.monotonic() - begun, problem.people[nobody.person].name)
    standing, bound = search.standing, search.proven
    spent = time.monotonic() - begun
    if standing is None:
        return Solution(Reason.NOTHING_FOUND, None, INF, bound, spent)
    reason = Reason.OPTIMAL if standing.cost <= bound + 1e-6 else Reason.FEASIBLE
    return Solution(reason, standing.rota, standing.cost, bound, spent)


def _ends_at(seconds: float | None) -> float | None:
    return None if seconds is None else time.time() + seconds - EARLIER_S


def _beside(pipe: Connection, problem: DaysProblem, seed: int, ends_at: float | None, work: float | None) -> None:
    """The second search: as the first, but it draws otherwise and leaves the proof to it."""
    seconds = None if ends_at is None else max(ends_at - time.time(), 0.1)
    search = Search(make_case(problem), (seed, 1), Clock(work, seconds, lambda: False), silent, proves=False)
    try:
        search.run_with(Beside(pipe))
    except NoRow:
        return  # the first search says so

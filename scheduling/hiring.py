"""what_if_hire(): what people of a contract would save, told by the bound and by the roster at hand.

For prices π of presence the bound of `engines.bound` falls by the worth of one more person's best schedule with each of them, so it is
one subtraction per person; of several π the best counts for each number. The other side is a roster: the one at hand with the newcomers at
their exact best, one after the other. The least price with n people lies between the two, B(n) ≤ least(n) ≤ P(n), so what they save,
least(0) − least(n), lies between B(0) − P(n) and P(0) − B(n): that is proven. P(0) − B(n) alone is no saving, as it holds what the search
for today's roster missed; like with like are B(0) − B(n) and P(0) − P(n), which are estimates.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scheduling.engines.bound import lower_bound
from scheduling.engines.relaxed import cover_prices
from scheduling.problem import Problem, make_problem
from scheduling.repair.published import kept_of
from scheduling.solve import schedule
from scheduling.state import State
from scheduling.worker import NOWHERE
from wfm.errors import Fault, InputError, near
from wfm.model import Agent, Progress, Reason, Requirement, ScheduleSettings, Solved, Workforce, part, silent
from wfm.model.arrays import FloatArray

QUICK = 0.1  # effort of the roster where none is at hand


@dataclass(frozen=True)
class Hire:
    """What so many newcomers change; of none (0): nothing.

    bound: no roster with them costs less. price: of the roster at hand with them added, so the best costs at most this. saved: what the
    least price falls by lies between these two, which is proven. saved_by_bound, saved_found: what the bound falls by, and what the price
    of the roster at hand; both leave out what the search missed, neither is proven. short_hours: agent-hours short; no roster has fewer
    than the first, and the one at hand with them has the second.
    """

    count: int
    bound: float
    price: float
    saved: tuple[float, float]
    short_hours: tuple[float, float]
    saved_by_bound: float = 0.0
    saved_found: float = 0.0


@dataclass(frozen=True, eq=False)
class WhatIf:
    """rows: for 0 to k newcomers. solved: the roster at hand that they were added to."""

    contract: str
    skills: tuple[str, ...]
    rows: tuple[Hire, ...]
    solved: Solved


def what_if_hire(
    required: Requirement,
    workforce: Workforce,
    settings: ScheduleSettings,
    contract: str,
    k: int,
    skills: tuple[str, ...],
    progress: Progress = silent,
) -> WhatIf:
    """What 0 to k newcomers of a contract, with these skills, would save.

    Where the rules contradict each other there are no rows, see `solved.conflicts`. Raises InputError for unknown names and
    for newcomers whose contract leaves them no schedule.
    """
    verify_hire(required.queues, workforce, contract, skills, k)
    quick = replace(settings, effort=min(settings.effort, QUICK))
    solved = schedule(required, workforce, quick, part(progress, 0.0, 0.5))
    if solved.reason in (Reason.INFEASIBLE, Reason.NOTHING_FOUND):
        return WhatIf(contract, skills, (), solved)
    progress("adding the newcomers to the roster", 0.5)
    more = _with(workforce, contract, skills, k)
    prices = _added(make_problem(required, more, settings), solved, k, len(workforce.agents))
    bounds = _bounds(required, more, settings, k, _named("price", part(progress, 0.5, 0.8)))
    hours = replace(settings, under_price=1.0, deep_under_price=1.0, over_price=0.0, paid_price=0.0)
    least = _bounds(required, _free(more), hours, k, _named("hours short", part(progress, 0.8, 1.0)))
    bounds = [min(bound, price) for bound, (price, _) in zip(bounds, prices, strict=True)]
    rows = [_row(n, bounds, [price for price, _ in prices], (min(least[n], short), short)) for n, (_, short) in enumerate(prices)]
    return WhatIf(contract, skills, tuple(rows), solved)


def _row(n: int, bounds: list[float], prices: list[float], short_hours: tuple[float, float]) -> Hire:
    saved = (bounds[0] - prices[n], prices[0] - bounds[n]) if n else (0.0, 0.0)
    return Hire(n, bounds[n], prices[n], saved, short_hours, bounds[0] - bounds[n], prices[0] - prices[n])


def _with(workforce: Workforce, contract: str, skills: tuple[str, ...], k: int) -> Workforce:
    names, n = {agent.name for agent in workforce.agents}, 0
    new: list[Agent] = []
    while len(new) < k:
        n += 1
        if f"new {n:02d}" not in names:
            new.append(Agent(f"new {n:02d}", contract, skills))
    return replace(workforce, agents=(*workforce.agents, *new))


def _free(workforce: Workforce) -> Workforce:
    """The same people where nothing may be bought off for a price, so that only hours count."""
    contracts = tuple(replace(c, overtime_price=0.0, leave_price=0.0, fairness_price=0.0) for c in workforce.contracts)
    return replace(workforce, contracts=contracts, agents=tuple(replace(agent, wishes=()) for agent in workforce.agents))


def _added(problem: Problem, solved: Solved, k: int, people: int) -> list[tuple[float, float]]:
    """Price and agent-hours short of the roster at hand with 0 to k newcomers."""
    state, kept = State(problem), kept_of(problem, solved.roster, set())[0]
    for w in range(people):
        state.put(w, problem.workers[w].planned(kept[w].options, kept[w].breaks, kept[w].sessions))
    told = [(state.cost, _short(state))]
    for w in range(people, people + k):
        worker = problem.workers[w]
        plan = worker.best(state.cover.values(worker.group))
        if plan is None:
            raise InputError(Fault("", "contract", worker.person.contract.name, "a contract that leaves newcomers a schedule"))
        state.put(w, plan)
        told.append((state.cost, _short(state)))
    return told


def _short(state: State) -> float:
    grid = state.problem.grid
    return float(np.maximum(grid.need - state.cover.present, 0.0).sum()) * grid.minutes / 60


def _bounds(required: Requirement, more: Workforce, settings: ScheduleSettings, k: int, progress: Progress) -> list[float]:
    """The bound for each of 0 to k newcomers: the best of those by the prices that few, some and all of them make."""
    best, people = np.zeros(k + 1), len(more.agents) - k
    now = make_problem(required, replace(more, agents=more.agents[:people]), settings)
    tries = sorted({0, k // 2, k})
    for n, count in enumerate(tries):
        here = _named(f"with {count} newcomers", part(progress, n / len(tries), (n + 1) / len(tries)))
        some = make_problem(required, replace(more, agents=more.agents[: people + count]), settings)
        prices = cover_prices(some, part(here, 0.0, 0.5))
        base = lower_bound(now, prices, part(here, 0.5, 1.0))
        if base > 0 and k:  # where it is cut off at 0 it says nothing about more people
            best = np.maximum(best, base - np.arange(k + 1) * _worth(required, more, settings, prices))
        best[0] = max(best[0], base)
    return [float(value) for value in best]


def _named(name: str, progress: Progress) -> Progress:
    """A progress whose messages begin with what they are about."""
    return lambda message, share: progress(f"{name}, {message}", share)


def _worth(required: Requirement, more: Workforce, settings: ScheduleSettings, prices: FloatArray) -> float:
    """What one newcomer's exact best schedule is worth at given prices of presence."""
    problem = make_problem(required, replace(more, agents=more.agents[-1:], activities=()), settings)
    worker = problem.workers[0].loose
    group, value, space = sorted(problem.groups[worker.group]), np.zeros(problem.grid.padded), worker.tours().space
    if group:
        value[: problem.grid.cells] = prices[group].max(axis=0)
    return worker.tours().best(worker.worth(value, space, space.allowed, NOWHERE, worker.every_day))[0] - space.base_price


def verify_hire(queues: tuple[str, ...], workforce: Workforce, contract: str, skills: tuple[str, ...], k: int) -> None:
    """Raises InputError with all that is wrong: unknown names, fewer than no newcomers."""
    faults, contracts = [], [c.name for c in workforce.contracts]
    if contract not in contracts:
        faults.append(Fault("", "contract", contract, "the name of a contract", near(contract, contracts)))
    faults += [Fault("", "skills", skill, "the name of a queue", near(skill, queues)) for skill in skills if skill not in queues]
    if k < 0:
        faults.append(Fault("", "count", str(k), "at least 0"))
    if faults:
        raise InputError(faults)

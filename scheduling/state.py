"""The state of a search: everybody's plan, the cover they make, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable

from scheduling.cover import Cover
from scheduling.problem import Problem
from scheduling.worker import Plan


class State:
    """plans: by worker; None while somebody is taken out. cost: of cover and pay together."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cover = Cover(problem.grid, problem.groups)
        self.plans: list[Plan | None] = [None] * len(problem.workers)
        self.paid_minutes = 0
        self.soft = 0.0

    @property
    def cost(self) -> float:
        return self.cover.cost + self.paid_minutes * self.problem.grid.prices.paid_minute + self.soft

    def put(self, worker: int, plan: Plan, days: slice | None = None) -> None:
        """Give somebody a plan; `days` where only their shifts of these days had been taken out."""
        self.plans[worker] = plan
        self.cover.add(self.problem.workers[worker].group, plan.cells if days is None else plan.worked(days))
        self.paid_minutes += plan.paid_minutes
        self.soft += plan.soft

    def take(self, worker: int, days: slice | None = None) -> Plan:
        """Take somebody out, or only their shifts of some days; their plan from before."""
        plan = self.plans[worker]
        assert plan is not None
        self.plans[worker] = None
        self.cover.remove(self.problem.workers[worker].group, plan.cells if days is None else plan.worked(days))
        self.paid_minutes -= plan.paid_minutes
        self.soft -= plan.soft
        return plan

    def swap(self, plans: Iterable[tuple[int, Plan]], days: slice | None = None) -> None:
        """Give some workers other plans, which differ on some days only."""
        changed = list(plans)
        for worker, _ in changed:
            if self.plans[worker] is not None:
                self.take(worker, days)
        for worker, plan in changed:
            self.put(worker, plan, days)

"""One small problem three ways: `python -m benchmarks.scheduling_peers [SECONDS] [PEOPLE ...]`.

Ours, pyworkforce (numbers of people by shift, then its rostering) and the model of Google's shift_scheduling example, written from its
published description: one shift or none a day, bounded runs and weekly sums of days off, forbidden transitions, hard cover demands with
a price for excess. Neither peer prices breaks, skills or hours short, so the problem has none: a week, three shifts of eight
hours, at most five days a week, eleven hours of rest. All rosters are priced and checked by our checker.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np
from ortools.sat.python import cp_model
from pyworkforce.rostering.binary_programming import MinHoursRoster
from pyworkforce.scheduling import MinAbsDifference
from rich.console import Console
from rich.table import Table

from scheduling import check, objective, schedule
from wfm.model import Agent, Contract, Kind, Requirement, Roster, ScheduleSettings, Segment, Shift, ShiftTemplate, TimeAxis, Workforce

AXIS = TimeAxis(date(2026, 3, 2), 7, 60, "Europe/Berlin")
SHIFTS = {"early": 6, "mid": 10, "late": 14}
HOURS, MOST_DAYS, DAYS = 8, 5, 7
TEMPLATES = tuple(ShiftTemplate(name, 60 * hour, 60 * hour, (60 * HOURS,)) for name, hour in SHIFTS.items())
CONTRACT = Contract("full", tuple(SHIFTS), max_hours_week=40, max_days_week=MOST_DAYS)
SETTINGS = ScheduleSettings(grid_minutes=60)
Assigned = list[tuple[int, int, str]]
"""(person, day, shift)."""


def problem(people: int, load: float) -> tuple[Requirement, Workforce]:
    """A week whose agent-hours are `load` × what the people can work, with a morning and an afternoon peak and a quieter weekend."""
    curve = np.interp(np.arange(24), [5, 6, 10, 12, 15, 20, 22], [0, 3, 9, 8, 9, 4, 0]) * (np.arange(24) >= 6) * (np.arange(24) < 22)
    need = np.outer([1.1, 1.05, 1, 1, 1, 0.7, 0.6], curve)
    need = np.round(need * load * people * MOST_DAYS * HOURS / need.sum()).reshape(1, -1)
    workforce = Workforce(tuple(Agent(f"agent {n:03d}", "full", ("calls",)) for n in range(people)), (CONTRACT,), TEMPLATES)
    return Requirement(AXIS, ("calls",), need, need, need, np.full(need.shape, 0.8)), workforce


def ours(required: Requirement, workforce: Workforce, _seconds: float) -> tuple[str, Roster]:
    solved = schedule(required, workforce, SETTINGS)
    return f"{solved.reason}, bound {solved.bound:,.0f}", solved.roster


def numbers_by_shift(required: Requirement, people: int, seconds: float) -> dict[str, list[int]]:
    """How many people each shift gets each day, by pyworkforce's scheduler; the demand of both peers' rosters."""
    coverage = {name: [int(hour <= p < hour + HOURS) for p in range(24)] for name, hour in SHIFTS.items()}
    need = required.rostered.reshape(DAYS, 24).astype(int).tolist()
    found = MinAbsDifference(DAYS, 24, coverage, need, people, people, max_search_time=seconds).solve()
    rows = {(row["day"], row["shift"]): row["resources"] for row in found["resources_shifts"]}
    return {name: [int(rows.get((day, name), 0)) for day in range(DAYS)] for name in SHIFTS}


def pyworkforce(required: Requirement, workforce: Workforce, seconds: float) -> tuple[str, Roster]:
    """Everybody rests on two days at most, the nearest that it has to five days of work."""
    names = [agent.name for agent in workforce.agents]
    demand = numbers_by_shift(required, len(names), seconds)
    late_early = [{"origin": "late", "destination": "early"}]
    model = MinHoursRoster(
        DAYS, names, list(SHIFTS), [HOURS] * 3, 0, [], DAYS - MOST_DAYS, demand, late_early, max_search_time=seconds, num_search_workers=2
    )
    found = model.solve()
    rows = found["resource_shifts"] if found["cost"] != -1 else []
    return found["status"].lower(), roster_of(workforce, [(names.index(r["resource"]), r["day"], r["shift"]) for r in rows])


def google(required: Requirement, workforce: Workforce, seconds: float) -> tuple[str, Roster]:
    """The structure of the example with the rules of this problem."""
    people = range(len(workforce.agents))
    demand = numbers_by_shift(required, len(people), seconds)
    model = cp_model.CpModel()
    work = {(p, d, s): model.new_bool_var("") for p in people for d in range(DAYS) for s in ("off", *SHIFTS)}
    for p in people:
        for d in range(DAYS):
            model.add_exactly_one(work[p, d, s] for s in ("off", *SHIFTS))
        for d in range(DAYS - 1):
            model.add_bool_or(~work[p, d, "late"], ~work[p, d + 1, "early"])
        model.add(sum(work[p, d, "off"] for d in range(DAYS)) >= DAYS - MOST_DAYS)
    excess = []
    for d in range(DAYS):
        for s in SHIFTS:
            more = model.new_int_var(0, len(people), "")
            model.add(sum(work[p, d, s] for p in people) == demand[s][d] + more)
            excess.append(more)
    model.minimize(sum(excess) + sum(_lonely(model, work, p, d) for p in people for d in range(1, DAYS - 1)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 2
    status = solver.solve(model)
    done = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    chosen = [(p, d, s) for (p, d, s), v in work.items() if done and s != "off" and solver.boolean_value(v)]
    return solver.status_name(status).lower(), roster_of(workforce, chosen)


def _lonely(model: cp_model.CpModel, work: dict, person: int, day: int) -> cp_model.IntVar:
    """Its soft sequence rule: a single day off between two of work has a price."""
    alone = model.new_bool_var("")
    model.add_bool_or(work[person, day - 1, "off"], ~work[person, day, "off"], work[person, day + 1, "off"], alone)
    return alone


def roster_of(workforce: Workforce, assigned: Assigned) -> Roster:
    """The roster that assignments mean."""
    shifts = []
    for person, day, name in assigned:
        begin = AXIS.minute(day, 60 * SHIFTS[name])
        part = Segment(begin, begin + 60 * HOURS, Kind.WORK, "work", ("calls",))
        shifts.append(Shift(workforce.agents[person].name, day, name, (part,)))
    return Roster(AXIS, tuple(shifts))


WAYS: dict[str, Callable[[Requirement, Workforce, float], tuple[str, Roster]]] = {
    "ours": ours,
    "pyworkforce": pyworkforce,
    "shift_scheduling": google,
}


def main(seconds: float, sizes: list[int]) -> None:
    shown = Table("people", "load", "way", "answer", "wall s", "shifts", "price", "agent-hours short", "violations")
    schedule(*problem(3, 0.5), SETTINGS)  # what compiles once is not counted
    for people in sizes:
        for load in (0.9, 1.05):
            required, workforce = problem(people, load)
            for name, way in WAYS.items():
                begun = time.perf_counter()
                answer, roster = way(required, workforce, seconds)
                taken = time.perf_counter() - begun
                price = objective(roster, workforce, required, SETTINGS)
                short = np.maximum(required.rostered - price.present, 0).sum()
                broken = len(check(roster, workforce))
                told = [f"{price.total:,.0f}", f"{short:,.0f}", str(broken)] if roster.shifts else ["no roster", "", ""]
                shown.add_row(str(people), f"{load:.0%}", name, answer, f"{taken:.1f}", str(len(roster.shifts)), *told)
    Console(width=140).print(shown)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0, [int(a) for a in sys.argv[2:]] or [12, 25, 50, 100])

"""CPU time per contact, ours and that of peers."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from statistics import median

from rich.table import Table

from benchmarks.simulation import peers
from benchmarks.simulation.centres import Centre, one_queue, routing, skills

Run = Callable[[], object]
SIMPY = {
    "one queue": "one queue: SimPy as its guide writes it",
    "skills": "skills: SimPy, a FilterStore",
    "routing": "routing: our SimPy centre",
}
FASTEST = "cimba"


def cpu_s(run: Run) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun


def repeat(run: Run, times: int) -> None:
    for _ in range(times):
        run()


def medians(cases: dict[str, tuple[Run, int]], rounds: int) -> dict[str, float]:
    """CPU nanoseconds per contact of each case (what to run, contacts in it); fast ones are run often enough to be timed."""
    often = {name: max(1, int(0.1 / max(min(cpu_s(run), cpu_s(run)), 1e-5))) for name, (run, _) in cases.items()}
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, (run, contacts) in cases.items():
            taken[name].append(cpu_s(partial(repeat, run, often[name])) / often[name] / contacts * 1e9)
    return {name: median(values) for name, values in taken.items()}


def ours(case: str, centre: Centre) -> dict[str, tuple[Run, int]]:
    contacts = len(centre.contacts)
    found: dict[str, tuple[Run, int]] = {
        f"{case}: our SimPy centre": (centre.live("simpy"), contacts),
        f"{case}: event kernel": (centre.events(), contacts),
        f"{case}: event kernel with its draws": (centre.events_drawn(), contacts),
        f"{case}: draws": (centre.draw, contacts),
        f"{case}: a whole replication": (centre.day("fast"), contacts),
    }
    if case == "one queue":
        found[f"{case}: recursion"] = (centre.live("fast"), contacts)
        found[f"{case}: recursion with its draws"] = (centre.drawn("fast"), contacts)
    return found


def theirs() -> dict[str, tuple[Run, int]]:
    """Peers that are installed, with the calls of a run."""
    runs: dict[str, Run] = {
        SIMPY["one queue"]: peers.simpy_one_queue,
        "one queue: pure Python, one heap": peers.heap_one_queue,
        SIMPY["skills"]: peers.simpy_skills,
    }
    if find_spec("ciw"):
        runs["one queue: Ciw"] = peers.ciw_one_queue()
    if find_spec("salabim"):
        runs |= {f"{case}: salabim": run for case, run in peers.salabim_days().items()}
    if find_spec("cimba"):
        from benchmarks.simulation import by_cimba

        runs |= {"one queue: cimba": by_cimba.days(by_cimba.OneQueue), "skills: cimba": by_cimba.days(by_cimba.Skills)}
    return {name: (run, run()[0]) for name, run in runs.items()}  # type: ignore[index]


def speeds(rounds: int) -> Table:
    cases = theirs() | ours("one queue", one_queue()) | ours("skills", skills()) | ours("routing", routing())
    found = medians(cases, rounds)
    shown = Table("case", "ns per contact", "contacts per CPU-second", "× SimPy", f"× {FASTEST}")
    for name in sorted(found, key=lambda one: (list(SIMPY).index(one.split(":")[0]), -found[one])):
        case = name.split(":")[0]
        best = found.get(f"{case}: {FASTEST}")
        against = f"{best / found[name]:.1f}" if best else ""
        shown.add_row(name, f"{found[name]:,.0f}", f"{1e9 / found[name]:,.0f}", f"{found[SIMPY[case]] / found[name]:.1f}", against)
    return shown

"""Speed of the simulation, and what its random numbers save: medians of CPU seconds, all in one run, rounds interleaved.

    python -m benchmarks.simulation [rounds]

One queue: λ 10 a minute, AHT 5 min, 55 agents, patience 3 min, 10 h. Routing: five queues (calls, two of them with priority, chats, mails)
and 100 agents on shifts with breaks. Peers that are missing are left out.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import heapq
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from statistics import median

import numpy as np
import simpy
from rich.console import Console
from rich.table import Table

from simulation import simulate
from simulation.arrivals import Contacts, draw_contacts
from simulation.engines import ENGINES
from simulation.measure import measure
from simulation.setting import Setting, prepare
from wfm.model import Channel, Experiment, Forecast, Kind, Outcome, Queue, Roster, Segment, Shift, TimeAxis

AXIS = TimeAxis(date(2026, 3, 2), 1, 15, "UTC")
FIRST = "import benchmarks.simulation as b; b.one_queue().fast()"


@dataclass(frozen=True)
class Centre:
    """A centre and one day of it. counts (queues, intervals)."""

    setting: Setting
    counts: np.ndarray
    contacts: Contacts

    def draw(self, replication: int = 0) -> Contacts:
        s = self.setting
        return draw_contacts(s.queues, self.counts, s.handle_s, s.step_s, s.seed, replication)

    def live(self, engine: str) -> Callable[[], object]:
        """One day of given contacts."""
        live = ENGINES[engine](self.setting).live
        return lambda: live(self.contacts, self.setting.stints, _deaf)

    def fast(self) -> object:
        return self.live("fast")()

    def day(self, engine: str) -> Callable[[], object]:
        """One whole replication: contacts drawn, lived through, measured."""
        live = ENGINES[engine](self.setting).live
        return lambda: measure(self.setting, self.setting.stints, live(self.draw(), self.setting.stints, _deaf))


def _deaf(_share: float) -> None:
    """A strike that nobody hears."""


def shift(agent: str, *parts: tuple[int, int, tuple[str, ...]]) -> Shift:
    return Shift(agent, 0, "bench", tuple(Segment(a, b, Kind.WORK if q else Kind.BREAK, "part", q) for a, b, q in parts))


def forecast_of(queues: tuple[Queue, ...], mean: np.ndarray, paths: np.ndarray) -> Forecast:
    handle_s = np.full(mean.shape, np.nan)
    return Forecast(AXIS, tuple(queue.name for queue in queues), mean, paths, np.quantile(paths, (0.1, 0.9), axis=0), handle_s, (0.1, 0.9))


def centre_of(queues: tuple[Queue, ...], roster: Roster, mean: np.ndarray) -> Centre:
    counts = np.random.default_rng(1).poisson(mean)
    setting = prepare(forecast_of(queues, mean, counts[None].astype(float)), queues, roster, Experiment())
    return Centre(setting, counts, draw_contacts(queues, counts, setting.handle_s, setting.step_s, 1, 0))


def one_queue() -> Centre:
    queue = Queue("calls", handle_s=300, patience_s=180)
    mean = np.zeros((1, 96))
    mean[0, :40] = 150
    return centre_of((queue,), Roster(AXIS, tuple(shift(f"agent {k:03}", (0, 600, ("calls",))) for k in range(55))), mean)


LINES = (
    Queue("calls", handle_s=300, handle_cv=0.9, patience_s=180),
    Queue("gold", handle_s=360, handle_cv=0.9, patience_s=240, priority=1),
    Queue("orders", handle_s=240, handle_cv=0.9, patience_s=150, priority=2),
    Queue("chats", Channel.CHAT, handle_s=600, handle_cv=0.8, patience_s=300, concurrency=2, priority=2),
    Queue("mails", Channel.EMAIL, handle_s=400, handle_cv=0.7, priority=3),
)
TEAMS = (("calls", "gold"), ("orders",), ("calls", "orders", "gold"), ("chats", "mails"), ("orders", "calls"))


def roster_of(agents: int) -> Roster:
    shifts = []
    for number in range(agents):
        begin, served = 480 + 30 * (number % 8), TEAMS[number % 5]
        cuts = [begin, begin + 110 + number % 40, begin + 240 + number % 30, begin + 390 + number % 30, begin + 510]
        rests = [0, 15, 30, 15]
        parts = []
        for k in range(4):
            parts += [(cuts[k], cuts[k] + rests[k], ())] if rests[k] else []
            parts.append((cuts[k] + rests[k], cuts[k + 1], served))
        shifts.append(shift(f"agent {number:03}", *parts))
    return Roster(AXIS, tuple(shifts))


def rates() -> np.ndarray:
    """Contacts by queue and quarter hour of the routing case, about 5,300 a day."""
    quarter = np.arange(96)
    day = np.exp(-(((quarter - 48) / 11) ** 2)) * (quarter >= 32) * (quarter < 80)
    return np.outer([60, 25, 70, 28, 20], day)


def routing() -> Centre:
    return centre_of(LINES, roster_of(100), rates())


def idiomatic_simpy(seed: int = 1) -> int:
    """M/M/n+M as the SimPy guide writes it: a Resource, and `request | timeout`."""
    dice, env = random.Random(seed), simpy.Environment()
    desk, told = simpy.Resource(env, 55), []

    def caller():
        begun = env.now
        with desk.request() as request:
            done = yield request | env.timeout(dice.expovariate(1 / 180))
            told.append((env.now - begun, request in done))
            if request in done:
                yield env.timeout(dice.expovariate(1 / 300))

    def source():
        while env.now < 36000:
            env.process(caller())
            yield env.timeout(dice.expovariate(1 / 6))

    env.process(source())
    env.run()
    return len(told)


def plain_heap(seed: int = 1) -> int:
    """The same by hand: pure Python, one heap of times at which agents become free."""
    dice = random.Random(seed)
    free, at, told = [0.0] * 55, 0.0, []
    while at < 36000:
        begin = max(free[0], at)
        if begin - at <= dice.expovariate(1 / 180):
            heapq.heapreplace(free, begin + dice.expovariate(1 / 300))
        told.append(begin - at)
        at += dice.expovariate(1 / 6)
    return len(told)


def cpu_s(run: Callable[[], object]) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun


def repeat(run: Callable[[], object], times: int) -> None:
    for _ in range(times):
        run()


def medians(cases: dict[str, tuple[Callable[[], object], int]], rounds: int) -> dict[str, float]:
    """CPU nanoseconds per contact of each case (what to run, contacts in it); fast ones are run often enough to be timed."""
    often = {name: max(1, int(0.1 / max(min(cpu_s(run), cpu_s(run)), 1e-5))) for name, (run, _) in cases.items()}
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, (run, contacts) in cases.items():
            taken[name].append(cpu_s(partial(repeat, run, often[name])) / often[name] / contacts * 1e9)
    return {name: median(values) for name, values in taken.items()}


def speeds(rounds: int) -> Table:
    one, many = one_queue(), routing()
    cases = {
        "one queue: idiomatic SimPy": (idiomatic_simpy, 6000),
        "one queue: pure Python, one heap": (plain_heap, 6000),
        "one queue: our SimPy centre": (one.live("simpy"), len(one.contacts)),
        "one queue: kernel": (one.live("fast"), len(one.contacts)),
        "one queue: draws": (one.draw, len(one.contacts)),
        "one queue: draws, kernel and measures": (one.day("fast"), len(one.contacts)),
        "routing: our SimPy centre": (many.live("simpy"), len(many.contacts)),
        "routing: kernel": (many.live("fast"), len(many.contacts)),
        "routing: draws": (many.draw, len(many.contacts)),
        "routing: draws, SimPy centre and measures": (many.day("simpy"), len(many.contacts)),
        "routing: draws, kernel and measures": (many.day("fast"), len(many.contacts)),
    }
    found = medians(cases, rounds)
    shown = Table("case", "ns per contact", "contacts per CPU-second", "× SimPy of the case")
    for name, ns in found.items():
        base = found["one queue: idiomatic SimPy" if name.startswith("one") else "routing: our SimPy centre"]
        shown.add_row(name, f"{ns:,.0f}", f"{1e9 / ns:,.0f}", f"{base / ns:.1f}")
    return shown


def starts() -> Table:
    """CPU seconds of a fresh process to its first simulated day, nothing compiled and then cached."""
    shown = Table("first result of a fresh process", "CPU seconds")
    with tempfile.TemporaryDirectory() as cache:
        for name in ("nothing compiled yet", "compiled before"):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", FIRST], check=True, env=os.environ | {"NUMBA_CACHE_DIR": cache, "PYTHONPATH": "."})
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            shown.add_row(name, f"{after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime:.2f}")
    return shown


def threads(rounds: int) -> Table:
    """CPU of 400 days of the routing case by one worker and by two, and the wall clock."""
    shown = Table("400 days, 100 agents, five queues", "CPU seconds", "wall seconds")
    paths = np.random.default_rng(2).poisson(rates(), (400, 5, 96)).astype(float)
    predicted = forecast_of(LINES, rates(), paths)
    taken: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
    for _ in range(rounds):
        for workers in taken:
            begun = time.perf_counter()
            cpu = cpu_s(lambda workers=workers: simulate(predicted, LINES, roster_of(100), Experiment(400, workers=workers)))
            taken[workers].append((cpu, time.perf_counter() - begun))
    for workers, values in taken.items():
        shown.add_row(f"{workers} worker{'s' * (workers > 1)}", *(f"{median(column):.2f}" for column in zip(*values, strict=True)))
    return shown


def service(outcome: Outcome) -> np.ndarray:
    """Share answered in target by replication, (replications,)."""
    return outcome.answered_in_target.sum(axis=(1, 2)) / outcome.offered.sum(axis=(1, 2))


def same_days() -> Table:
    """Variance of a difference between two rosters: independent days ÷ the same days."""
    predicted = forecast_of(LINES, rates(), np.random.default_rng(3).poisson(rates(), (300, 5, 96)).astype(float))
    other = replace(predicted, paths=np.random.default_rng(4).poisson(rates(), (300, 5, 96)).astype(float))
    few, more = (simulate(predicted, LINES, roster_of(agents), Experiment(300, workers=1)) for agents in (100, 105))
    strange = simulate(other, LINES, roster_of(105), Experiment(300, workers=1, seed=2))
    same, apart = service(more) - service(few), service(strange) - service(few)
    return saved("five agents more, difference of the share answered in target, 300 days", "independent days", apart, "the same days", same)


def spread_days() -> Table:
    """Variance of the share answered in target of 64 days of a random volume (spread 19 %): paths by chance ÷ spread evenly; 30 trials."""
    centre, dice = one_queue(), np.random.default_rng(6)
    queues, mean = centre.setting.queues, np.where(np.arange(96) < 40, 150.0, 0.0)[None]
    paths = dice.poisson(dice.gamma(28.7, 1 / 28.7, (6000, 1, 1)) * mean).astype(float)
    roster = Roster(AXIS, tuple(shift(f"agent {k:03}", (0, 600, ("calls",))) for k in range(55)))
    found: dict[int, list[float]] = {64: [], 6000: []}
    for trial in range(30):
        chosen = paths[dice.permutation(6000)]
        for size, levels in found.items():
            outcome = simulate(forecast_of(queues, mean, chosen[:size]), queues, roster, Experiment(64, workers=2, seed=trial))
            levels.append(float(outcome.answered_in_target.sum() / outcome.offered.sum()))
    return saved("64 days of uncertain volume, 30 trials", "by chance", np.array(found[64]), "spread evenly", np.array(found[6000]))


def saved(title: str, first: str, before: np.ndarray, second: str, after: np.ndarray) -> Table:
    shown = Table(title, "standard deviation")
    shown.add_row(first, f"{before.std(ddof=1):.5f}")
    shown.add_row(second, f"{after.std(ddof=1):.5f}")
    shown.add_row("replications saved", f"{(before.std() / after.std()) ** 2:.0f} ×")
    return shown


def large() -> Table:
    """A day of a million contacts and 10,000 agents: seconds and the greatest memory of the process so far."""
    mean = rates() * (1e6 / rates().sum())
    predicted = forecast_of(LINES, mean, np.random.default_rng(5).poisson(mean)[None].astype(float))
    roster = Roster(AXIS, tuple(replace(one, agent=f"{one.agent} {k:03}") for one in roster_of(100).shifts for k in range(190)))
    taken = cpu_s(lambda: simulate(predicted, LINES, roster, Experiment(1, workers=1)))
    shown = Table("a million contacts, 19,000 agents on shifts", "")
    shown.add_row("CPU seconds", f"{taken:.2f}")
    shown.add_row("memory, MB", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}")
    return shown


def main(rounds: int) -> None:
    show = Console().print
    show(speeds(rounds))
    show(starts())
    show(threads(min(rounds, 3)))
    show(same_days())
    show(spread_days())
    show(large())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)

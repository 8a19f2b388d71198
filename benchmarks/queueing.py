"""Speed of `wfm.queueing` beside pyworkforce and call-center-tools: medians of CPU seconds, all in one run.

    python -m benchmarks.queueing [repeats] [greatest peak]

The peers are in the dependency group "bench"; one that is missing is left out. The week: 20 queues × 672 intervals, peaks of 10 to 300
Erlang unless another greatest peak is given, AHT 150 to 500 s, the agents for 80 % within 20 s. A peer that takes one case at a time is
timed on every 7th interval. What is timed is the public call with all its checks: "as called" is what anybody gets where numba is
installed, from `fast.LARGE` rows on; "numpy alone" the same call without it.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import median

import numpy as np

from wfm.queueing import agents_needed, evaluate, fast

EVERY = 7
EVALUATED = 1_000_000
PATIENCE_S = 120.0


@dataclass(frozen=True)
class Case:
    """run: does `share` of the work of `count` units. beside: name of the case it is compared with, "" for none."""

    name: str
    run: Callable[[], object]
    count: int
    share: float = 1.0
    beside: str = ""


def week(greatest: float) -> dict[str, np.ndarray | float]:
    """A week of 20 queues as arguments of `agents_needed`, 13,440 rows; `greatest`: Erlang at the peak of the largest."""
    quarter = np.arange(672) % 96
    day = np.exp(-(((quarter - 44) / 18) ** 2)) + 0.05
    aht_s = np.random.default_rng(1).permutation(np.linspace(150, 500, 20))
    peak = np.geomspace(10, greatest, 20)
    calls = peak[:, None] * day / aht_s[:, None] * 900
    return {"calls": calls.ravel(), "interval_s": 900.0, "aht_s": np.repeat(aht_s, 672)}


def plain(run: Callable[[], object]) -> Callable[[], None]:
    """The same by numpy alone, as where numba is missing."""

    def alone() -> None:
        large, fast.LARGE = fast.LARGE, sys.maxsize
        try:
            run()
        finally:
            fast.LARGE = large

    return alone


def solves(greatest: float) -> list[Case]:
    queues = week(greatest)
    print(f"mean load {np.mean(queues['calls'] * queues['aht_s'] / 900.0):.0f} Erlang")
    rows = len(queues["calls"])

    def c() -> object:
        return agents_needed("C", **queues, sl_target=0.8)

    def a() -> object:
        return agents_needed("A", **queues, sl_target=0.8, patience_s=PATIENCE_S)

    peer = "week, C, pyworkforce"
    cases = [Case("week, C, numpy alone", plain(c), rows, beside=peer), Case("week, A, numpy alone", plain(a), rows, beside=peer)]
    if fast.kernels(rows) is not None:
        cases += [Case("week, C, as called (compiled)", c, rows, beside=peer), Case("week, A, as called (compiled)", a, rows, beside=peer)]
    some = list(zip(queues["calls"][::EVERY].tolist(), queues["aht_s"][::EVERY].tolist(), strict=True))
    return [*peer_solves(some, rows), *cases]


def peer_solves(some: list[tuple[float, float]], rows: int) -> list[Case]:
    cases = []
    if find_spec("pyworkforce"):
        from pyworkforce.queuing import ErlangC

        def pyworkforce() -> None:
            for calls, aht_s in some:
                ErlangC(transactions=calls, aht=aht_s / 60, interval=15, asa=20 / 60).required_positions(0.8)

        cases.append(Case("week, C, pyworkforce", pyworkforce, rows, len(some) / rows))
    if find_spec("call_center_tools"):
        from call_center_tools import calc_staffing

        def call_center_tools() -> None:
            for calls, aht_s in some:
                calc_staffing(calls_per_hour=calls * 4, aht=aht_s, max_occupancy=0.999999)

        cases.append(Case("week, C, call-center-tools", call_center_tools, rows, len(some) / rows))
    return cases


def evaluations() -> list[Case]:
    """A million systems of 1 to 60 agents, the mean load 25 Erlang; pyworkforce gets 80,000 of load 30."""
    rng = np.random.default_rng(2)
    agents = rng.integers(1, 61, EVALUATED)
    queue = {"calls": agents * rng.uniform(0.6, 1.05, EVALUATED), "interval_s": 240.0, "aht_s": 240.0, "agents": agents}
    peer = "80,000 evaluations of C, pyworkforce"
    cases = [
        Case("1,000,000 evaluations of C", lambda: evaluate("C", **queue), EVALUATED, beside=peer),
        Case("1,000,000 evaluations of A", lambda: evaluate("A", **queue, patience_s=PATIENCE_S), EVALUATED),
    ]
    if find_spec("pyworkforce"):
        from pyworkforce.queuing import ErlangC

        def pyworkforce() -> None:
            for _ in range(8_000):
                ErlangC(transactions=300, aht=3, interval=30, asa=20 / 60).service_level(36)

        cases.insert(0, Case(peer, pyworkforce, 80_000, 0.1))
    return cases


def measured(case: Case, repeats: int) -> float:
    """Median CPU seconds of the whole work; the first run, which loads and compiles, does not count."""
    seconds = []
    case.run()
    for _ in range(repeats):
        begun = time.process_time()
        case.run()
        seconds.append(time.process_time() - begun)
    return median(seconds) / case.share


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    greatest = float(sys.argv[2]) if len(sys.argv) > 2 else 300.0
    print(f"{'':40} {'seconds':>9} {'µs each':>9}  beside pyworkforce")
    for cases in (solves(greatest), evaluations()):
        found = {case.name: measured(case, repeats) for case in cases}
        for case in cases:
            ratio = f"{found[case.beside] / found[case.name]:10,.1f} ×" if case.beside in found else ""
            print(f"{case.name:40} {found[case.name]:9.4f} {found[case.name] / case.count * 1e6:9.3f}  {ratio}")


if __name__ == "__main__":
    main()

"""simulate(): replications of the whole axis, over processes, with totals that do not depend on how many."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from itertools import islice
from multiprocessing import get_context

import numpy as np

from simulation.arrivals import draw_contacts
from simulation.centre import Centre, Strike, quiet
from simulation.check import check
from simulation.measure import Replication, measure
from simulation.presence import attended
from simulation.setting import Setting, prepare
from wfm.model import Experiment, Forecast, Outcome, Progress, Queue, Roster, silent
from wfm.model.arrays import FloatArray

WORTH_A_PROCESS = 40_000
"""Contacts below which starting processes takes longer than the work."""

UNDER_WAY = 64
"""Replications handed to an executor at a time: enough to keep it busy, few enough to be called back."""

HEARTBEAT_S = 0.5


def simulate(
    predicted: Forecast,
    queues: tuple[Queue, ...],
    roster: Roster,
    experiment: Experiment,
    progress: Progress = silent,
    executor: Executor | None = None,
) -> Outcome:
    """Let `experiment.replications` possible futures meet this roster.

    Replication r takes the forecast's sample path r (modulo their number), and its random numbers depend on nothing but (seed, r, purpose,
    queue, contact): two rosters meet exactly the same days. executor: any `concurrent.futures.Executor` to run replications on, None for
    `experiment.workers` processes of our own (the caller's main module must then be importable without side effects; one worker, or little
    work, runs right here). Workers never change a number.

    Raises ScenarioError with every fault of the input. Whatever `progress` raises passes through after the work has been stopped.
    """
    check(predicted, queues, roster, experiment)
    setting = prepare(predicted, queues, roster, experiment)
    paths = predicted.paths[:, [predicted.queues.index(queue.name) for queue in queues]]
    runs = experiment.replications
    if executor is not None:
        done = _on(executor, setting, paths, runs, progress)
    elif experiment.workers == 1 or runs == 1 or paths.sum() / len(paths) * runs < WORTH_A_PROCESS:
        done = _here(setting, paths, runs, progress)
    else:
        with _processes(min(experiment.workers, runs)) as pool:
            done = _on(pool, setting, paths, runs, progress)
    names = [field.name for field in fields(Replication) if field.name != "trace"]
    return Outcome(setting.axis, queues, **{name: np.stack([getattr(one, name) for one in done]) for name in names})


def run_one(setting: Setting, replication: int, counts: FloatArray, strike: Strike = quiet, trace: bool = False) -> Replication:
    """One replication of counts (queues, intervals). strike: called every simulated hour. trace: keep a record of every contact."""
    whole = np.rint(counts).astype(np.int64)
    contacts = draw_contacts(setting.queues, whole, setting.handle_s, setting.step_s, setting.seed, replication)
    stints = attended(setting.stints, setting.agents, setting.absence, setting.seed, replication)
    happened = Centre(setting, contacts, stints, strike).run()
    return Replication(**measure(setting, stints, happened), trace=happened if trace else None)


def _here(setting: Setting, paths: FloatArray, runs: int, progress: Progress) -> list[Replication]:
    done: list[Replication] = []
    for replication in range(runs):
        _tell(progress, replication, runs, 0.0)
        done.append(run_one(setting, replication, paths[replication % len(paths)], partial(_tell, progress, replication, runs)))
    _tell(progress, runs, runs, 0.0)
    return done


def _on(executor: Executor, setting: Setting, paths: FloatArray, runs: int, progress: Progress) -> list[Replication]:
    """Replications in their order, whatever the order in which they were done; a fault in one ends the work at once."""
    done: dict[int, Replication] = {}
    under_way: dict[Future[Replication], int] = {}
    waiting = iter(range(runs))
    try:
        while len(done) < runs:
            _tell(progress, len(done), runs, 0.0)
            for replication in islice(waiting, UNDER_WAY - len(under_way)):
                future = executor.submit(run_one, setting, replication, paths[replication % len(paths)])
                under_way[future] = replication
            for future in wait(under_way, HEARTBEAT_S, FIRST_COMPLETED).done:
                done[under_way.pop(future)] = future.result()
        _tell(progress, runs, runs, 0.0)
    finally:
        for future in under_way:
            future.cancel()
    return [done[replication] for replication in range(runs)]


def _tell(progress: Progress, done: int, of: int, begun: float) -> None:
    progress(f"simulated {done} of {of} replications", (done + begun) / of)


@contextmanager
def _processes(workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool of fresh processes; when anything is raised, they are stopped at once instead of finishing what they do."""
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    finished = False
    try:
        yield pool
        finished = True
    finally:
        running = [] if finished else list((pool._processes or {}).values())
        pool.shutdown(wait=finished, cancel_futures=True)
        for process in running:
            process.terminate()
        for process in running:
            process.join()

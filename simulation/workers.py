"""Who computes the replications: this thread, threads or processes. What comes out never depends on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from threading import Event

from simulation.centre import Strike, quiet
from simulation.engines import Engine
from simulation.measure import Replication
from simulation.setting import Setting
from wfm.errors import Cancelled
from wfm.model import Progress
from wfm.model.arrays import FloatArray

WORTH_A_PROCESS = 40_000
"""Contacts below which starting processes takes longer than the work."""

UNDER_WAY = 16
"""Tasks handed to an executor at a time: enough to keep it busy, few enough to be called back."""

HEARTBEAT_S = 0.5


@dataclass(frozen=True, eq=False)
class Work:
    """What is to be done: replication r of `setting` takes sample path r of `paths` (paths, queues, intervals), modulo their number."""

    setting: Setting
    engine: Engine
    paths: FloatArray
    run_one: Callable[..., Replication]

    def replication(self, number: int, strike: Strike = quiet) -> Replication:
        return self.run_one(self.setting, self.engine.live, number, self.paths[number % len(self.paths)], strike)

    def replications(self, numbers: range, strike: Strike = quiet) -> list[Replication]:
        """One task."""
        done = []
        for number in numbers:
            strike(0.0)
            done.append(self.replication(number, strike))
        return done

    @property
    def contacts(self) -> float:
        """In a replication, on average."""
        return float(self.paths.sum()) / len(self.paths)


def do(work: Work, runs: int, workers: int, progress: Progress, executor: Executor | None) -> list[Replication]:
    """All replications in their order. Whatever `progress` raises passes through after the work has been stopped."""
    tell = partial(_tell, progress, runs)
    if executor is not None:
        return _on(executor, work, runs, workers, tell)
    if workers == 1 or runs == 1 or work.contacts * runs < WORTH_A_PROCESS:
        return _here(work, runs, tell)
    with _pool(work.engine, min(workers, runs)) as (pool, strike):
        return _on(pool, work, runs, workers, tell, strike)


def _tell(progress: Progress, runs: int, done: int, begun: float = 0.0) -> None:
    progress(f"simulated {done} of {runs} replications", (done + begun) / runs)


Tell = Callable[..., None]


def _here(work: Work, runs: int, tell: Tell) -> list[Replication]:
    done: list[Replication] = []
    for number in range(runs):
        tell(number)
        done.append(work.replication(number, partial(tell, number)))
    tell(runs)
    return done


def _on(executor: Executor, work: Work, runs: int, workers: int, tell: Tell, strike: Strike = quiet) -> list[Replication]:
    """Replications in their order, whatever the order in which they were done; a fault in one ends the work at once."""
    done: dict[int, list[Replication]] = {}
    under_way: dict[Future[list[Replication]], int] = {}
    tasks = list(_tasks(work, runs, workers))
    waiting = iter(tasks)
    finished = 0
    try:
        while len(done) < len(tasks):
            tell(finished)
            for task in islice(waiting, UNDER_WAY - len(under_way)):
                under_way[executor.submit(work.replications, task, strike)] = task.start
            for future in wait(under_way, HEARTBEAT_S, FIRST_COMPLETED).done:
                found = done[under_way.pop(future)] = future.result()
                finished += len(found)
        tell(runs)
    finally:
        for future in under_way:
            future.cancel()
    return [one for start in sorted(done) for one in done[start]]


def _tasks(work: Work, runs: int, workers: int) -> Iterator[range]:
    size = min(int(work.engine.task / (work.contacts + 1)) + 1, -(-runs // workers))
    return (range(start, min(start + size, runs)) for start in range(0, runs, size))


def _pool(engine: Engine, workers: int) -> AbstractContextManager[tuple[Executor, Strike]]:
    return _threads(workers) if engine.in_threads else _processes(workers)


@contextmanager
def _threads(workers: int) -> Iterator[tuple[Executor, Strike]]:
    """A pool of threads, and the strike by which they notice that they should stop."""
    stop = Event()

    def strike(_share: float) -> None:
        if stop.is_set():
            raise Cancelled("stopped by whoever asked for the work")

    with ThreadPoolExecutor(workers) as pool:
        try:
            yield pool, strike
        finally:
            stop.set()


@contextmanager
def _processes(workers: int) -> Iterator[tuple[Executor, Strike]]:
    """A pool of fresh processes; when anything is raised, they are stopped at once instead of finishing what they do."""
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
    finished = False
    try:
        yield pool, quiet
        finished = True
    finally:
        running = [] if finished else list((pool._processes or {}).values())
        pool.shutdown(wait=finished, cancel_futures=True)
        for process in running:
            process.terminate()
        for process in running:
            process.join()

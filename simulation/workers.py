"""Who computes the replications: this thread, threads or processes. What comes out never depends on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from multiprocessing.synchronize import Event as EventOfProcesses
from threading import Event

from simulation.centre import Strike, quiet
from simulation.engines import Engine
from simulation.measure import Replication
from simulation.setting import Setting
from wfm.errors import Cancelled
from wfm.model import Experiment, Progress
from wfm.model.arrays import FloatArray

WORTH_A_PROCESS = 40_000
"""Contacts below which starting processes takes longer than the work."""

UNDER_WAY = 16
"""Tasks handed to an executor at a time: enough to keep it busy, few enough to be called back."""

HEARTBEAT_S = 0.5

STOPPED = "stopped by whoever asked for the work"


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


Do = Callable[[range], list[Replication]]
"""Does these replications and returns them in their order."""


@contextmanager
def crew(work: Work, experiment: Experiment, progress: Progress, executor: Executor | None) -> Iterator[Do]:
    """Whoever will do the work. Whatever `progress` raises passes through after the work has been stopped."""
    runs, workers = experiment.replications, min(experiment.workers, experiment.replications)
    tell = partial(_tell, progress, runs)
    if executor is not None:
        yield partial(_on, executor, work, workers, tell)
    elif workers == 1 or work.contacts * runs < WORTH_A_PROCESS:
        yield partial(_here, work, tell)
    else:
        with _threads(workers) if work.engine.in_threads else _processes(workers) as (pool, strike):
            yield partial(_on, pool, work, workers, tell, strike=strike)


def _tell(progress: Progress, runs: int, done: int, begun: float = 0.0) -> None:
    progress(f"simulated {done} of {runs} replications", (done + begun) / runs)


Tell = Callable[..., None]


def _here(work: Work, tell: Tell, numbers: range) -> list[Replication]:
    done: list[Replication] = []
    for number in numbers:
        tell(number)
        done.append(work.replication(number, partial(tell, number)))
    tell(numbers.stop)
    return done


def _on(executor: Executor, work: Work, workers: int, tell: Tell, numbers: range, strike: Strike = quiet) -> list[Replication]:
    """Replications in their order, whatever the order in which they were done; a fault in one ends the work at once."""
    done: dict[int, list[Replication]] = {}
    under_way: dict[Future[list[Replication]], int] = {}
    tasks = _tasks(work, numbers, workers)
    waiting = iter(tasks)
    finished = numbers.start
    try:
        while len(done) < len(tasks):
            tell(finished)
            for task in islice(waiting, UNDER_WAY - len(under_way)):
                under_way[executor.submit(work.replications, task, strike)] = task.start
            for future in wait(under_way, HEARTBEAT_S, FIRST_COMPLETED).done:
                found = done[under_way.pop(future)] = future.result()
                finished += len(found)
        tell(finished)
    finally:
        for future in under_way:
            future.cancel()
    return [one for start in sorted(done) for one in done[start]]


def _tasks(work: Work, numbers: range, workers: int) -> list[range]:
    """Numbers cut into tasks that are worth it and keep every worker busy."""
    size = min(int(work.engine.task / (work.contacts + 1)) + 1, -(-len(numbers) // workers))
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


@contextmanager
def _threads(workers: int) -> Iterator[tuple[Executor, Strike]]:
    """A pool of threads, and the strike by which they notice that they should stop."""
    stop = Event()

    def strike(_share: float) -> None:
        if stop.is_set():
            raise Cancelled(STOPPED)

    with ThreadPoolExecutor(workers) as pool:
        try:
            yield pool, strike
        finally:
            stop.set()


@contextmanager
def _processes(workers: int) -> Iterator[tuple[Executor, Strike]]:
    """A pool of fresh processes, and the strike by which they notice that they should stop.

    They are asked, not killed: one killed while it sends a result leaves the pool's own threads waiting for the rest of it for ever.
    """
    context = get_context("spawn")
    stop = context.Event()
    with ProcessPoolExecutor(workers, context, _listen, (stop,)) as pool:
        try:
            yield pool, _obey
        finally:
            stop.set()


_told: list[EventOfProcesses] = []
"""In a process of a pool: what tells it to stop."""


def _listen(stop: EventOfProcesses) -> None:
    _told.append(stop)


def _obey(_share: float) -> None:
    if _told[-1].is_set():
        raise Cancelled(STOPPED)

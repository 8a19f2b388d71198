"""`forecast_frames`: many queues in one call, on several processes, with progress; each as `forecast_frame` alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any
from zlib import crc32

import pandas as pd

from wfm.errors import Fault, HistoryError
from wfm.forecasting.frames.forecast_frame import FrameForecast, forecast_frame
from wfm.model import Progress, silent

AHEAD = 4
"""Forecasts that may wait, for each worker, until the caller takes them: what bounds the memory."""
LEAST_QUEUES = 8
"""Fewer than this are done sooner than processes start."""
Answer = FrameForecast | HistoryError


def forecast_frames(
    histories: Mapping[str, pd.DataFrame],
    horizons: pd.DatetimeIndex | Mapping[str, pd.DatetimeIndex],
    *,
    workers: int = 2,
    seed: int = 0,
    progress: Progress = silent,
    **how: Any,
) -> Iterator[tuple[str, FrameForecast]]:
    """(name, forecast) of every queue, in the order given, as they become ready; a caller that keeps only what it needs needs no memory.

    horizons: for all queues, or by queue. how: as `forecast_frame` takes it. Every queue draws from its own stream, so neither the
    other queues nor the number of workers change a number; bands of sums over queues need the joint `forecast`. With more than one worker
    the caller's main module must be importable without side effects. Queues that cannot be forecast are passed over, and once the others
    are done HistoryError is raised with all their faults. Whatever `progress` raises stops the work.
    """
    names, faults = list(histories), []
    jobs = [(histories[name], horizons[name] if isinstance(horizons, Mapping) else horizons, _seed(seed, name), how) for name in names]
    with _crew(workers if len(names) >= LEAST_QUEUES else 1) as submit:
        for done, (name, answer) in enumerate(zip(names, _in_order(jobs, submit, AHEAD * workers), strict=True)):
            progress(f"forecast of {name}, {done + 1} of {len(names)}", (done + 1) / len(names))
            if isinstance(answer, HistoryError):
                faults += [
                    Fault(fault.file, f"queue {name}, {fault.place}", fault.found, fault.expected, fault.hint) for fault in answer.faults
                ]
            else:
                yield name, answer
    if faults:
        raise HistoryError(faults)


def _seed(seed: int, name: str) -> int:
    return seed ^ crc32(name.encode())


def _one(history: pd.DataFrame, horizon: pd.DatetimeIndex, seed: int, how: dict[str, Any]) -> Answer:
    try:
        return forecast_frame(history, horizon, seed=seed, **how)
    except HistoryError as error:
        return error


def _in_order(jobs: list[tuple[Any, ...]], submit: Callable[..., Future[Answer]], most: int) -> Iterator[Answer]:
    """Answers in the order of the jobs, never more than `most` begun and not yet taken."""
    waiting: deque[Future[Answer]] = deque()
    for job in jobs:
        waiting.append(submit(_one, *job))
        if len(waiting) >= most:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _crew(workers: int) -> Iterator[Callable[..., Future[Answer]]]:
    """How to have a job done: right here, or by processes that end with the context."""
    if workers < 2:
        yield _here
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"))
    try:
        yield pool.submit
    finally:
        pool.shutdown(cancel_futures=True)


def _here(function: Callable[..., Answer], *arguments: Any) -> Future[Answer]:
    done: Future[Answer] = Future()
    done.set_result(function(*arguments))
    return done

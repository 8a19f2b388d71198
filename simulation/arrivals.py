"""The contacts of a replication: when each arrives, how long it takes, how long it would wait, and whether it would call again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.streams import exponential, handle_factor, key, uniforms
from wfm.model import Channel, Law, Queue
from wfm.model.arrays import FloatArray, IntArray

if TYPE_CHECKING:
    from simulation.lives import Lives


@dataclass(frozen=True, eq=False)
class Contacts:
    """One row for each attempt to reach the centre; its number is its row. First `originals` rows in the order of arrival, then the
    redials that there would be if every attempt before them failed. All shapes (attempts,).

    arrival_s: since the axis began, inf for redials. queue: number of the queue. interval: of arrival, −1 for redials. handle_s: this
    contact's own handle time, whoever serves it. patience_s: longest wait it accepts, inf for one that never leaves. again: the row that
    follows when this one hangs up, −1 for none. delay_s: time from hanging up until then. lives: whatever else may become of them, None
    for nothing.
    """

    arrival_s: FloatArray
    queue: IntArray
    interval: IntArray
    handle_s: FloatArray
    patience_s: FloatArray
    again: IntArray | None = None
    delay_s: FloatArray | None = None
    originals: int = -1
    lives: Lives | None = None

    def __post_init__(self) -> None:
        if self.again is None:
            object.__setattr__(self, "again", np.full(len(self.arrival_s), -1))
            object.__setattr__(self, "delay_s", np.zeros(len(self.arrival_s)))
        if self.originals < 0:
            object.__setattr__(self, "originals", len(self.arrival_s))

    def __len__(self) -> int:
        return len(self.arrival_s)


Recorded = tuple[FloatArray, ...]
"""For each queue the moments at which its contacts came, rising."""


def draw_contacts(
    queues: tuple[Queue, ...],
    counts: IntArray,
    handle_s: FloatArray,
    step_s: int,
    run: tuple[int, int],
    recorded: Recorded | None = None,
    opening_s: tuple[float, ...] = (),
) -> Contacts:
    """All contacts of one replication; run: seed and number of it.

    counts, handle_s (queues, intervals): contacts and their mean handle time. Contacts lie uniformly inside their interval, so
    that Poisson counts make a Poisson process; or where they were recorded. opening_s: when those come that are there from the beginning.
    """
    at_s, opening_s = recorded or (None,) * len(queues), opening_s or (0.0,) * len(queues)
    columns = [_of_queue(queue, (n, opening_s[n], at_s[n]), counts[n], handle_s[n], step_s, run) for n, queue in enumerate(queues)]
    arrival_s, queue, interval, handle, patience_s = (np.concatenate(column) for column in zip(*columns, strict=True))
    order = np.argsort(arrival_s, kind="stable")  # so that of those who come at one instant the lower queue is first
    return Contacts(arrival_s[order], queue[order], interval[order], handle[order], patience_s[order])


def _of_queue(
    queue: Queue, which: tuple[int, float, FloatArray | None], counts: IntArray, handle_s: FloatArray, step_s: int, run: tuple[int, int]
) -> tuple[FloatArray | IntArray, ...]:
    number, opening_s, recorded_s = which
    interval = np.repeat(np.arange(len(counts)), counts)

    def draws(purpose: str) -> FloatArray:
        return uniforms(len(interval), key(*run, purpose, queue.name))

    arrival_s = np.sort((interval + draws("arrival")) * step_s) if recorded_s is None else recorded_s
    if queue.journey.backlog:
        place = np.searchsorted(arrival_s, opening_s)
        arrival_s = np.insert(arrival_s, place, np.full(queue.journey.backlog, opening_s))
        interval = np.insert(interval, place, np.full(queue.journey.backlog, int(opening_s // step_s)))
    handle, _ = handle_of(queue, handle_s[interval], run, queue.name)
    return arrival_s, np.full(len(interval), number), interval, handle, patience_of(queue, len(interval), run)


def handle_of(queue: Queue, mean_s: FloatArray, run: tuple[int, int], owner: str, path: str = "") -> tuple[FloatArray, FloatArray]:
    """Handle times of these means, and the part of each that is after-call work; both (contacts,).

    owner, path: whose draws they are, see `simulation.journeys`.
    """
    wrap, law = queue.journey.wrap, queue.journey.handle
    talk = uniforms(len(mean_s), key(*run, "handle" + path, owner))
    factor = handle_factor(talk, queue.handle_cv) if law is None else _factors(law, talk)
    if wrap is None:
        return mean_s * factor, np.zeros(len(mean_s))
    wrap_s = wrap.mean * _factors(wrap, uniforms(len(mean_s), key(*run, "wrap" + path, owner)))
    return np.maximum(mean_s - wrap.mean, 0.0) * factor + wrap_s, wrap_s


def patience_of(
    queue: Queue, size: int, run: tuple[int, int], path: str = "", owner: str | None = None, mean_s: float | None = None
) -> FloatArray:
    """How long each waits at most; 0 for those who leave unless they are served at once; inf where nobody leaves. Shape (size,)."""
    patience_s = np.full(size, np.inf)
    mean_s, owner = queue.patience_s if mean_s is None else mean_s, queue.name if owner is None else owner
    if queue.channel is Channel.EMAIL:
        return patience_s
    if mean_s is not None:
        draws, law = uniforms(size, key(*run, f"patience{path}", owner)), queue.journey.patience
        patience_s = mean_s * (exponential(draws) if law is None else _factors(law, draws))
    if queue.balk_share:
        patience_s[uniforms(size, key(*run, f"balking{path}", owner)) < queue.balk_share] = 0.0
    return patience_s


def _factors(law: Law, uniform: FloatArray) -> FloatArray:
    from simulation.laws import factors  # scipy, only where a law needs it

    return factors(law, uniform)

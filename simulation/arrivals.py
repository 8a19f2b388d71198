"""The contacts of a replication: when each arrives, how long it takes, how long it would wait, and whether it would call again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from simulation.streams import exponential, handle_factor, key, uniforms, uniforms_of
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
    crowd = Crowd(queues, counts.sum(axis=1), run)
    interval = np.repeat(np.tile(np.arange(counts.shape[1]), len(queues)), counts.ravel())
    arrival_s = crowd.arrivals_s(interval, step_s) if recorded is None else np.concatenate(recorded)
    if any(queue.journey.backlog for queue in queues):
        crowd, arrival_s, interval = crowd.with_backlog(arrival_s, interval, opening_s or (0.0,) * len(queues), step_s)
    queue = np.repeat(np.arange(len(queues)), crowd.sizes)
    mean_s = handle_s.ravel()[queue * counts.shape[1] + interval]
    columns = arrival_s, queue, interval, crowd.handle_s(mean_s), crowd.patience_s()
    if np.count_nonzero(crowd.sizes) > 1:
        order = np.argsort(arrival_s, kind="stable")  # so that of those who come at one instant the lower queue is first
        columns = tuple(column[order] for column in columns)
    drawn = Contacts(*columns)
    drawn.queue.flags.writeable = drawn.interval.flags.writeable = False  # so that the trace need not copy them
    return drawn


class Crowd:
    """The contacts of a replication queue after queue, sizes (queues,) of each; drawn together, since many small draws take longer.

    All columns are (contacts,).
    """

    def __init__(self, queues: tuple[Queue, ...], sizes: IntArray, run: tuple[int, int]):
        self.queues, self.sizes, self.run = queues, sizes, run
        ends = np.cumsum(sizes).tolist()
        self.of_each = [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]

    def _draws(self, purpose: str) -> FloatArray:
        return uniforms_of(self.sizes.tolist(), [key(*self.run, purpose, queue.name) for queue in self.queues])

    def arrivals_s(self, interval: IntArray, step_s: int) -> FloatArray:
        """Of each queue rising. interval: of each contact."""
        arrival_s = self._draws("arrival")
        arrival_s += interval
        arrival_s *= step_s
        for mine in self.of_each:
            arrival_s[mine].sort()
        return arrival_s

    def with_backlog(
        self, arrival_s: FloatArray, interval: IntArray, opening_s: tuple[float, ...], step_s: int
    ) -> tuple[Crowd, FloatArray, IntArray]:
        """Those who are there from the beginning come too, arrival_s and interval with them."""
        more, at_s = np.array([queue.journey.backlog for queue in self.queues]), np.array(opening_s)
        places = [mine.start + np.searchsorted(arrival_s[mine], opening_s[number]) for number, mine in enumerate(self.of_each)]
        place = np.repeat(places, more)
        arrival_s = np.insert(arrival_s, place, np.repeat(at_s, more))
        interval = np.insert(interval, place, np.repeat((at_s // step_s).astype(int), more))
        return Crowd(self.queues, self.sizes + more, self.run), arrival_s, interval

    def handle_s(self, mean_s: FloatArray) -> FloatArray:
        """Handle times of these means."""
        if any(queue.journey.wrap or queue.journey.handle for queue in self.queues):
            every = zip(self.queues, self.of_each, strict=True)
            return np.concatenate([handle_of(queue, mean_s[mine], self.run, queue.name)[0] for queue, mine in every])
        factor = self._draws("handle")
        for cv, alike in groupby(zip(self.queues, self.of_each, strict=True), key=lambda row: row[0].handle_cv):
            some = [mine for _, mine in alike]
            theirs = factor[some[0].start : some[-1].stop]
            theirs[:] = handle_factor(theirs, cv)
        return mean_s * factor

    def patience_s(self) -> FloatArray:
        """As `patience_of` says."""
        if any(queue.balk_share or queue.journey.patience for queue in self.queues):
            every = zip(self.queues, self.sizes.tolist(), strict=True)
            return np.concatenate([patience_of(queue, size, self.run) for queue, size in every])
        mean_s = np.array([np.inf if queue.channel is Channel.EMAIL else queue.patience_s or np.inf for queue in self.queues])
        return np.repeat(mean_s, self.sizes) * exponential(self._draws("patience"))


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

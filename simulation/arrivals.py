"""The contacts of a replication: when each arrives, how long it takes, how long it would wait."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.streams import exponential, handle_factor, key, uniforms
from wfm.model import Channel, Queue
from wfm.model.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Contacts:
    """One row for each contact, in the order of arrival; a contact's number is its row. All shapes (contacts,).

    arrival_s: since the axis began. queue: number of the queue. interval: of arrival. handle_s: this contact's own handle time, whoever
    serves it. patience_s: longest wait it accepts, inf for one that never leaves.
    """

    arrival_s: FloatArray
    queue: IntArray
    interval: IntArray
    handle_s: FloatArray
    patience_s: FloatArray

    def __len__(self) -> int:
        return len(self.arrival_s)


def draw_contacts(queues: tuple[Queue, ...], counts: IntArray, handle_s: FloatArray, step_s: int, seed: int, replication: int) -> Contacts:
    """All contacts of one replication.

    counts, handle_s (queues, intervals): contacts and their mean handle time. Contacts lie uniformly inside their interval, so
    that Poisson counts make a Poisson process.
    """
    columns = [
        _of_queue(queue, number, counts[number], handle_s[number], step_s, (seed, replication)) for number, queue in enumerate(queues)
    ]
    arrival_s, queue, interval, handle, patience_s = (np.concatenate(column) for column in zip(*columns, strict=True))
    order = np.lexsort((queue, arrival_s))
    return Contacts(arrival_s[order], queue[order], interval[order], handle[order], patience_s[order])


def _of_queue(
    queue: Queue, number: int, counts: IntArray, handle_s: FloatArray, step_s: int, run: tuple[int, int]
) -> tuple[FloatArray | IntArray, ...]:
    interval = np.repeat(np.arange(len(counts)), counts)

    def draws(purpose: str) -> FloatArray:
        return uniforms(len(interval), key(*run, purpose, queue.name))

    arrival_s = np.sort((interval + draws("arrival")) * step_s)
    handle = handle_s[interval] * handle_factor(draws("handle"), queue.handle_cv)
    return arrival_s, np.full(len(interval), number), interval, handle, _patience(queue, draws("patience"))


def _patience(queue: Queue, uniform: FloatArray) -> FloatArray:
    if queue.patience_s is None or queue.channel is Channel.EMAIL:
        return np.full(len(uniform), np.inf)
    return queue.patience_s * exponential(uniform)

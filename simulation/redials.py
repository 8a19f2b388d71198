"""Those who hung up and call again: every redial there might be, drawn beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from simulation.arrivals import Contacts, patience_of
from simulation.streams import exponential, key, uniforms
from wfm.model import Queue
from wfm.model.arrays import FloatArray, IntArray


class Links(NamedTuple):
    """Attempts of one queue and one turn: rows of the attempts before them, of themselves, and of the contacts they belong to."""

    before: IntArray
    rows: IntArray
    contact: IntArray
    delay_s: FloatArray
    patience_s: FloatArray


def with_redials(first: Contacts, queues: tuple[Queue, ...], seed: int, replication: int) -> Contacts:
    """These contacts and every redial there might be; a redial takes as long as its contact would have taken."""
    links: list[Links] = []
    for number, queue in enumerate(queues):
        if queue.redial_share:
            begun = links[-1].rows[-1] + 1 if links else len(first)
            links += _of_queue(queue, np.flatnonzero(first.queue == number), int(begun), (seed, replication))
    if not links:
        return first
    before, rows, contact, delay_s, patience_s = (np.concatenate(column) for column in zip(*links, strict=True))
    origin = np.concatenate([np.arange(len(first)), contact])
    again, delays = np.full(len(origin), -1), np.zeros(len(origin))
    again[before], delays[before] = rows, delay_s
    arrival_s, interval = first.arrival_s[origin], first.interval[origin]
    arrival_s[rows], interval[rows] = np.inf, -1
    patience = np.concatenate([first.patience_s, patience_s])
    return Contacts(arrival_s, first.queue[origin], interval, first.handle_s[origin], patience, again, delays, len(first))


def _of_queue(queue: Queue, contacts: IntArray, begun: int, run: tuple[int, int]) -> Iterator[Links]:
    """Attempt by attempt, as long as anybody would call once more. Draws belong to the contact's number in its queue and the attempt."""
    size, before, callers = len(contacts), contacts, np.arange(len(contacts))
    for attempt in range(1, queue.redial_limit + 1):
        willing = uniforms(size, key(*run, f"redial {attempt}", queue.name))[callers] < queue.redial_share
        before, callers = before[willing], callers[willing]
        if not len(callers):
            return
        rows = np.arange(begun, begun + len(callers))
        delay_s = queue.redial_after_s * exponential(uniforms(size, key(*run, f"delay {attempt}", queue.name)))
        patience_s = patience_of(queue, size, run, f" {attempt}")
        yield Links(before, rows, contacts[callers], delay_s[callers], patience_s[callers])
        before, begun = rows, begun + len(callers)

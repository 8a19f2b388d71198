"""Queues whose agents serve nothing else, without events: each contact in its turn takes whoever is free first, or leaves before.

For first come, first served that is all there is to know (Kiefer & Wolfowitz 1955, with patience: Baccelli, Boyer & Hébuterne 1984): one
heap of the times at which agents are next free, each contact reads its root. The trace is that of `simulation.kernel` to the last bit.
Everything compiled stays in this one file, since numba's cache does not notice changes elsewhere.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from simulation.dedicated import AT_ONCE, COMES

ANSWERED, ABANDONED, UNANSWERED = 0, 1, 2
ZERO, ONE, TWO = np.uint64(0), np.uint64(1), np.uint64(2)
part = njit(_nrt=False, forceinline=True)
"""A part of `live`, written into it: see `simulation.kernel`."""


@part
def sink(heap, root, size, at_s, rank, agent):
    """Put an agent at the root, which is free, and let them sink to their place among `size`."""
    hole, child = ZERO, ONE
    while child < size:
        right = child + ONE
        if right < size and sooner(heap[root + right], heap[root + child].at_s, heap[root + child].rank):
            child = right
        found = heap[root + child]
        if not sooner(found, at_s, rank):
            break
        heap[root + hole].at_s, heap[root + hole].rank, heap[root + hole].agent = found.at_s, found.rank, found.agent
        hole, child = child, TWO * child + ONE
    heap[root + hole].at_s, heap[root + hole].rank, heap[root + hole].agent = at_s, rank, agent


@part
def sooner(free, at_s, rank):
    return (free.at_s < at_s) | ((free.at_s == at_s) & (free.rank < rank))


@part
def move_on(w, line, root, done_s, rank):
    """The agent at the root is busy until done_s (or gone, then it is −1): put them where they are next free."""
    agent = w.heap[root].agent
    stint = w.agents[agent].stint
    end_s = w.stints[stint].end_s
    while done_s < 0 or done_s > end_s:
        stint += ONE
        there = stint < w.agents[agent + ONE].first
        start_s = w.stints[stint].start_s if there else np.inf
        if done_s > end_s and min(start_s, done_s) > end_s:
            note_late(w, agent, end_s, min(start_s, done_s))
        w.agents[agent].stint = stint
        if not there:
            drop(w, line, root)
            return
        if start_s >= done_s:
            sink(w.heap, root, line.size, start_s, np.uint64(COMES) + agent, agent)
            return
        end_s = w.stints[stint].end_s
    sink(w.heap, root, line.size, done_s, rank, agent)


@part
def drop(w, line, root):
    """The agent at the root comes no more."""
    line.size -= ONE
    last = w.heap[root + line.size]
    sink(w.heap, root, line.size, last.at_s, last.rank, last.agent)


@part
def note_late(w, agent, from_s, to_s):
    late = w.late[w.told[0]]
    late[0], late[1], late[2] = agent, from_s, to_s
    w.told[0] += 1


@part
def shut(w, line, now_s):
    """Whether the queue is closed; moves on to the closing that comes next."""
    while line.closing < line.last_closing and w.closings[line.closing, 0] <= now_s:
        line.closing += ONE
    return line.closing > line.first_closing and now_s < w.closings[line.closing - ONE, 1]


def _live(w):
    """Contact after contact, in the order of arrival."""
    for number in range(len(w.arrival_s)):
        contact = np.uint64(number)
        line, now_s = w.lines[w.queue[contact]], w.arrival_s[contact]
        root = line.root
        while line.size and w.heap[root].at_s <= now_s and w.stints[w.agents[w.heap[root].agent].stint].end_s <= now_s:
            move_on(w, line, root, -1.0, ZERO)
        free_s = w.heap[root].at_s if line.size else np.inf
        if free_s > now_s:
            closed = shut(w, line, now_s)
            gone_s, closing_s = now_s + w.patience_s[contact], np.inf
            if line.closing < line.last_closing:
                closing_s = w.closings[line.closing, 0]
            if closed and gone_s == np.inf:
                closing_s = now_s
            if free_s > closing_s or free_s > gone_s:
                w.agent[contact], w.virtual_s[contact], w.fate[contact] = -1, np.inf, UNANSWERED
                if closing_s <= gone_s:
                    w.wait_s[contact] = closing_s - now_s
                else:
                    w.fate[contact], w.wait_s[contact] = ABANDONED, gone_s - now_s
                    if free_s <= closing_s:
                        w.virtual_s[contact] = free_s - now_s
                continue
        start_s, rank = max(now_s, free_s), contact
        done_s = start_s + w.handle_s[contact]
        if done_s == now_s:
            rank += np.uint64(AT_ONCE)
        w.agent[contact], w.fate[contact] = w.heap[root].agent, ANSWERED
        w.wait_s[contact] = w.virtual_s[contact] = start_s - now_s
        move_on(w, line, root, done_s, rank)


try:
    live = njit(nogil=True, cache=True, _nrt=False)(_live)
except RuntimeError:  # nowhere to keep what was compiled: see `simulation.kernel`
    live = njit(nogil=True, _nrt=False)(_live)

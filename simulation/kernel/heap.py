"""The next events: a heap of (time, number)."""

from __future__ import annotations

import numpy as np
from numba import njit

from simulation.kernel.parts import LEAN, ONE, TWO, ZERO, part


@part
def sift_down(heap, size, at_s, contact):
    """Put an event at the root, which is free, and let it sink to its place among `size`."""
    hole, child = ZERO, ONE
    while child < size:
        right = child + ONE
        if right < size and earlier(heap, right, heap[child].at_s, heap[child].contact):
            child = right
        if not earlier(heap, child, at_s, contact):
            break
        heap[hole].at_s, heap[hole].contact = heap[child].at_s, heap[child].contact
        hole, child = child, TWO * child + ONE
    heap[hole].at_s, heap[hole].contact = at_s, contact


@part
def sift_up(heap, size, at_s, contact):
    """Put an event behind the last of `size` and let it rise to its place."""
    hole = np.uint64(size)
    while hole:
        parent = (hole - ONE) // TWO
        if earlier(heap, parent, at_s, contact):
            break
        heap[hole].at_s, heap[hole].contact = heap[parent].at_s, heap[parent].contact
        hole = parent
    heap[hole].at_s, heap[hole].contact = at_s, contact


@njit(**LEAN)
def push(heap, size, at_s, contact):
    """The same, called and not written in, for what happens rarely: it keeps the whole small."""
    sift_up(heap, size, at_s, contact)


@part
def earlier(heap, place, at_s, contact):
    """Whether the event at this place of the heap comes before the other."""
    return (heap[place].at_s < at_s) | ((heap[place].at_s == at_s) & (heap[place].contact < contact))


@part
def drop_root(heap, size):
    """Take the earliest of `size` events away; returns how many are left."""
    size -= 1
    if size:
        sift_down(heap, size, heap[size].at_s, heap[size].contact)
    return size

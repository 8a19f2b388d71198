"""The completions to come: a heap of those that are soon, and drawers for the later ones.

A drawer holds, in no order, those of one stretch of time; when the heap is empty the next drawer is poured into it. So the heap stays as
small as a drawer, however many agents are busy. What comes within the drawers opened so far goes right into the heap.
"""

from __future__ import annotations

import numpy as np

from simulation.kernel.heap import sift_up
from simulation.kernel.parts import part
from simulation.world import NOBODY


@part
def expect_end(clock, ends, at_s, contact):
    drawer = np.uint64(min(at_s * clock[0].drawers_per_s, len(ends.drawers) - 1.0))
    if drawer < clock[0].drawer:
        sift_up(ends.soon, clock[0].ends, at_s, contact)
        clock[0].ends += 1
        return
    event = ends.later[clock[0].later]
    event.at_s, event.contact, event.behind = at_s, contact, ends.drawers[drawer]
    ends.drawers[drawer] = clock[0].later
    clock[0].later += 1
    clock[0].put_by += 1


@part
def open_drawers(clock, ends):
    """Find the next completions, if there are any."""
    while not clock[0].ends and clock[0].put_by:
        number = ends.drawers[clock[0].drawer]
        clock[0].drawer += 1
        while number != NOBODY:
            event = ends.later[number]
            sift_up(ends.soon, clock[0].ends, event.at_s, event.contact)
            clock[0].ends += 1
            clock[0].put_by -= 1
            number = event.behind

"""Annealing over moves, and the first roster: what the search calls."""

from __future__ import annotations

from math import exp

from scheduling.engines.kernel.choice import choose
from scheduling.engines.kernel.cover import cover_price, settle, values
from scheduling.engines.kernel.groups import choose_block_days, move_block
from scheduling.engines.kernel.moves import move_pair, restore
from scheduling.engines.kernel.parts import (
    ALL,
    CELLS,
    DAYS,
    INFINITE,
    MOVABLE,
    NEED,
    NOISE,
    NONE,
    QUEUES,
    SHARED_BLOCKS,
    TEAM,
    TOTAL,
    at1,
    at2,
    below,
    chapter,
    entry,
    uniform,
)
from scheduling.engines.kernel.plan import propose
from scheduling.engines.kernel.stand import leave, put


@chapter
def step(i, f, temperature, theta, easing, block_share):
    """One move, taken back unless it is good enough."""
    before = f[at1(i, TOTAL, 0)] + f[at1(i, TOTAL, 1)]
    if i[SHARED_BLOCKS] and uniform(i, f) < block_share:
        block = i[at1(i, MOVABLE, below(i, f, i[SHARED_BLOCKS]))]
        first, last, begin, end = choose_block_days(i, f, block)
        number = move_block(i, f, block, first, last, begin, end)
        if number == 0:
            return
    else:
        number, first, last = choose(i, f)
        if number == 0:
            return
        move_pair(i, f, number, first, last, theta, NOISE * temperature, easing)
    worse = f[at1(i, TOTAL, 0)] + f[at1(i, TOTAL, 1)] - before
    if worse > 0 and uniform(i, f) >= exp(-worse / temperature):
        for k in range(number):
            leave(i, f, i[at1(i, TEAM, k)], first, last)
            restore(i, f, k, i[at1(i, TEAM, k)], first, last)


def _annealing(text):
    def anneal(i, f, recipe, begun, steps):
        """Some of the moves of a search. recipe: as `scheduling.engines.search.Recipe`."""
        ends = begun + steps if text == text else begun
        for n in range(begun, ends):
            share = n / recipe[0]
            temperature = recipe[1] * (recipe[2] / recipe[1]) ** share
            step(i, f, temperature, recipe[3] * (1.0 - share), recipe[4], recipe[5])

    return anneal


def _constructing(text):
    def construct(i, f, order, theta):
        """Everybody's first plan, one after the other, of all days; the first who has none, or NONE."""
        number = len(order) if text == text else 0
        for k in range(number):
            values(i, f, order[k], 0, i[DAYS], theta, 0.0)
            if propose(i, f, order[k], 0, i[DAYS], ALL) == -INFINITE:
                return order[k]
            put(i, f, order[k], 0, i[DAYS])
        return NONE

    return construct


def _freshening(text):
    def fresh(i, f):
        """The prices of an empty cover."""
        queues = i[QUEUES] if text == text else 0
        for queue in range(queues):
            for cell in range(i[CELLS]):
                settle(i, f, queue, cell)
                f[at1(i, TOTAL, 0)] += cover_price(i, f, f[at2(i, NEED, queue, cell)], 0)

    return fresh


anneal, construct, fresh = entry(_annealing), entry(_constructing), entry(_freshening)

"""Who counts for which queue, what one more or one fewer costs, and what somebody is worth there."""

from __future__ import annotations

from scheduling.engines.kernel.parts import (
    DAY_CELL,
    DAYS,
    GROUP,
    GROUPS,
    GUIDE,
    INFINITE,
    LESS,
    MASK,
    MORE,
    NEED,
    NEXT,
    OUT,
    PADDED,
    PARENT,
    PRESENT,
    PRICES,
    QUEUES,
    SHADE,
    SPREAD,
    TOTAL,
    VALUE,
    at1,
    at2,
    at3,
    chapter,
    part,
    uniform,
)


@part
def cover_price(i, f, need, present):
    missing = max(need - present, 0.0)
    deep = max(missing - 0.1 * need, 0.0)
    return f[at1(i, PRICES, 0)] * (missing - deep) + f[at1(i, PRICES, 1)] * deep + f[at1(i, PRICES, 2)] * max(present - need, 0.0)


@part
def settle(i, f, queue, cell):
    """Bring the prices of one more and one fewer up to date."""
    need, present = f[at2(i, NEED, queue, cell)], i[at2(i, PRESENT, queue, cell)]
    now = cover_price(i, f, need, present)
    f[at2(i, MORE, queue, cell)] = cover_price(i, f, need, present + 1) - now
    f[at2(i, LESS, queue, cell)] = cover_price(i, f, need, present - 1) - now if present > 0 else INFINITE


@part
def link(i, queue, cell):
    """To which queues somebody who counts for this one could move."""
    bits = 0
    for group in range(i[GROUPS]):
        if i[at3(i, SPREAD, group, queue, cell)] > 0:
            bits |= i[at1(i, MASK, group)]
    i[at2(i, NEXT, queue, cell)] = bits


@part
def count(i, group, queue, cell, change):
    """Count one more or one fewer of a group for a queue."""
    place = at3(i, SPREAD, group, queue, cell)
    i[place] += change
    if change > 0:
        i[at2(i, NEXT, queue, cell)] |= i[at1(i, MASK, group)]
    elif i[place] == 0:
        link(i, queue, cell)


@part
def reached(i, f, start, cell, forward):
    """Queues reached from those of `start` by moving people on, or backward; `s.parent` says from where."""
    reach, queues, growing = start, i[QUEUES], True
    while growing:
        growing = False
        for via in range(queues):
            if not reach >> via & 1:
                continue
            for queue in range(queues):
                edge = i[at2(i, NEXT, via, cell)] >> queue if forward else i[at2(i, NEXT, queue, cell)] >> via
                if edge & 1 and (not reach >> queue & 1):
                    reach |= 1 << queue
                    i[at1(i, PARENT, queue)] = via
                    growing = True
    return reach


@part
def cheapest_more(i, f, reach, cell):
    best, price = -1, INFINITE
    for queue in range(i[QUEUES]):
        if reach >> queue & 1 and (best < 0 or f[at2(i, MORE, queue, cell)] < price):
            best, price = queue, f[at2(i, MORE, queue, cell)]
    return best


@part
def cheapest_less(i, f, reach, cell):
    best, price = -1, INFINITE
    for queue in range(i[QUEUES]):
        if reach >> queue & 1 and (best < 0 or f[at2(i, LESS, queue, cell)] < price):
            best, price = queue, f[at2(i, LESS, queue, cell)]
    return best


@part
def hand_on(i, f, target, start, cell, forward):
    """Move people along the path; the queue at which it meets the one who comes or goes."""
    here = target
    while not start >> here & 1:
        towards = i[at1(i, PARENT, here)]
        source, sink = (towards, here) if forward else (here, towards)
        for group in range(i[GROUPS]):
            if i[at3(i, SPREAD, group, source, cell)] > 0 and i[at1(i, MASK, group)] >> sink & 1:
                count(i, group, source, cell, -1)
                count(i, group, sink, cell, 1)
                break
        here = towards
    return here


@chapter
def come(i, f, group, cell):
    """One more person of a group works in a cell."""
    start = i[at1(i, MASK, group)]
    target = cheapest_more(i, f, reached(i, f, start, cell, True), cell)
    here = hand_on(i, f, target, start, cell, True)
    count(i, group, here, cell, 1)
    f[at1(i, TOTAL, 0)] += f[at2(i, MORE, target, cell)]
    i[at2(i, PRESENT, target, cell)] += 1
    settle(i, f, target, cell)


@part
def counts_for(i, group, cell):
    """Queues for which somebody of a group counts, as bits."""
    bits = 0
    for queue in range(i[QUEUES]):
        if i[at3(i, SPREAD, group, queue, cell)] > 0:
            bits |= 1 << queue
    return bits


@chapter
def go(i, f, group, cell):
    """One person of a group works no more in a cell."""
    start = counts_for(i, group, cell)
    target = cheapest_less(i, f, reached(i, f, start, cell, False), cell)
    here = hand_on(i, f, target, start, cell, False)
    count(i, group, here, cell, -1)
    f[at1(i, TOTAL, 0)] += f[at2(i, LESS, target, cell)]
    i[at2(i, PRESENT, target, cell)] -= 1
    settle(i, f, target, cell)


@chapter
def values(i, f, person, first, last, theta, noise):
    """What the person is worth in the cells their shifts of some days can reach: exact, drawn to the guide, with a little noise.

    Where a cell is shaded OUT they still count, and are worth what their going would cost.
    """
    group = i[at1(i, GROUP, person)]
    mask, begin, end = i[at1(i, MASK, group)], i[at1(i, DAY_CELL, first)], i[at1(i, DAY_CELL, min(last + 1, i[DAYS]))]
    for cell in range(begin, end):
        worth = 0.0
        if mask:
            if i[at1(i, SHADE, cell)] & OUT:
                reach = reached(i, f, counts_for(i, group, cell), cell, False)
                worth = f[at2(i, LESS, cheapest_less(i, f, reach, cell), cell)]
            else:
                worth = -f[at2(i, MORE, cheapest_more(i, f, reached(i, f, mask, cell, True), cell), cell)]
            worth += theta * (f[at2(i, GUIDE, group, cell)] - worth) + (uniform(i, f) - 0.5) * noise
        f[at1(i, VALUE, cell)] = worth
    for cell in range(end, i[PADDED]):
        f[at1(i, VALUE, cell)] = 0.0

"""The search, compiled: cover, the exact best plan of one person in some days, moves, and annealing over them.

The specification of the cover is `scheduling.cover`, that of a plan `scheduling.tours` and `scheduling.breaks`. All chance comes from one
state of a generator, so that the same seed makes the same moves. Everything compiled stays in this one file, since numba's cache does
not notice changes elsewhere. `i` and `f` are the whole numbers and floats of a `Memory`, in which every array has its place.
"""

from __future__ import annotations

from math import exp

import numpy as np
from numba import njit

from scheduling.engines.memory import FLOATS, HEAD, PLACE, WHOLE

# fmt: off
(QUEUES, CELLS, GROUPS, PEOPLE, DAYS, WEEKS, RESTS, PADDED, LONGEST, HOUR, TOLLED, SHARED_BLOCKS,) = range(HEAD)
(MASK, DAY_CELL, WEEK_DAY, GROUP, CONTRACT, AUTOMATON, BASE_OF, MUST, BEGIN, STOP, FAMILIES, FAM, PAUSE, LAYER, OFF,
LEAST, LEADS, TARGET, RANK, ACTION, RANKS, STARTS, START_OF, MEMBERS, MEMBER_OF, BOUND_DAY, MOVABLE,
SESSION_CELLS, SPREAD, PRESENT, NEXT, OPTION, BREAKS, SESSION, SESSIONS, RANDOM, AWAY, SHADE, FRAME, WHICH, BACK, CLOSED, HOST,
NEW_OPTION, NEW_BREAKS, OLD_OPTION, OLD_BREAKS, OLD_SESSION, PARENT, PICK, TEAM,) = range(HEAD, HEAD + PLACE * len(WHOLE), PLACE)
(NEED, PRICES, BASE, CLOSE, GUIDE, MORE, LESS, TOTAL, VALUE, WORKED, RESTED, TABLE, WORTH, LOSS, START_LOSS, SLOT, TALLY,) = range(
    HEAD + PLACE * len(WHOLE), HEAD + PLACE * (len(WHOLE) + len(FLOATS)), PLACE
)
# fmt: on
part = njit(_nrt=False, forceinline=True, error_model="numpy")
"""A part of a chapter: written into it, not called."""


def chapter(function):
    """Called, without reference counts, since nothing is made here; kept on disk where there is a folder for it."""
    try:
        return njit(nogil=True, cache=True, _nrt=False, error_model="numpy")(function)
    except RuntimeError:  # neither beside this file nor in the user's home
        return njit(nogil=True, _nrt=False, error_model="numpy")(function)


NOISE = 0.05  # of the temperature, against ties
ALIKE = 0.6  # chance that two people taken out share a queue, at least
ONE_WEEK, TWO_WEEKS = 0.4, 0.3  # chance that the days which may change are such; else they are
SOME_DAYS = 9  # from anywhere on
SAME_WEEK = 0.7  # chance that a group session stays in its week
TOP, TRIES = 8, 2  # cheapest starts of a group session looked at, and how many of them are tried
FACTOR, PRECISION = np.uint64(2685821657736338717), 2.0 ** (-53)
INFINITE = np.inf
NONE, ALL, OWN_ONES, OWN = np.int64(-1), np.int64(-1), np.int64(-2), np.int64(1)  # typed, or each function would be compiled twice
OUT, IN = np.int64(1), np.int64(2)  # shades of cells that somebody leaves, comes to, or (both) keeps


# --- chance ----------------------------------------------------------------------------------------------------------------------------


@part
def at1(i, array, a):
    """Place of an element in its array of the memory."""
    return i[array] + a


@part
def at2(i, array, a, b):
    return i[array] + a * i[array + 1] + b


@part
def at3(i, array, a, b, c):
    return i[array] + a * i[array + 1] + b * i[array + 2] + c


@part
def uniform(i, f):
    """From 0 to before 1 (xorshift64*)."""
    x = np.uint64(i[at1(i, RANDOM, 0)])
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    i[at1(i, RANDOM, 0)] = np.int64(x)
    return float(x * FACTOR >> np.uint64(11)) * PRECISION


@part
def below(i, f, number):
    """A whole number from 0 to before `number`."""
    return min(int(uniform(i, f) * number), number - 1)


# --- cover -----------------------------------------------------------------------------------------------------------------------------


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


# --- one person ------------------------------------------------------------------------------------------------------------------------


@part
def shade_day(i, f, person, day, shade):
    """Shade the cells worked in the shift of a day, and bring its worth for itself into the price or out of it."""
    option, contract = i[at2(i, OPTION, person, day)], i[at1(i, CONTRACT, person)]
    if option == NONE:
        return
    worth = f[at3(i, BASE, i[at1(i, BASE_OF, person)], day, option)]
    f[at1(i, TOTAL, 1)] += worth if shade == OUT else -worth
    begin, stop = i[at3(i, BEGIN, contract, day, option)], i[at3(i, STOP, contract, day, option)]
    mark_away(i, f, person, day, option, begin, 1)
    for cell in range(begin, min(stop, i[CELLS])):
        if not i[at1(i, AWAY, cell)]:
            i[at1(i, SHADE, cell)] |= shade
    mark_away(i, f, person, day, option, begin, 0)


@part
def shade_days(i, f, person, first, last, shade):
    """The shifts of some days, and the tolls of the whole plan."""
    for day in range(first, last):
        shade_day(i, f, person, day, shade)
    if i[TOLLED]:
        follow(i, f, person, 0, 0, i[DAYS])
        f[at1(i, TOTAL, 1)] += -f[at1(i, TALLY, 0)] if shade == OUT else f[at1(i, TALLY, 0)]


@part
def settle_shades(i, f, person, first, last):
    """Bring the shades into the cover, and clear them."""
    group = i[at1(i, GROUP, person)]
    for cell in range(i[at1(i, DAY_CELL, first)], i[at1(i, DAY_CELL, min(last + 1, i[DAYS]))]):
        shade = i[at1(i, SHADE, cell)]
        if shade:
            i[at1(i, SHADE, cell)] = 0
            if i[at1(i, MASK, group)] and shade == OUT:
                go(i, f, group, cell)
            elif i[at1(i, MASK, group)] and shade == IN:
                come(i, f, group, cell)


@part
def mark_away(i, f, person, day, option, begin, mark):
    """Mark the cells of breaks and sessions of a shift."""
    family = family_of(i, f, i[at1(i, CONTRACT, person)], option)
    for j in range(i[at2(i, FAM, family, 3)]):
        at = begin + i[at3(i, BREAKS, person, day, j)]
        for cell in range(at, at + i[at3(i, PAUSE, family, j, 2)]):
            i[at1(i, AWAY, cell)] = mark
    for k in range(i[at1(i, SESSIONS, person)]):
        if i[at3(i, SESSION, person, k, 2)] == day:
            for cell in range(i[at3(i, SESSION, person, k, 0)], i[at3(i, SESSION, person, k, 1)]):
                i[at1(i, AWAY, cell)] = mark


@part
def family_of(i, f, contract, option):
    family = i[at1(i, FAMILIES, contract)]
    while family + 1 < i[at1(i, FAMILIES, contract + 1)] and i[at2(i, FAM, family + 1, 0)] <= option:
        family += 1
    return family


@chapter
def leave(i, f, person, first, last):
    """Somebody is about to change: their cells are shaded, and counted until they have changed."""
    shade_days(i, f, person, first, last, OUT)


@chapter
def take(i, f, person, first, last):
    """Take somebody out in some days; their plan stays written down."""
    shade_days(i, f, person, first, last, OUT)
    settle_shades(i, f, person, first, last)


@chapter
def put(i, f, person, first, last):
    """Give somebody who was taken out, or is about to change, the plan in scratch."""
    for day in range(first, last):
        i[at2(i, OPTION, person, day)] = i[at1(i, NEW_OPTION, day)]
        for j in range(i[RESTS]):
            i[at3(i, BREAKS, person, day, j)] = i[at2(i, NEW_BREAKS, day, j)]
    shade_days(i, f, person, first, last, IN)
    settle_shades(i, f, person, first, last)


@chapter
def follow(i, f, person, state, first, last):
    """The state before the day `last`, from that before `first`, along the plan; NONE where it cannot be followed. s.tally: its tolls."""
    n = i[at1(i, AUTOMATON, person)]
    f[at1(i, TALLY, 0)] = 0.0
    for day in range(first, last):
        option = i[at2(i, OPTION, person, day)]
        if option == NONE:
            state = i[at1(i, OFF, i[at3(i, LAYER, n, day, 0)] + state)]
        elif i[at3(i, RANK, n, day, option)] < i[at1(i, LEAST, i[at3(i, LAYER, n, day, 0)] + state)]:
            return NONE
        else:
            state = i[at1(i, LEADS, i[at3(i, LAYER, n, day, 1)] + state * i[at3(i, LAYER, n, day, 6)] + i[at3(i, ACTION, n, day, option)])]
        if state != NONE and i[at3(i, LAYER, n, day, 3)] != NONE:
            f[at1(i, TALLY, 0)] -= f[at1(i, CLOSE, i[at3(i, LAYER, n, day, 3)] + state)]
            state = i[at1(i, TARGET, i[at3(i, LAYER, n, day, 3)] + state)] if f[at1(i, TALLY, 0)] < INFINITE else NONE
        if state == NONE:
            return NONE
    return state


@part
def frame(i, f, person, first, last, without):
    """Per day of some: first cell and the one after the last that sessions need, and whether it must be worked.

    Only sessions that are `counted` without some; marks their cells as away.
    """
    for day in range(first, last):
        i[at2(i, FRAME, day, 0)], i[at2(i, FRAME, day, 1)] = (i[PADDED], 0)
    for k in range(i[at1(i, SESSIONS, person)]):
        day = i[at3(i, SESSION, person, k, 2)]
        if first <= day < last and counted(i, f, person, k, without):
            i[at2(i, FRAME, day, 0)] = min(i[at2(i, FRAME, day, 0)], i[at3(i, SESSION, person, k, 0)])
            i[at2(i, FRAME, day, 1)] = max(i[at2(i, FRAME, day, 1)], i[at3(i, SESSION, person, k, 1)])
            for cell in range(i[at3(i, SESSION, person, k, 0)], i[at3(i, SESSION, person, k, 1)]):
                i[at1(i, AWAY, cell)] = 1


@part
def counted(i, f, person, k, without):
    """Whether a session counts: `without` is a block left out, ALL for none, or OWN_ONES for all that may move alone."""
    if without == OWN_ONES:
        return i[at3(i, SESSION, person, k, 3)] != OWN
    return i[at3(i, SESSION, person, k, 4)] != without


@part
def running_sums(i, f, begin, end):
    """Sums of the values at work and at rest; a rest in a session costs more than any shift is worth. Clears the marks. The barrier."""
    barrier = 1.0
    for cell in range(begin, end):
        barrier += abs(f[at1(i, VALUE, cell)])
    barrier *= 4.0
    f[at1(i, WORKED, begin)], f[at1(i, RESTED, begin)] = (0.0, 0.0)
    for cell in range(begin, end):
        f[at1(i, WORKED, cell + 1)] = f[at1(i, WORKED, cell)] + (0.0 if i[at1(i, AWAY, cell)] else f[at1(i, VALUE, cell)])
        f[at1(i, RESTED, cell + 1)] = f[at1(i, RESTED, cell)] + (barrier if i[at1(i, AWAY, cell)] else f[at1(i, VALUE, cell)])
        i[at1(i, AWAY, cell)] = 0
    return barrier


@part
def lay_breaks(i, f, family, begin):
    """Least loss of the breaks of a shift by the last offset allowed for the last of them, into s.slot (breaks, offsets)."""
    for j in range(i[at2(i, FAM, family, 3)]):
        low, number, size = i[at3(i, PAUSE, family, j, 0)], i[at3(i, PAUSE, family, j, 1)], i[at3(i, PAUSE, family, j, 2)]
        least, best = INFINITE, 0
        for k in range(number):
            at = begin + low + k
            loss = f[at1(i, RESTED, at + size)] - f[at1(i, RESTED, at)]
            if j > 0:
                before = early_enough(i, f, family, j, k)
                loss = loss + f[at2(i, SLOT, j - 1, before - 1)] if before > 0 else INFINITE
            if loss < least:
                least, best = loss, k
            f[at2(i, SLOT, j, k)], i[at2(i, PICK, j, k)] = (least, best)


@part
def early_enough(i, f, family, j, k):
    """How many offsets of the break before end early enough for break j at its offset k."""
    before = (
        i[at3(i, PAUSE, family, j, 0)]
        + k
        - i[at3(i, PAUSE, family, j - 1, 2)]
        - i[at2(i, FAM, family, 4)]
        - i[at3(i, PAUSE, family, j - 1, 0)]
        + 1
    )
    return min(max(before, 0), i[at3(i, PAUSE, family, j - 1, 1)])


@part
def offsets_inside(i, f, family, length):
    """How many offsets of the last break end inside a shift of so many cells."""
    j = i[at2(i, FAM, family, 3)] - 1
    return min(max(length - i[at3(i, PAUSE, family, j, 2)] - i[at3(i, PAUSE, family, j, 0)] + 1, 0), i[at3(i, PAUSE, family, j, 1)])


@part
def rate_day(i, f, person, day, barrier):
    """The best option of each action by the rank of its start or later, into s.table and s.which (days, ranks + 1, actions)."""
    n, contract, base = i[at1(i, AUTOMATON, person)], i[at1(i, CONTRACT, person)], i[at1(i, BASE_OF, person)]
    ranks, actions = i[at1(i, RANKS, n)], i[at3(i, LAYER, n, day, 6)]
    for rank in range(ranks + 1):
        for action in range(actions):
            f[at3(i, TABLE, day, rank, action)] = -INFINITE
    for family in range(i[at1(i, FAMILIES, contract)], i[at1(i, FAMILIES, contract + 1)]):
        for k in range(i[at2(i, FAM, family, 1)]):
            rate_start(i, f, n, contract, base, day, family, i[at2(i, FAM, family, 0)] + k * i[at2(i, FAM, family, 2)], barrier)
    for rank in range(ranks - 2, -1, -1):
        for action in range(actions):
            if f[at3(i, TABLE, day, rank + 1, action)] >= f[at3(i, TABLE, day, rank, action)]:
                f[at3(i, TABLE, day, rank, action)] = f[at3(i, TABLE, day, rank + 1, action)]
                i[at3(i, WHICH, day, rank, action)] = i[at3(i, WHICH, day, rank + 1, action)]


@part
def rate_start(i, f, n, contract, base, day, family, option, barrier):
    """All lengths of a family from one start."""
    begin, laid, breaks = i[at3(i, BEGIN, contract, day, option)], False, i[at2(i, FAM, family, 3)]
    for k in range(i[at2(i, FAM, family, 2)]):
        stop = i[at3(i, STOP, contract, day, option + k)]
        if f[at3(i, BASE, base, day, option + k)] == -INFINITE or begin > i[at2(i, FRAME, day, 0)] or stop < i[at2(i, FRAME, day, 1)]:
            continue
        if not laid and breaks:
            lay_breaks(i, f, family, begin)
        laid, loss = True, 0.0
        if breaks:
            inside = offsets_inside(i, f, family, stop - begin)
            loss = f[at2(i, SLOT, breaks - 1, inside - 1)] if inside > 0 else INFINITE
            if loss > barrier / 2:
                continue
        worth = f[at1(i, WORKED, stop)] - f[at1(i, WORKED, begin)] - loss + f[at3(i, BASE, base, day, option + k)]
        rank, action = i[at3(i, RANK, n, day, option + k)], i[at3(i, ACTION, n, day, option + k)]
        if worth > f[at3(i, TABLE, day, rank, action)]:
            f[at3(i, TABLE, day, rank, action)] = worth
            i[at3(i, WHICH, day, rank, action)] = option + k


@part
def step_day(i, f, person, day):
    """Best worth of the states after a day, from those before it; s.worth (2, states): before and after, s.back: how it was reached."""
    n, table = i[at1(i, AUTOMATON, person)], at3(i, TABLE, day, 0, 0)
    actions, after, stride = i[at3(i, LAYER, n, day, 6)], i[at3(i, LAYER, n, day, 4)], i[TABLE + 2]
    off, leads = at1(i, OFF, i[at3(i, LAYER, n, day, 0)]), at1(i, LEADS, i[at3(i, LAYER, n, day, 1)])
    least, here, there, back = at1(i, LEAST, i[at3(i, LAYER, n, day, 0)]), at2(i, WORTH, 0, 0), at2(i, WORTH, 1, 0), at2(i, BACK, day, 0)
    free = i[at2(i, FRAME, day, 1)] == 0 and not i[at2(i, MUST, i[at1(i, BASE_OF, person)], day)]
    for state in range(after):
        f[there + state] = -INFINITE
    for state in range(i[at3(i, LAYER, n, day, 2)]):
        worth = f[here + state]
        if worth == -INFINITE:
            continue
        to = i[off + state]
        if free and to != NONE and worth > f[there + to]:
            f[there + to], i[back + to] = worth, state * (actions + 1)
        row, rated = leads + state * actions, table + i[least + state] * stride
        for action in range(actions):
            to = i[row + action]
            if to != NONE and worth + f[rated + action] > f[there + to]:
                f[there + to], i[back + to] = worth + f[rated + action], state * (actions + 1) + action + 1
    if i[at3(i, LAYER, n, day, 3)] == NONE:
        for state in range(after):
            f[at2(i, WORTH, 0, state)] = f[at2(i, WORTH, 1, state)]
    else:
        end_week(i, f, person, day, i[at3(i, LAYER, n, day, 3)], after)


@part
def end_week(i, f, person, day, place, after):
    """Merge the states that a week's end makes equal."""
    for state in range(i[at3(i, LAYER, i[at1(i, AUTOMATON, person)], day, 5)]):
        f[at2(i, WORTH, 0, state)] = -INFINITE
    for state in range(after):
        to, worth = i[at1(i, TARGET, place + state)], f[at2(i, WORTH, 1, state)] + f[at1(i, CLOSE, place + state)]
        if worth > f[at2(i, WORTH, 0, to)]:
            f[at2(i, WORTH, 0, to)], i[at2(i, CLOSED, day, to)] = (worth, state)


@chapter
def propose(i, f, person, first, last, without):
    """The best plan against s.value that differs from the person's own on some days only, into s.option and s.rest; its worth.

    What comes after the days only has to stay possible. −inf where there is none. `without` as in `counted`.
    """
    frame(i, f, person, first, last, without)
    begin, end = i[at1(i, DAY_CELL, first)], min(i[at1(i, DAY_CELL, last)] + i[LONGEST], i[PADDED])
    barrier = running_sums(i, f, begin, end)
    state = follow(i, f, person, 0, 0, first)
    for before in range(i[at3(i, LAYER, i[at1(i, AUTOMATON, person)], first, 2)]):
        f[at2(i, WORTH, 0, before)] = -INFINITE
    f[at2(i, WORTH, 0, state)] = 0.0
    for day in range(first, last):
        rate_day(i, f, person, day, barrier)
        step_day(i, f, person, day)
    state = best_end(i, f, person, last)
    if state == NONE:
        return -INFINITE
    worth = f[at2(i, WORTH, 0, state)]
    trace(i, f, person, first, last, state)
    return worth


@part
def best_end(i, f, person, last):
    """The best state before the day `last` from which the plan can be followed to the end; s.worth[0] takes the tolls of that."""
    days, n, best = i[DAYS], i[at1(i, AUTOMATON, person)], NONE
    for state in range(i[at3(i, LAYER, n, last, 2)] if last < days else i[at3(i, LAYER, n, days - 1, 5)]):
        if f[at2(i, WORTH, 0, state)] == -INFINITE or (
            best != NONE and f[at2(i, WORTH, 0, state)] <= f[at2(i, WORTH, 0, best)] and (not i[TOLLED])
        ):
            continue
        if last < days:
            if follow(i, f, person, state, last, days) == NONE:
                continue
            f[at2(i, WORTH, 0, state)] -= f[at1(i, TALLY, 0)]
        if best == NONE or f[at2(i, WORTH, 0, state)] > f[at2(i, WORTH, 0, best)]:
            best = state
    return best


@part
def trace(i, f, person, first, last, state):
    """The options that lead to a state before the day `last`, and their breaks."""
    n, contract = i[at1(i, AUTOMATON, person)], i[at1(i, CONTRACT, person)]
    for day in range(last - 1, first - 1, -1):
        actions = i[at3(i, LAYER, n, day, 6)]
        if i[at3(i, LAYER, n, day, 3)] != NONE:
            state = i[at2(i, CLOSED, day, state)]
        before, action = i[at2(i, BACK, day, state)] // (actions + 1), i[at2(i, BACK, day, state)] % (actions + 1) - 1
        state = before
        if action < 0:
            i[at1(i, NEW_OPTION, day)] = NONE
            continue
        option = i[at3(i, WHICH, day, i[at1(i, LEAST, i[at3(i, LAYER, n, day, 0)] + before)], action)]
        i[at1(i, NEW_OPTION, day)] = option
        family, begin = family_of(i, f, contract, option), i[at3(i, BEGIN, contract, day, option)]
        if i[at2(i, FAM, family, 3)]:
            lay_breaks(i, f, family, begin)
            choose_breaks(i, f, family, i[at3(i, STOP, contract, day, option)] - begin, day)


@part
def choose_breaks(i, f, family, length, day):
    limit = offsets_inside(i, f, family, length)
    for j in range(i[at2(i, FAM, family, 3)] - 1, -1, -1):
        k = i[at2(i, PICK, j, limit - 1)]
        i[at2(i, NEW_BREAKS, day, j)] = i[at3(i, PAUSE, family, j, 0)] + k
        limit = early_enough(i, f, family, j, k) if j else 0


# --- sessions --------------------------------------------------------------------------------------------------------------------------


@chapter
def lay_loss(i, f, person, first, last, without):
    """What each cell at work in the plan in scratch is worth, infinite elsewhere; s.host: the day whose shift it belongs to."""
    contract = i[at1(i, CONTRACT, person)]
    for cell in range(i[at1(i, DAY_CELL, first)], min(i[at1(i, DAY_CELL, last)] + i[LONGEST], i[PADDED])):
        f[at1(i, LOSS, cell)] = INFINITE
    for day in range(first, last):
        option = i[at1(i, NEW_OPTION, day)]
        if option == NONE:
            continue
        begin, family = i[at3(i, BEGIN, contract, day, option)], family_of(i, f, contract, option)
        for cell in range(begin, i[at3(i, STOP, contract, day, option)]):
            f[at1(i, LOSS, cell)], i[at1(i, HOST, cell)] = (f[at1(i, VALUE, cell)], day)
        for j in range(i[at2(i, FAM, family, 3)]):
            at = begin + i[at2(i, NEW_BREAKS, day, j)]
            for cell in range(at, at + i[at3(i, PAUSE, family, j, 2)]):
                f[at1(i, LOSS, cell)] = INFINITE
    for k in range(i[at1(i, SESSIONS, person)]):
        if first <= i[at3(i, SESSION, person, k, 2)] < last and counted(i, f, person, k, without):
            for cell in range(i[at3(i, SESSION, person, k, 0)], i[at3(i, SESSION, person, k, 1)]):
                f[at1(i, LOSS, cell)] = INFINITE


@chapter
def ease(i, f, person, first, last):
    """Bring the person's own sessions to where the best plan without them loses least; whether all have found a place."""
    if propose(i, f, person, first, last, OWN_ONES) == -INFINITE:
        return False
    lay_loss(i, f, person, first, last, OWN_ONES)
    for k in range(i[at1(i, SESSIONS, person)]):
        if (
            i[at3(i, SESSION, person, k, 3)] == OWN
            and first <= i[at3(i, SESSION, person, k, 2)] < last
            and (not settle_session(i, f, person, k, first, last))
        ):
            return False
    return True


@part
def settle_session(i, f, person, k, first, last):
    """One session to its cheapest start at work."""
    size, block, kept = (
        i[at3(i, SESSION, person, k, 1)] - i[at3(i, SESSION, person, k, 0)],
        i[at3(i, SESSION, person, k, 4)],
        i[at3(i, SESSION, person, k, 2)],
    )
    begin, end = i[at1(i, DAY_CELL, first)], min(i[at1(i, DAY_CELL, last)] + i[LONGEST], i[PADDED])
    best, price = NONE, INFINITE
    for n in range(i[at1(i, START_OF, block)], i[at1(i, START_OF, block + 1)]):
        start = i[at1(i, STARTS, n)]
        if start < begin or start + size > end or f[at1(i, LOSS, start)] == INFINITE:
            continue
        total = 0.0
        for cell in range(start, start + size):
            total += f[at1(i, LOSS, cell)]
        if (
            total < price
            and i[at1(i, HOST, start)] == i[at1(i, HOST, start + size - 1)]
            and (i[at1(i, HOST, start)] == kept or not i[at1(i, BOUND_DAY, block)])
        ):
            best, price = start, total
    if best == NONE:
        return False
    i[at3(i, SESSION, person, k, 0)], i[at3(i, SESSION, person, k, 1)], i[at3(i, SESSION, person, k, 2)] = (
        best,
        best + size,
        i[at1(i, HOST, best)],
    )
    for cell in range(best, best + size):
        f[at1(i, LOSS, cell)] = INFINITE
    return True


# --- moves -----------------------------------------------------------------------------------------------------------------------------


@chapter
def save(i, f, place, person, first, last):
    for day in range(first, last):
        i[at2(i, OLD_OPTION, place, day)] = i[at2(i, OPTION, person, day)]
        for j in range(i[RESTS]):
            i[at3(i, OLD_BREAKS, place, day, j)] = i[at3(i, BREAKS, person, day, j)]
    for k in range(i[at1(i, SESSIONS, person)]):
        for field in range(5):
            i[at3(i, OLD_SESSION, place, k, field)] = i[at3(i, SESSION, person, k, field)]


@part
def reseat(i, f, place, person):
    """The person's sessions from before."""
    for k in range(i[at1(i, SESSIONS, person)]):
        for field in range(5):
            i[at3(i, SESSION, person, k, field)] = i[at3(i, OLD_SESSION, place, k, field)]


@chapter
def restore(i, f, place, person, first, last):
    """The person's plan from before; they must have been taken out or be about to change."""
    reseat(i, f, place, person)
    for day in range(first, last):
        i[at1(i, NEW_OPTION, day)] = i[at2(i, OLD_OPTION, place, day)]
        for j in range(i[RESTS]):
            i[at2(i, NEW_BREAKS, day, j)] = i[at3(i, OLD_BREAKS, place, day, j)]
    put(i, f, person, first, last)


@chapter
def reinsert(i, f, place, person, first, last, eased):
    """Put somebody taken out back at their best, with their own sessions where they lose least if `eased`."""
    if eased and (not ease(i, f, person, first, last)):
        reseat(i, f, place, person)
    if propose(i, f, person, first, last, ALL) == -INFINITE:
        reseat(i, f, place, person)
        if propose(i, f, person, first, last, ALL) == -INFINITE:
            restore(i, f, place, person, first, last)
            return
    put(i, f, person, first, last)


@chapter
def move_pair(i, f, number, first, last, theta, noise, easing):
    """Take some people out in some days and put each back at their best."""
    for k in range(number):
        save(i, f, k, i[at1(i, TEAM, k)], first, last)
        if k > 0:
            take(i, f, i[at1(i, TEAM, k)], first, last)
    leave(i, f, i[at1(i, TEAM, 0)], first, last)
    for k in range(number):
        values(i, f, i[at1(i, TEAM, k)], first, last, theta, noise)
        reinsert(i, f, k, i[at1(i, TEAM, k)], first, last, uniform(i, f) < easing)


@part
def gather(i, f, block):
    """The members of a block as the team; how many they are."""
    number = i[at1(i, MEMBER_OF, block + 1)] - i[at1(i, MEMBER_OF, block)]
    for k in range(number):
        i[at1(i, TEAM, k)] = i[at1(i, MEMBERS, i[at1(i, MEMBER_OF, block)] + k)]
    return number


@chapter
def move_block(i, f, block, first, last, begin, end):
    """Bring a group session to one of the times between two cells that lose least, everybody put back around it; whether it moved.

    Some days may change; the members' plans from before are saved.
    """
    number, low = gather(i, f, block), i[at1(i, START_OF, block)]
    while low < i[at1(i, START_OF, block + 1)] and i[at1(i, STARTS, low)] < begin:
        low += 1
    high = low
    while high < i[at1(i, START_OF, block + 1)] and i[at1(i, STARTS, high)] < end:
        high += 1
    for n in range(low, high):
        f[at1(i, START_LOSS, n)] = 0.0
    for k in range(number):
        save(i, f, k, i[at1(i, TEAM, k)], first, last)
        take(i, f, i[at1(i, TEAM, k)], first, last)
    for k in range(number):
        values(i, f, i[at1(i, TEAM, k)], first, last, 0.0, 0.0)
        start_losses(i, f, i[at1(i, TEAM, k)], block, first, last, low, high)
    for _ in range(TRIES):
        start = cheap_start(i, f, low, high)
        if start == NONE:
            break
        if around(i, f, number, block, start, first, last):
            return True
    for k in range(number):
        restore(i, f, k, i[at1(i, TEAM, k)], first, last)
    return False


@chapter
def start_losses(i, f, person, block, first, last, low, high):
    """Add what each start would lose one member; the price of an hour of somebody missing where their best plan has no room."""
    if propose(i, f, person, first, last, block) == -INFINITE:
        return
    lay_loss(i, f, person, first, last, block)
    size = i[at1(i, SESSION_CELLS, block)]
    for n in range(low, high):
        total = 0.0
        for cell in range(i[at1(i, STARTS, n)], i[at1(i, STARTS, n)] + size):
            total += f[at1(i, LOSS, cell)]
        f[at1(i, START_LOSS, n)] += total if total < INFINITE else f[at1(i, PRICES, 0)] * i[HOUR]


@chapter
def cheap_start(i, f, low, high):
    """One of the cheapest starts at random, which is then no more looked at; NONE where none is left."""
    left = min(TOP, high - low)
    chosen, bar = NONE, INFINITE
    for _ in range(below(i, f, left) + 1 if left > 0 else 0):
        best = NONE
        for n in range(low, high):
            worse = chosen == NONE or f[at1(i, START_LOSS, n)] > bar or (f[at1(i, START_LOSS, n)] == bar and n > chosen)
            if worse and f[at1(i, START_LOSS, n)] < INFINITE and (best == NONE or f[at1(i, START_LOSS, n)] < f[at1(i, START_LOSS, best)]):
                best = n
        if best == NONE:
            break
        chosen, bar = best, f[at1(i, START_LOSS, best)]
    if chosen == NONE:
        return NONE
    f[at1(i, START_LOSS, chosen)] = INFINITE
    return i[at1(i, STARTS, chosen)]


@chapter
def around(i, f, number, block, start, first, last):
    """Put everybody of the group back with the session at a start; nobody is put back where somebody cannot."""
    for k in range(number):
        if not attend(i, f, i[at1(i, TEAM, k)], block, start, first, last):
            for other in range(k):
                take(i, f, i[at1(i, TEAM, other)], first, last)
            for other in range(k + 1):
                reseat(i, f, other, i[at1(i, TEAM, other)])
            return False
    return True


@chapter
def attend(i, f, person, block, start, first, last):
    """Put one member back with the session at a start, hosted by the shift of its day or of the day before; whether that is possible."""
    row, end = session_of(i, f, person, block), start + i[at1(i, SESSION_CELLS, block)]
    for k in range(i[at1(i, SESSIONS, person)]):
        if k != row and i[at3(i, SESSION, person, k, 0)] < end and (start < i[at3(i, SESSION, person, k, 1)]):
            return False
    kept, day = i[at3(i, SESSION, person, row, 2)], day_of(i, f, start)
    values(i, f, person, first, last, 0.0, 0.0)
    i[at3(i, SESSION, person, row, 0)], i[at3(i, SESSION, person, row, 1)] = (start, end)
    for host in (day, day - 1):
        if first <= host < last and (host == kept or not i[at1(i, BOUND_DAY, block)]):
            i[at3(i, SESSION, person, row, 2)] = host
            if propose(i, f, person, first, last, ALL) > -INFINITE:
                put(i, f, person, first, last)
                return True
    return False


@part
def session_of(i, f, person, block):
    for k in range(i[at1(i, SESSIONS, person)]):
        if i[at3(i, SESSION, person, k, 4)] == block:
            return k
    return NONE


# --- annealing -------------------------------------------------------------------------------------------------------------------------


@part
def choose_pair(i, f):
    """Two people as the team, mostly with a queue in common; how many they are."""
    i[at1(i, TEAM, 0)] = below(i, f, i[PEOPLE])
    alike = uniform(i, f) < ALIKE
    for _ in range(8 if i[PEOPLE] > 1 else 0):
        other = below(i, f, i[PEOPLE] - 1)
        i[at1(i, TEAM, 1)] = other + 1 if other >= i[at1(i, TEAM, 0)] else other
        if not alike or i[at1(i, MASK, i[at1(i, GROUP, i[at1(i, TEAM, 0)])])] & i[at1(i, MASK, i[at1(i, GROUP, i[at1(i, TEAM, 1)])])]:
            break
    return min(2, i[PEOPLE])


@part
def choose_days(i, f):
    """Days that may change: a week, two weeks, or some days from anywhere on, so that days off near a week's end can move."""
    week, kind = below(i, f, i[WEEKS]), uniform(i, f)
    if i[WEEKS] == 1 or kind < ONE_WEEK:
        return i[at1(i, WEEK_DAY, week)], i[at1(i, WEEK_DAY, week + 1)]
    if kind < ONE_WEEK + TWO_WEEKS:
        return i[at1(i, WEEK_DAY, week)], i[at1(i, WEEK_DAY, min(week + 2, i[WEEKS]))]
    first = below(i, f, i[DAYS])
    return first, min(first + SOME_DAYS, i[DAYS])


@part
def choose_block_days(i, f, block):
    """Days that may change, and cells between which the session may start: mostly those of its week."""
    person = i[at1(i, MEMBERS, i[at1(i, MEMBER_OF, block)])]
    stands, weeks = week_of(i, f, i[at3(i, SESSION, person, session_of(i, f, person, block), 2)]), i[WEEKS]
    week = stands
    if uniform(i, f) >= SAME_WEEK:
        start = i[at1(i, STARTS, i[at1(i, START_OF, block)] + below(i, f, i[at1(i, START_OF, block + 1)] - i[at1(i, START_OF, block)]))]
        week = week_of(i, f, day_of(i, f, start))
    first, last = i[at1(i, WEEK_DAY, min(week, stands))], i[at1(i, WEEK_DAY, min(max(week, stands) + 1, weeks))]
    return (first, last, i[at1(i, DAY_CELL, i[at1(i, WEEK_DAY, week)])], i[at1(i, DAY_CELL, i[at1(i, WEEK_DAY, week + 1)])])


@part
def week_of(i, f, day):
    week = 0
    while i[at1(i, WEEK_DAY, week + 1)] <= day:
        week += 1
    return week


@part
def day_of(i, f, cell):
    day = 0
    while day + 1 < i[DAYS] and i[at1(i, DAY_CELL, day + 1)] <= cell:
        day += 1
    return day


@chapter
def step(i, f, temperature, theta, easing, block_share):
    """One move, taken back unless it is good enough."""
    before = f[at1(i, TOTAL, 0)] + f[at1(i, TOTAL, 1)]
    if i[SHARED_BLOCKS] and uniform(i, f) < block_share:
        block = i[at1(i, MOVABLE, below(i, f, i[SHARED_BLOCKS]))]
        first, last, begin, end = choose_block_days(i, f, block)
        if not move_block(i, f, block, first, last, begin, end):
            return
        number = i[at1(i, MEMBER_OF, block + 1)] - i[at1(i, MEMBER_OF, block)]
    else:
        first, last = choose_days(i, f)
        number = choose_pair(i, f)
        move_pair(i, f, number, first, last, theta, NOISE * temperature, easing)
    worse = f[at1(i, TOTAL, 0)] + f[at1(i, TOTAL, 1)] - before
    if worse > 0 and uniform(i, f) >= exp(-worse / temperature):
        for k in range(number):
            leave(i, f, i[at1(i, TEAM, k)], first, last)
            restore(i, f, k, i[at1(i, TEAM, k)], first, last)


@chapter
def anneal(i, f, recipe, begun, steps):
    """Some of the moves of a search. recipe: as `scheduling.engines.chain.Recipe`."""
    for n in range(begun, begun + steps):
        share = n / recipe[0]
        temperature = recipe[1] * (recipe[2] / recipe[1]) ** share
        step(i, f, temperature, recipe[3] * (1.0 - share), recipe[4], recipe[5])


@chapter
def construct(i, f, order, theta):
    """Everybody's first plan, one after the other, of all days; the first who has none, or NONE."""
    for person in order:
        values(i, f, person, 0, i[DAYS], theta, 0.0)
        if propose(i, f, person, 0, i[DAYS], ALL) == -INFINITE:
            return person
        put(i, f, person, 0, i[DAYS])
    return NONE


@chapter
def fresh(i, f):
    """The prices of an empty cover."""
    for queue in range(i[QUEUES]):
        for cell in range(i[CELLS]):
            settle(i, f, queue, cell)
            f[at1(i, TOTAL, 0)] += cover_price(i, f, f[at2(i, NEED, queue, cell)], 0)

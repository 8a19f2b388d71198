"""What each shift of a day is worth to one person, its breaks where they lose least."""

from __future__ import annotations

from scheduling.engines.kernel.parts import (
    ACTION,
    AUTOMATON,
    AWAY,
    BASE,
    BASE_OF,
    BEGIN,
    CONTRACT,
    FAM,
    FAMILIES,
    FRAME,
    INFINITE,
    LAYER,
    NEW_BREAKS,
    PAUSE,
    PICK,
    RANK,
    RANKS,
    RESTED,
    SLOT,
    STOP,
    TABLE,
    VALUE,
    WHICH,
    WORKED,
    at1,
    at2,
    at3,
    part,
)


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
def choose_breaks(i, f, family, length, day):
    limit = offsets_inside(i, f, family, length)
    for j in range(i[at2(i, FAM, family, 3)] - 1, -1, -1):
        k = i[at2(i, PICK, j, limit - 1)]
        i[at2(i, NEW_BREAKS, day, j)] = i[at3(i, PAUSE, family, j, 0)] + k
        limit = early_enough(i, f, family, j, k) if j else 0

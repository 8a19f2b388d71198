"""Somebody's own sessions at work."""

from __future__ import annotations

from scheduling.engines.kernel.parts import (
    BEGIN,
    BOUND_DAY,
    CONTRACT,
    DAY_CELL,
    FAM,
    HOST,
    INFINITE,
    LONGEST,
    LOSS,
    NEW_BREAKS,
    NEW_OPTION,
    NONE,
    OWN,
    OWN_ONES,
    PADDED,
    PAUSE,
    SESSION,
    SESSIONS,
    START_OF,
    STARTS,
    STOP,
    VALUE,
    at1,
    at2,
    at3,
    chapter,
    part,
)
from scheduling.engines.kernel.plan import counted, propose
from scheduling.engines.kernel.stand import family_of


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

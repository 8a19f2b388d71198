"""The exact best plan of one person in some days."""

from __future__ import annotations

from scheduling.engines.kernel.parts import (
    AUTOMATON,
    AWAY,
    BACK,
    BASE_OF,
    BEGIN,
    CLOSE,
    CLOSED,
    CONTRACT,
    DAY_CELL,
    DAYS,
    FAM,
    FRAME,
    INFINITE,
    LAYER,
    LEADS,
    LEAST,
    LONGEST,
    MUST,
    NEW_OPTION,
    NONE,
    OFF,
    OWN,
    OWN_ONES,
    PADDED,
    SESSION,
    SESSIONS,
    STOP,
    TABLE,
    TALLY,
    TARGET,
    TOLLED,
    WHICH,
    WORTH,
    at1,
    at2,
    at3,
    chapter,
    part,
)
from scheduling.engines.kernel.rate import choose_breaks, lay_breaks, rate_day, running_sums
from scheduling.engines.kernel.stand import family_of, follow


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

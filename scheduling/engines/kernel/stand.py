"""Somebody's plan as it stands: taken out, put in, followed through their automaton."""

from __future__ import annotations

from scheduling.engines.kernel.cover import come, go
from scheduling.engines.kernel.parts import (
    ACTION,
    AUTOMATON,
    AWAY,
    BASE,
    BASE_OF,
    BEGIN,
    BREAKS,
    CELLS,
    CLOSE,
    CONTRACT,
    DAY_CELL,
    DAYS,
    FAM,
    FAMILIES,
    GROUP,
    IN,
    INFINITE,
    LAYER,
    LEADS,
    LEAST,
    MASK,
    NEW_BREAKS,
    NEW_OPTION,
    NONE,
    OFF,
    OPTION,
    OUT,
    PAUSE,
    RANK,
    RESTS,
    SESSION,
    SESSIONS,
    SHADE,
    STOP,
    TALLY,
    TARGET,
    TOLLED,
    TOTAL,
    at1,
    at2,
    at3,
    chapter,
    part,
)


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

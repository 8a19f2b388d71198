"""People taken out and put back at their best."""

from __future__ import annotations

from scheduling.engines.kernel.cover import values
from scheduling.engines.kernel.own import ease
from scheduling.engines.kernel.parts import (
    ALL,
    BREAKS,
    INFINITE,
    NEW_BREAKS,
    NEW_OPTION,
    OLD_BREAKS,
    OLD_OPTION,
    OLD_SESSION,
    OPTION,
    RESTS,
    SESSION,
    SESSIONS,
    TEAM,
    at1,
    at2,
    at3,
    chapter,
    part,
    uniform,
)
from scheduling.engines.kernel.plan import propose
from scheduling.engines.kernel.stand import leave, put, take


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


@part
def as_it_stands(i, f, person, first, last):
    """The person's plan of now into scratch, to be put in again."""
    for day in range(first, last):
        i[at1(i, NEW_OPTION, day)] = i[at2(i, OPTION, person, day)]
        for j in range(i[RESTS]):
            i[at2(i, NEW_BREAKS, day, j)] = i[at3(i, BREAKS, person, day, j)]


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

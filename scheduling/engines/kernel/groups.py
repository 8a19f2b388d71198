"""Group sessions moved with everybody who attends them."""

from __future__ import annotations

from scheduling.engines.kernel.cover import values
from scheduling.engines.kernel.moves import as_it_stands, reseat, restore, save
from scheduling.engines.kernel.own import ease, lay_loss
from scheduling.engines.kernel.parts import (
    ALL,
    BOUND_DAY,
    DAY_CELL,
    DAYS,
    EASED,
    HOUR,
    INFINITE,
    LOSS,
    MEMBER_OF,
    MEMBERS,
    NEAR,
    NONE,
    OTHER_DAY,
    PEOPLE,
    PRICES,
    SAME_DAY,
    SAME_WEEK,
    SESSION,
    SESSION_CELLS,
    SESSIONS,
    START_LOSS,
    START_OF,
    STARTS,
    TEAM,
    TOP,
    TRIES,
    WEEK_DAY,
    at1,
    at3,
    below,
    chapter,
    part,
    uniform,
)
from scheduling.engines.kernel.plan import propose
from scheduling.engines.kernel.stand import leave, put, take
from scheduling.engines.memory import OTHERS


@part
def gather(i, f, block):
    """The members of a block in random order as the team; how many they are."""
    number = i[at1(i, MEMBER_OF, block + 1)] - i[at1(i, MEMBER_OF, block)]
    for k in range(number):
        place = below(i, f, k + 1)
        i[at1(i, TEAM, k)] = i[at1(i, TEAM, place)]
        i[at1(i, TEAM, place)] = i[at1(i, MEMBERS, i[at1(i, MEMBER_OF, block)] + k)]
    return number


@part
def invite(i, f, number, first, last):
    """Some others join the team, who change too where a group has moved; how many it has then."""
    for _ in range(min(OTHERS, i[PEOPLE])):
        person, new = below(i, f, i[PEOPLE]), True
        for k in range(number):
            new = new and i[at1(i, TEAM, k)] != person
        if new:
            i[at1(i, TEAM, number)] = person
            save(i, f, number, person, first, last)
            number += 1
    return number


@chapter
def rearrange(i, f, number, first, last):
    """Everybody of the team once more at their best beside the others."""
    for k in range(number):
        leave(i, f, i[at1(i, TEAM, k)], first, last)
        values(i, f, i[at1(i, TEAM, k)], first, last, 0.0, 0.0)
        if propose(i, f, i[at1(i, TEAM, k)], first, last, ALL) == -INFINITE:
            as_it_stands(i, f, i[at1(i, TEAM, k)], first, last)
        put(i, f, i[at1(i, TEAM, k)], first, last)


@chapter
def move_block(i, f, block, first, last, begin, end):
    """Bring a group session to one of the times between two cells that lose least, everybody put back around it; how many may have changed.

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
            number = invite(i, f, number, first, last)
            rearrange(i, f, number, first, last)
            return number
    for k in range(number):
        restore(i, f, k, i[at1(i, TEAM, k)], first, last)
    return 0


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
        if not attend(i, f, k, block, start, first, last):
            for other in range(k):
                take(i, f, i[at1(i, TEAM, other)], first, last)
            for other in range(k + 1):
                reseat(i, f, other, i[at1(i, TEAM, other)])
            return False
    return True


@chapter
def attend(i, f, place, block, start, first, last):
    """Put one of the team back with the session at a start, hosted by the shift of its day or of the day before; whether that is possible.

    Mostly their own sessions move too, since one that stayed on the old day would keep it at work.
    """
    person, day, eased = i[at1(i, TEAM, place)], day_of(i, f, start), uniform(i, f) < EASED
    row, end = session_of(i, f, person, block), start + i[at1(i, SESSION_CELLS, block)]
    kept = i[at3(i, SESSION, person, row, 2)]
    values(i, f, person, first, last, 0.0, 0.0)
    for turn in range(4):
        host = day - turn // 2
        if not first <= host < last or (host != kept and i[at1(i, BOUND_DAY, block)]) or (turn % 2 == 0 and not eased):
            continue
        reseat(i, f, place, person)
        i[at3(i, SESSION, person, row, 0)], i[at3(i, SESSION, person, row, 1)], i[at3(i, SESSION, person, row, 2)] = start, end, host
        if turn % 2 == 0 and not ease(i, f, person, first, last):
            continue
        if not overlapping(i, f, person, row) and propose(i, f, person, first, last, ALL) > -INFINITE:
            put(i, f, person, first, last)
            return True
    return False


@part
def overlapping(i, f, person, row):
    """Whether a session of theirs meets another one."""
    for k in range(i[at1(i, SESSIONS, person)]):
        before = i[at3(i, SESSION, person, k, 0)] < i[at3(i, SESSION, person, row, 1)]
        if k != row and before and i[at3(i, SESSION, person, row, 0)] < i[at3(i, SESSION, person, k, 1)]:
            return True
    return False


@part
def session_of(i, f, person, block):
    for k in range(i[at1(i, SESSIONS, person)]):
        if i[at3(i, SESSION, person, k, 4)] == block:
            return k
    return NONE


@part
def choose_block_days(i, f, block):
    """Days that may change, and cells between which the session may start: of its day, of another not far off, or of a week."""
    low, high = hosts_of(i, f, block)
    kind, first, last = uniform(i, f), low, high + 1
    if kind < SAME_DAY:
        return first, last, i[at1(i, DAY_CELL, first)], i[at1(i, DAY_CELL, last)]
    start = i[at1(i, STARTS, i[at1(i, START_OF, block)] + below(i, f, i[at1(i, START_OF, block + 1)] - i[at1(i, START_OF, block)]))]
    day = day_of(i, f, start)
    if kind < OTHER_DAY and abs(day - low) < NEAR:
        return max(min(first, day) - 1, 0), min(max(last, day + 1) + 1, i[DAYS]), i[at1(i, DAY_CELL, day)], i[at1(i, DAY_CELL, day + 1)]
    stands = week_of(i, f, low)
    week = week_of(i, f, day) if kind >= SAME_WEEK else stands
    first, last = i[at1(i, WEEK_DAY, min(week, stands))], i[at1(i, WEEK_DAY, max(week, stands, week_of(i, f, high)) + 1)]
    return first, last, i[at1(i, DAY_CELL, i[at1(i, WEEK_DAY, week)])], i[at1(i, DAY_CELL, i[at1(i, WEEK_DAY, week + 1)])]


@part
def hosts_of(i, f, block):
    """The first and the last day whose shifts host the session of some member."""
    low, high = i[DAYS], NONE
    for m in range(i[at1(i, MEMBER_OF, block)], i[at1(i, MEMBER_OF, block + 1)]):
        person = i[at1(i, MEMBERS, m)]
        host = i[at3(i, SESSION, person, session_of(i, f, person, block), 2)]
        low, high = min(low, host), max(high, host)
    return low, high


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

"""Which people and days a move is about."""

from __future__ import annotations

from scheduling.engines.kernel.parts import (
    ALIKE,
    DAYS,
    FEW,
    FEW_DAYS,
    FEW_TEAM,
    GROUP,
    MASK,
    NONE,
    ONE_WEEK,
    OPTION,
    PEOPLE,
    SOME_DAYS,
    TEAM,
    TWO_WEEKS,
    WEEK_DAY,
    WEEKS,
    at1,
    at2,
    below,
    part,
    uniform,
)


@part
def choose_few(i, f, first, last):
    """Some people of whom most work on some days; how many they are."""
    wanted, number = 1 + below(i, f, FEW_TEAM), 0
    for _ in range(4 * FEW_TEAM):
        person, new, works = below(i, f, i[PEOPLE]), True, False
        for k in range(number):
            new = new and i[at1(i, TEAM, k)] != person
        for day in range(first, last):
            works = works or i[at2(i, OPTION, person, day)] != NONE
        if new and works and number < wanted:
            i[at1(i, TEAM, number)] = person
            number += 1
    return number


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
def choose(i, f):
    """Who and which days a move is about: some people on a few days, or two in a week or more; how many they are, and the days."""
    if uniform(i, f) < FEW:
        first = below(i, f, i[DAYS])
        last = min(first + 1 + below(i, f, FEW_DAYS), i[DAYS])
        return choose_few(i, f, first, last), first, last
    first, last = choose_days(i, f)
    return choose_pair(i, f), first, last

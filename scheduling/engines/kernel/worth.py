"""Everybody's exact best plan at given prices of presence: what the bound is made of, many times over."""

from __future__ import annotations

from scheduling.engines.kernel.parts import (
    ALL,
    BEGIN,
    CONTRACT,
    DAYS,
    FAM,
    GROUP,
    NEW_BREAKS,
    NEW_OPTION,
    NONE,
    PADDED,
    PAUSE,
    PEOPLE,
    STOP,
    VALUE,
    at1,
    at2,
    at3,
    chapter,
    entry,
)
from scheduling.engines.kernel.plan import propose
from scheduling.engines.kernel.stand import family_of


@chapter
def count_plan(i, f, person, present):
    """Count the plan in scratch at work. present (groups, padded)."""
    contract, group = i[at1(i, CONTRACT, person)], i[at1(i, GROUP, person)]
    for day in range(i[DAYS]):
        option = i[at1(i, NEW_OPTION, day)]
        if option == NONE:
            continue
        begin, family = i[at3(i, BEGIN, contract, day, option)], family_of(i, f, contract, option)
        for cell in range(begin, i[at3(i, STOP, contract, day, option)]):
            present[group, cell] += 1.0
        for j in range(i[at2(i, FAM, family, 3)]):
            at = begin + i[at2(i, NEW_BREAKS, day, j)]
            for cell in range(at, at + i[at3(i, PAUSE, family, j, 2)]):
                present[group, cell] -= 1.0


def _summing(text):
    def everybody(i, f, value, present):
        """The worth of all best plans together, everybody at work in them added to `present`. value, present (groups, padded)."""
        total, people = 0.0, i[PEOPLE] if text == text else 0
        for person in range(people):
            group = i[at1(i, GROUP, person)]
            for cell in range(i[PADDED]):
                f[at1(i, VALUE, cell)] = value[group, cell]
            total += propose(i, f, person, 0, i[DAYS], ALL)
            count_plan(i, f, person, present)
        return total

    return everybody


everybody = entry(_summing)

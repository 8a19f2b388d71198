"""A problem as the arrays that the compiled programme works on."""

from __future__ import annotations

from math import gcd

import numpy as np

from scheduling.days.kernel import Pack
from scheduling.days.problem import DaysProblem
from wfm.model.arrays import BoolArray, IntArray


def pack_people(problem: DaysProblem) -> Pack:
    """All people of a problem; a shift that a person may never work has class 0."""
    people, shifts = len(problem.people), len(problem.shifts)
    most = np.array([person.most for person in problem.people], np.int64).reshape(people, shifts)
    allowed, may_follow = most > 0, problem.may_follow()
    klass, follows = zip(*(_classes(allowed[p], may_follow) for p in range(people)), strict=True)
    follow = np.zeros((people, max(len(rows) for rows in follows), shifts), bool)
    for p, rows in enumerate(follows):
        follow[p, : len(rows)] = rows
    minutes = problem.minutes
    unit = np.array([gcd(*(int(m) for m in minutes[own])) or 1 for own in allowed], np.int64)

    def each(name: str) -> IntArray:
        return np.array([getattr(person, name) for person in problem.people], np.int64)

    return Pack(
        problem.days,
        np.array(klass, np.int64),
        np.array([len(rows) - 1 for rows in follows], np.int64),
        follow,
        np.where(allowed, minutes[None, :] // unit[:, None], 0),
        most,
        -(-each("min_minutes") // unit),
        each("max_minutes") // unit,
        np.minimum(each("max_run"), problem.days + 1),
        each("least_run"),
        np.minimum(each("least_rest"), problem.days + 1),
        each("max_weekends"),
    )


def _classes(allowed: BoolArray, may_follow: BoolArray) -> tuple[IntArray, list[BoolArray]]:
    """Class of each of one person's shifts, and what may follow each class; class 0 is a day off."""
    follows, klass = [allowed], np.zeros(len(allowed), np.int64)
    for shift in np.flatnonzero(allowed):
        after = may_follow[shift] & allowed
        same = [c for c in range(1, len(follows)) if (follows[c] == after).all()]
        klass[shift] = same[0] if same else len(follows)
        if not same:
            follows.append(after)
    return klass, follows

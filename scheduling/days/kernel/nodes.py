"""Nodes: a run of days off 1..least_rest (the last means rested), or (class, run 1..max_run) of work."""

from __future__ import annotations

import numpy as np

from scheduling.days.kernel.parts import part


@part
def nodes_of(pack, p):
    return pack.least_rest[p] + pack.classes[p] * pack.max_run[p]


@part
def node_after(pack, p, row, end):
    """Node after the first `end` days of a row."""
    if end == 0:
        return pack.least_rest[p] - 1
    run = 1
    working = row[end - 1] >= 0
    while run < end and (row[end - 1 - run] >= 0) == working:
        run += 1
    if not working:
        return min(run, pack.least_rest[p]) - 1
    return pack.least_rest[p] + (pack.klass[p, row[end - 1]] - 1) * pack.max_run[p] + min(run, pack.max_run[p]) - 1


@part
def may_rest(pack, p, node, day):
    """May a day off follow the node when `day` days are done? A run that began on day 0 may be short."""
    if node < pack.least_rest[p]:
        return True
    run = (node - pack.least_rest[p]) % pack.max_run[p] + 1
    return run >= pack.least_run[p] or run == day


@part
def may_work(pack, p, node, day):
    if node < pack.least_rest[p]:
        return node == pack.least_rest[p] - 1 or node + 1 == day
    return (node - pack.least_rest[p]) % pack.max_run[p] + 1 < pack.max_run[p]


@part
def joins(pack, p, node, row, end):
    """Does the rest of the row from day `end` on fit behind the node, as far as runs and successions go?"""
    if end >= pack.days:
        return True
    working = row[end] >= 0
    ahead = 1
    while end + ahead < pack.days and (row[end + ahead] >= 0) == working:
        ahead += 1
    open_end = end + ahead == pack.days
    rest = pack.least_rest[p]
    if node < rest:
        run = node + 1
        if not working:
            return open_end or run + ahead >= rest or run == end
        return run in (rest, end) and (open_end or ahead >= pack.least_run[p])
    run = (node - rest) % pack.max_run[p] + 1
    if not working:
        return may_rest(pack, p, node, end) and (open_end or ahead >= rest)
    follows = pack.follow[p, (node - rest) // pack.max_run[p] + 1, row[end]]
    return follows and run + ahead <= pack.max_run[p] and (open_end or run + ahead >= pack.least_run[p] or run == end)


@part
def rested(pack, p, node):
    """The node after one more day off."""
    resting = pack.least_rest[p]
    return min(node + 1, resting - 1) if node < resting else 0


@part
def worked(pack, p, node, klass):
    """(class that the shift follows, the node after a day of a shift of class `klass`)."""
    resting, longest = pack.least_rest[p], pack.max_run[p]
    if node < resting:
        return 0, resting + (klass - 1) * longest
    return (node - resting) // longest + 1, resting + (klass - 1) * longest + (node - resting) % longest + 1


@part
def weekend(pack, p, node, day):
    """1 where working that day makes one more weekend, else 0."""
    return 1 if day % 7 == 5 or (day % 7 == 6 and node < pack.least_rest[p]) else 0


@part
def settled_from(pack, p):
    """The first day from which on what is allowed after a node does not depend on the day any more."""
    return pack.max_run[p] + pack.least_rest[p] + 1


@part
def moves(pack, p, klass, day):
    """(nodes, 2 + groups): node after a day off, class that a shift would follow (-1: not allowed), node after a shift of each group."""
    goes = np.full((nodes_of(pack, p), 2 + len(klass)), -1, np.int64)
    for node in range(len(goes)):
        if may_rest(pack, p, node, day):
            goes[node, 0] = rested(pack, p, node)
        if may_work(pack, p, node, day):
            for g in range(len(klass)):
                goes[node, 1], goes[node, 2 + g] = worked(pack, p, node, klass[g])
    return goes

"""The lines: those who wait and those who hung up, in the order in which they came."""

from __future__ import annotations

from simulation.kernel.parts import AWAY, WAITING, part
from simulation.world import NOBODY


@part
def join(w, m, contact):
    """Go to the end of the line; returns who stood there before."""
    line = w.lines[w.queue[contact]]
    before = line.tail
    w.contacts[contact].standing, w.contacts[contact].behind = WAITING, NOBODY
    if before == NOBODY:
        line.head = contact
    else:
        w.contacts[before].behind = contact
    line.tail = contact
    if line.front == NOBODY:
        line.front = contact
    if m is not None:
        m.rules[w.queue[contact]].waiting += 1
        m.clock[0].joined += 1
        m.rows[contact].joined = m.clock[0].joined
    return before


@part
def put_back(w, m, contact):
    """To the head of the line: work that was laid aside."""
    line = w.lines[w.queue[contact]]
    w.contacts[contact].standing, w.contacts[contact].behind = WAITING, line.head
    if line.head == NOBODY:
        line.tail = contact
    line.head = line.front = contact
    m.rules[w.queue[contact]].waiting += 1


@part
def stop_waiting(w, m, contact, standing):
    w.contacts[contact].standing = standing
    if m is not None:
        m.rules[w.queue[contact]].waiting -= 1


@part
def move_front(w, line):
    """The first who waits has gone: find the next who does."""
    contact = w.contacts[line.front].behind
    while contact != NOBODY and w.contacts[contact].standing != WAITING:
        contact = w.contacts[contact].behind
    line.front = contact


@part
def drop_head(w, line):
    """Nobody need remember the first of the line any more."""
    line.head = w.contacts[line.head].behind
    if line.head == NOBODY:
        line.tail = NOBODY


@part
def turn_back(w, m, contact, before):
    """Out of the line with its last, who has only just joined it."""
    stop_waiting(w, m, contact, AWAY)
    line = w.lines[w.queue[contact]]
    if line.front == contact:
        line.front = NOBODY
    if line.head == contact:
        line.head = line.tail = NOBODY
    else:
        w.contacts[before].behind, line.tail = NOBODY, before


@part
def came_before(w, m, contact, other):
    at_s, other_s = w.entered_s[contact], w.entered_s[other]
    if m is not None:
        at_s, other_s = at_s - m.rules[w.queue[contact]].credit_s, other_s - m.rules[w.queue[other]].credit_s
        contact, other = m.rows[contact].joined, m.rows[other].joined
    return at_s < other_s or (at_s == other_s and contact < other)


@part
def closed(w, queue):
    """Whether now lies in one of the queue's closings."""
    line, now_s = w.lines[queue], w.clock[0].now_s
    while line.closing + 1 < w.lines[queue + 1].first_closing and w.closings[line.closing + 1, 0] <= now_s:
        line.closing += 1
    return w.closings[line.closing, 0] <= now_s < w.closings[line.closing, 1]

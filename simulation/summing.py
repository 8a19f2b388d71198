"""One pass over a trace: what `simulation.measure` adds up, compiled. Without numba the same lines run as plain Python, in that order."""

from __future__ import annotations

try:
    from numba import njit
except ImportError:  # the readable engine has taken over, and does not mind

    def njit(**_how):
        return lambda function: function


part = njit(_nrt=False, forceinline=True)
"""A part of `sum_up`, written into it."""


@part
def class_of(wait_s, edges_s):
    """Number of the first edge that the wait does not exceed."""
    number = 0
    while number < len(edges_s) and wait_s > edges_s[number]:
        number += 1
    return number


@part
def interval_of(at_s, step_s):
    """The interval in which a time lies; division alone may round up to the next."""
    number = int(at_s / step_s)
    return number - 1 if number * step_s > at_s else number


@part
def cut(start_s, end_s, step_s, parts_s, whole):
    """Cut [start_s, end_s) at the borders of intervals: whole intervals are counted where they begin (+1) and end (−1)."""
    last = len(parts_s)
    first, end = interval_of(start_s, step_s), last
    if first >= last or not end_s > start_s:
        return
    if end_s < last * step_s:
        end = interval_of(end_s, step_s)
    if first == end:
        parts_s[first] += end_s - start_s
        return
    parts_s[first] += (first + 1) * step_s - start_s
    whole[first + 1] += 1
    whole[end] -= 1
    if end < last:
        parts_s[end] += end_s - end * step_s


@part
def join(parts_s, whole, step_s):
    """Parts and whole intervals together, in place of the parts."""
    under_way = 0
    for interval in range(len(parts_s)):
        under_way += whole[interval]
        parts_s[interval] += under_way * step_s


def _sum_up(when, what, limits, fates, sums):
    """when: asked_s (for an agent), wait_s, virtual_s, service_s; what: queue, interval, fate; all (contacts,).

    limits: edges_s of the classes of waits, within_s of each queue, step_s. fates: numbers of answered and abandoned. sums, to add to:
    counts (fates, 2, queues, intervals): contacts within their target, beyond it. hoped (queues, intervals): answered and abandoned that
    would have been served within their target. waits (queues, intervals, 3, classes): answered,
    abandoned, and both by the wait they would have had. seconds (4, queues, intervals): wait of all, of the answered, by interval of
    arrival; waiting, in service, by interval in which it was spent. whole (2, queues, intervals + 1): room to work.
    """
    asked_s, wait_s, virtual_s, service_s = when
    queue, interval, fate = what
    edges_s, within_s, step_s = limits
    answered, abandoned = fates
    counts, hoped, waits, seconds, whole = sums
    for contact in range(len(queue)):
        q, i, f, wait = queue[contact], interval[contact], fate[contact], wait_s[contact]
        in_target, left_s = wait <= within_s[q], asked_s[contact] + wait
        counts[f, 0 if in_target else 1, q, i] += 1
        if wait > 0:
            seconds[0, q, i] += wait
            cut(asked_s[contact], left_s, step_s, seconds[2, q], whole[0, q])
        if f == answered:
            seconds[1, q, i] += wait
            number = class_of(wait, edges_s)
            waits[q, i, 0, number] += 1
            waits[q, i, 2, number] += 1
            hoped[q, i] += in_target
            cut(left_s, left_s + service_s[contact], step_s, seconds[3, q], whole[1, q])
        elif f == abandoned:
            waits[q, i, 1, class_of(wait, edges_s)] += 1
            waits[q, i, 2, class_of(virtual_s[contact], edges_s)] += 1
            hoped[q, i] += virtual_s[contact] <= within_s[q]
    for q in range(seconds.shape[1]):
        join(seconds[2, q], whole[0, q], step_s)
        join(seconds[3, q], whole[1, q], step_s)


def _spread(start_s, end_s, step_s, total_s, whole):
    """Add spans of time to the intervals (intervals,) they lie in."""
    for span in range(len(start_s)):
        cut(start_s[span], end_s[span], step_s, total_s, whole)
    join(total_s, whole, step_s)


@part
def add_span(row_s, start_s, end_s, weight, step_s):
    """Add a weighted span of time to the intervals (intervals,) it lies in."""
    intervals = len(row_s)
    first, last = interval_of(start_s, step_s), intervals - 1
    if first >= intervals or not end_s > start_s:
        return
    if end_s < intervals * step_s:
        last = interval_of(end_s, step_s)
    for interval in range(first, last + 1):
        row_s[interval] += weight * (min(end_s, (interval + 1) * step_s) - max(start_s, interval * step_s))


def _spread_rows(row, start_s, end_s, step_s, total_s):
    """Add spans of time to the intervals of their rows, total_s (rows, intervals)."""
    for span in range(len(row)):
        add_span(total_s[row[span]], start_s[span], end_s[span], 1.0, step_s)


def _spread_service(who, when, group_of, share, step_s, total_s):
    """Add the service of contacts to the group of whoever served them, total_s (groups, intervals).

    who: agent (−1 for none), queue; when: asked_s, wait_s, service_s; all (contacts,). share: of an agent, that a contact of a queue takes.
    """
    agent, queue = who
    asked_s, wait_s, service_s = when
    for contact in range(len(agent)):
        if agent[contact] >= 0:
            start_s = asked_s[contact] + wait_s[contact]
            add_span(total_s[group_of[agent[contact]]], start_s, start_s + service_s[contact], share[queue[contact]], step_s)


try:
    sum_up = njit(nogil=True, cache=True, _nrt=False)(_sum_up)
    spread = njit(nogil=True, cache=True, _nrt=False)(_spread)
    spread_rows = njit(nogil=True, cache=True, _nrt=False)(_spread_rows)
    spread_service = njit(nogil=True, cache=True, _nrt=False)(_spread_service)
except RuntimeError:  # nowhere to keep what was compiled: see `simulation.kernel`
    sum_up = njit(nogil=True, _nrt=False)(_sum_up)
    spread = njit(nogil=True, _nrt=False)(_spread)
    spread_rows = njit(nogil=True, _nrt=False)(_spread_rows)
    spread_service = njit(nogil=True, _nrt=False)(_spread_service)

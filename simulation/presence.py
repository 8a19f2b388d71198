"""Who is on the queues when: the roster as stints, absences, and the hours in which a queue is not served any more."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from simulation.streams import exponential, key, uniforms
from wfm.model import Kind, Roster, Shift
from wfm.model.arrays import FloatArray, IntArray

Spans = tuple[tuple[float, float], ...]


class Stint(NamedTuple):
    """One unbroken time of an agent on the same queues, [start_s, end_s); agent and queues are numbers, day that of the shift."""

    agent: int
    day: int
    start_s: float
    end_s: float
    queues: tuple[int, ...]


def stints_of(roster: Roster, agents: tuple[str, ...], lines: dict[str, tuple[int, ...]]) -> tuple[Stint, ...]:
    """All stints of a roster, by agent and time. Work segments that touch and serve the same queues are one stint.

    lines: numbers of the lines of each queue by its name.
    """
    agent_number = {name: number for number, name in enumerate(agents)}
    return tuple(stint for shift in roster.shifts for stint in _of_shift(shift, agent_number[shift.agent], lines))


def _of_shift(shift: Shift, agent: int, lines: dict[str, tuple[int, ...]]) -> list[Stint]:
    stints: list[Stint] = []
    for segment in shift.segments:
        if segment.kind is not Kind.WORK or not segment.queues or not segment.minutes:
            continue
        served = tuple(dict.fromkeys(line for name in segment.queues for line in lines[name]))
        start_s, end_s = segment.start * 60.0, segment.end * 60.0
        if stints and (stints[-1].end_s, stints[-1].queues) == (start_s, served):
            start_s = stints.pop().start_s
        stints.append(Stint(agent, shift.day, start_s, end_s, served))
    return stints


def attended(
    stints: tuple[Stint, ...], agents: tuple[str, ...], absence: float, seed: int, replication: int, late: tuple[float, float] = (0.0, 0.0)
) -> tuple[Stint, ...]:
    """The stints really worked: each agent is away on each day with probability `absence`, by a draw of their own.

    late: share of the shifts that begin later than planned, and how many seconds on average (exponential). They end as planned.
    """
    if not stints or (absence <= 0 and late[0] <= 0):
        return stints
    days = 1 + max(stint.day for stint in stints)
    if absence > 0:
        away = [uniforms(days, key(seed, replication, "absence", name)) < absence for name in agents]
        stints = tuple(stint for stint in stints if not away[stint.agent][stint.day])
    if late[0] > 0:
        stints = tuple(_come_late(stints, [_late_s(days, late, key(seed, replication, "lateness", name)) for name in agents]))
    return stints


def _late_s(days: int, late: tuple[float, float], stream: int) -> FloatArray:
    """How late somebody begins on each day, (days,)."""
    uniform = uniforms(2 * days, stream)
    return np.where(uniform[:days] < late[0], late[1] * exponential(uniform[days:]), 0.0)


def _come_late(stints: tuple[Stint, ...], late_s: list[FloatArray]) -> Iterator[Stint]:
    """Every stint from when its agent is there; none of those that are over by then."""
    begun: dict[tuple[int, int], float] = {}
    for stint in stints:
        there_s = begun.setdefault((stint.agent, stint.day), stint.start_s) + float(late_s[stint.agent][stint.day])
        if there_s < stint.end_s:
            yield stint._replace(start_s=max(stint.start_s, there_s))


def unserved(stints: Iterable[Stint], queue: int, day_starts_s: IntArray) -> Spans:
    """Times [from, to) in which nobody serves the queue, nor will on the same local day.

    Where a span is empty (from = to) service ends at midnight: who waits then leaves, who comes then waits for the day's first agent.
    """
    spans, served_to = [], 0.0
    for start_s, end_s in sorted((stint.start_s, stint.end_s) for stint in stints if queue in stint.queues):
        day_start = float(day_starts_s[bisect_right(day_starts_s, start_s) - 1])
        if start_s > served_to and day_start >= served_to:
            spans.append((served_to, day_start))
        served_to = max(served_to, end_s)
    return (*spans, (served_to, np.inf))


def inside(spans: Spans, at_s: float) -> bool:
    """Whether a time lies in one of the spans, which are sorted and do not overlap."""
    place = bisect_right(spans, (at_s, np.inf)) - 1
    return place >= 0 and at_s < spans[place][1]

"""The timetable of a replication: every change that is known beforehand, in the order in which it happens."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from simulation.presence import Spans, Stint

HOUR_S = 3600


class Change(IntEnum):
    """What changes, in the order in which it does at one instant."""

    GO = 0
    COME = 1
    CLOSE = 2
    STRIKE = 3


class Row(NamedTuple):
    """One change: `number` of the agent who goes or comes, the queue that closes, or the hour that strikes.

    queues: for GO and COME. rest_s: for COME, how long the break before it was to be, 0 at the start of a shift.
    """

    at_s: float
    change: Change
    number: int
    queues: tuple[int, ...] = ()
    rest_s: float = 0.0


def rests_s(stints: tuple[Stint, ...]) -> list[float]:
    """The break before each stint, which are by agent and time: since the one before of the same shift, 0 where there is none."""
    before = (None, *stints)[: len(stints)]
    return [
        stint.start_s - last.end_s if last is not None and (last.agent, last.day) == (stint.agent, stint.day) else 0.0
        for last, stint in zip(before, stints, strict=True)
    ]


def timetable(stints: tuple[Stint, ...], closings: list[Spans], horizon_s: float) -> list[Row]:
    """All rows, sorted. A queue closes at the start of each span of its `closings`."""
    rows = [Row(stint.end_s, Change.GO, stint.agent, stint.queues) for stint in stints]
    before = zip(stints, rests_s(stints), strict=True)
    rows += [Row(stint.start_s, Change.COME, stint.agent, stint.queues, rest_s) for stint, rest_s in before]
    rows += [Row(from_s, Change.CLOSE, queue) for queue, spans in enumerate(closings) for from_s, _ in spans]
    rows += [Row(float(hour * HOUR_S), Change.STRIKE, hour) for hour in range(1, int(horizon_s) // HOUR_S + 1)]
    return sorted(rows)

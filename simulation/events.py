"""Events at absolute times in one total order: time, then kind, then number.

Real data lie on a grid of seconds and shifts on one of quarter hours, so ties are the normal case. SimPy breaks them by the order in which
events were made, which is an accident; here it is a rule.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from heapq import heappush

from simpy import Environment, Event


class Happening(IntEnum):
    """Kinds of event, in the order in which they happen at one instant. (0 and 1 are SimPy's own priorities.)"""

    COMPLETION = 2
    SHIFT_CHANGE = 3
    ABANDONMENT = 4
    STEP = 5
    ARRIVAL = 6


class Step(IntEnum):
    """What may happen to a contact between arriving and leaving. The number of the event is contact × 4 + step."""

    MENU_OVER = 0
    WAITED_LONG = 1
    TALK_OVER = 2


class At(Event):
    """Calls `then(event)` at time `at_s`; `number` breaks ties inside a kind, must be unique there, and is the event's value."""

    def __init__(self, env: Environment, at_s: float, kind: int, number: int | tuple[int, int], then: Callable[[At], None]):
        self.env = env
        self.callbacks = [then]
        self._ok = True
        self._value = number
        heappush(env._queue, (at_s, kind, number, self))

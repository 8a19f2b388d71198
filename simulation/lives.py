"""What may become of each contact beyond one wait and one service: the columns, and how legs are written into them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np

from simulation.trace import HUNG_UP, Cause
from wfm.model.arrays import BoolArray, FloatArray, IntArray

FIRST_TURNS = 2
"""Redials in a row that are drawn for every contact at first."""

ALWAYS = 2.0
"""`after_u` of what follows whoever served."""


@dataclass(frozen=True, eq=False)
class Lives:
    """Columns beside those of `simulation.arrivals.Contacts`, all (attempts,).

    menu_s: time before the queue. contained: needs nobody after it. gives_up: hangs up then. wrap_s: the part of handle_s for which the
    customer has gone.
    tries_again: whether `Contacts.again` follows, see `simulation.trace.HUNG_UP`; cut: likewise, but it was not drawn. after: the row that
    follows service, −1 for none, where after_u is at least the share that the agent settles; after_s: time until then. accepts: would take
    an offer; promise: the row that follows then, −1 for none. trunks: number of those of which it holds a line, −1 for none. inside: the
    leg before held it. choice: in (0, 1), for whatever is left to chance. cause: a `Cause`. origin: row of the contact's first attempt.
    """

    menu_s: FloatArray
    contained: BoolArray
    gives_up: BoolArray
    wrap_s: FloatArray
    tries_again: IntArray
    cut: IntArray
    after: IntArray
    after_u: FloatArray
    after_s: FloatArray
    accepts: BoolArray
    promise: IntArray
    trunks: IntArray
    inside: BoolArray
    choice: FloatArray
    cause: IntArray
    origin: IntArray

    @classmethod
    def plain(cls, size: int) -> Lives:
        """Nothing of the kind, but redials after hanging up."""
        columns = Columns(size)
        columns.put("origin", np.arange(size), np.arange(size))
        columns.put("tries_again", np.arange(size), HUNG_UP)
        return columns.lives()


OFF = {"again": -1, "after": -1, "promise": -1, "trunks": -1, "interval": -1, "patience_s": np.inf, "arrival_s": np.inf}
WHOLE = {"queue", "interval", "again", "tries_again", "cut", "after", "promise", "trunks", "cause", "origin"}
YES_NO = {"contained", "gives_up", "accepts", "inside"}


class Columns:
    """Columns in the making: values for some rows at a time, the last word counts."""

    def __init__(self, size: int):
        self.size = size
        self._written: dict[str, list[tuple[IntArray, np.ndarray | float]]] = {}

    def more(self, count: int) -> IntArray:
        """New rows at the end."""
        self.size += count
        return np.arange(self.size - count, self.size)

    def put(self, name: str, rows: IntArray, values: np.ndarray | float) -> None:
        self._written.setdefault(name, []).append((rows, values))

    def column(self, name: str) -> np.ndarray:
        dtype = np.int64 if name in WHOLE else bool if name in YES_NO else np.float64
        found = np.full(self.size, OFF.get(name, 0), dtype)
        for rows, values in self._written.get(name, ()):
            found[rows] = values
        return found

    def lives(self) -> Lives:
        return Lives(**{field.name: self.column(field.name) for field in fields(Lives)})


class Leg(NamedTuple):
    """Attempts of one kind: their rows.

    home, slot: queue in which their contacts first came, and their numbers there. queue: where they ask for an agent. path: how they got
    there, part of the key of every draw. trunks: as in `Lives`. handle_s, wrap_s: theirs. turn: redials in a row before it; repeats,
    hops: repeats and transfers before it.
    """

    rows: IntArray
    home: int
    slot: IntArray
    queue: int
    path: str
    cause: Cause
    trunks: int
    handle_s: FloatArray
    wrap_s: FloatArray
    turn: int = 0
    repeats: int = 0
    hops: int = 0

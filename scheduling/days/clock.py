"""How much may still be spent: work that is counted, so that a seed gives the same answer anywhere, or seconds, or until told to stop."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

CAP_SLACK = 2.0  # seconds for each unit of work left under a cap: on a busy machine a unit takes longer


class Spent(Exception):
    """The budget is used up; whoever holds a best rota returns it."""


class Clock:
    """Counts work and stops the search by raising `Spent`.

    work: units to spend, about a CPU second each. seconds: wall seconds to spend. stop: asked often; True ends the search. watch: called at
    most ten times a second with nothing; it may raise whatever it wants.
    """

    def __init__(self, work: float | None, seconds: float | None, stop: Callable[[], bool], watch: Callable[[], None] = lambda: None):
        self.work, self.seconds, self.stop, self.watch = work, seconds, stop, watch
        self.begun, self.asked, self.used = time.monotonic(), 0.0, 0.0
        self.ends: list[float] = []
        self.gates: list[float] = []
        self.mark, self.round, self.meet = math.inf, math.inf, lambda: None

    @property
    def budget(self) -> float:
        """Work or seconds that may be spent at most."""
        return min(limit for limit in (self.work, self.seconds, math.inf) if limit is not None)

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.begun

    @property
    def seconds_left(self) -> float:
        """Wall seconds left for one call that cannot be stopped; inf where only work is limited, so that work alone decides."""
        if self.seconds is None:
            return math.inf
        capped = CAP_SLACK * (min(self.ends) - self.used) if self.ends else math.inf
        return min(self.seconds - self.elapsed, capped, min(self.gates, default=math.inf) - self.elapsed)

    @property
    def share(self) -> float:
        """Share of the budget that is used (0–1); the larger of both where work and seconds are limited."""
        shares = [self.used / self.work if self.work else 0.0, self.elapsed / self.seconds if self.seconds else 0.0]
        return min(max(shares), 1.0)

    @property
    def gone(self) -> float:
        """Of the budget, what is used: in work or in seconds, whichever will end first; work alone where nothing is limited."""
        return self.share * self.budget if self.budget < math.inf else self.used

    def meet_every(self, work: float, meet: Callable[[], None]) -> None:
        """Call `meet` each time so much work more has been counted."""
        self.mark, self.round, self.meet = self.used + work, work, meet

    def spend(self, work: float) -> None:
        """Count work done. Raises Spent when the budget is used up, or the innermost `cap` is."""
        self.used += work
        while self.used >= self.mark and not (self.work is not None and self.mark > self.work):
            self.mark += self.round
            self.meet()
        if self.ends and (self.used >= min(self.ends) or (self.gates and self.elapsed >= min(self.gates))):
            raise Spent
        if self.work is not None and self.used >= self.work:
            raise Spent
        self.look()

    def look(self) -> None:
        """Ask the wall clock and `stop`, counting nothing. Raises Spent."""
        now = self.elapsed
        if self.seconds is not None and now >= self.seconds:
            raise Spent
        if now - self.asked >= 0.1:
            self.asked = now
            self.watch()
            if self.stop():
                raise Spent

    @contextmanager
    def cap(self, work: float) -> Iterator[list[bool]]:
        """At most so much work inside; then the block is left. Yields a list that is not empty once that happened."""
        self.ends.append(self.used + work)
        cut: list[bool] = []
        try:
            yield cut
        except Spent:
            if self.over:
                raise
            cut.append(True)
        finally:
            self.ends.pop()

    @contextmanager
    def gate(self, part: float) -> Iterator[list[bool]]:
        """`cap` for so much of the budget: seconds where seconds end first, which a busy machine cannot stretch."""
        self.gates.append(self.elapsed + part if self.seconds is not None else math.inf)
        try:
            with self.cap(part) as cut:
                yield cut
        finally:
            self.gates.pop()

    @property
    def over(self) -> bool:
        """Is the whole budget used up, not only a cap?"""
        return bool(
            (self.work is not None and self.used >= self.work) or (self.seconds is not None and self.elapsed >= self.seconds) or self.stop()
        )

"""The nouns of shift design."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ShiftType:
    """Starts and lengths that a kind of shift may have, in intervals; both ends included."""

    first_start: int
    last_start: int
    shortest: int
    longest: int


@dataclass(frozen=True)
class DesignProblem:
    """A cyclic requirement and the shifts that may be offered for it.

    need: people for each interval, day after day. under, over: price of one person-minute too few and too many. per_shift: price of each
    different (start, length) that is offered.
    """

    step_minutes: int
    need: tuple[int, ...]
    types: tuple[ShiftType, ...]
    under: float = 1.0
    over: float = 1.0
    per_shift: float = 60.0

    def __post_init__(self) -> None:
        if self.step_minutes < 1 or 1440 % self.step_minutes or not self.need or len(self.need) % self.a_day:
            raise ValueError("need must hold whole days of intervals that divide a day")

    @property
    def a_day(self) -> int:
        """Intervals in a day."""
        return 1440 // self.step_minutes

    @property
    def days(self) -> int:
        return len(self.need) // self.a_day

    def offers(self) -> list[tuple[int, int]]:
        """All different (start, length) that may be offered, in intervals."""
        kinds = self.types
        return sorted({(s, n) for t in kinds for s in range(t.first_start, t.last_start + 1) for n in range(t.shortest, t.longest + 1)})

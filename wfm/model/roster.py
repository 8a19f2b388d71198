"""The roster: who does what when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wfm.model.axis import TimeAxis


class Kind(StrEnum):
    """What a segment of a shift is."""

    WORK = "work"
    BREAK = "break"
    ACTIVITY = "activity"


@dataclass(frozen=True, order=True)
class Segment:
    """A part of a shift, [start, end) in elapsed minutes of the axis.

    name: "work", the break's name or the activity's name. queues: those served while working, else empty.
    """

    start: int
    end: int
    kind: Kind
    name: str
    queues: tuple[str, ...] = ()
    paid: bool = True

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, order=True)
class Shift:
    """A placed shift: its segments follow each other without gap or overlap from its start to its end.

    day: index of the local day on which it starts. template: name of the shift template.
    """

    agent: str
    day: int
    template: str
    segments: tuple[Segment, ...]

    def __post_init__(self) -> None:
        if not self.segments:
            raise ValueError(f"shift of {self.agent} on day {self.day} is empty")
        for before, after in zip(self.segments, self.segments[1:], strict=False):
            if before.end != after.start:
                raise ValueError(f"shift of {self.agent} on day {self.day} has a gap or overlap at minute {before.end}")

    @property
    def start(self) -> int:
        return self.segments[0].start

    @property
    def end(self) -> int:
        return self.segments[-1].end

    @property
    def paid_minutes(self) -> int:
        return sum(part.minutes for part in self.segments if part.paid)


@dataclass(frozen=True, eq=False)
class Roster:
    """All shifts of all agents, sorted by agent and day."""

    axis: TimeAxis
    shifts: tuple[Shift, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "shifts", tuple(sorted(self.shifts)))

    def of(self, agent: str) -> tuple[Shift, ...]:
        return tuple(shift for shift in self.shifts if shift.agent == agent)

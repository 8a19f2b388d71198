"""The people: what stands fast for them, what they wish and can, and the workforce they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wfm.model.terms import ALL_WEEK, Contract, ShiftTemplate
from wfm.model.work import Activity, Room


@dataclass(frozen=True, order=True)
class PastShift:
    """A shift worked before the plan.

    start, end: wall-clock minutes after midnight of `day`, on which it starts. shift: its template, or "".
    """

    day: date
    start: int
    end: int
    paid_minutes: int = 0
    shift: str = ""


@dataclass(frozen=True, order=True)
class Lock:
    """What stands fast on a day: a day off, or a shift.

    shift: its template; start: in wall-clock minutes; minutes: its length; "" or None for any.
    """

    day: date
    shift: str = ""
    start: int | None = None
    minutes: int | None = None
    off: bool = False


class WishKind(StrEnum):
    """off: no shift starts. start: a shift that starts does so between `from_minute` and `to_minute`."""

    OFF = "off"
    START = "start"


@dataclass(frozen=True)
class Wish:
    """What somebody would like on some days, and the price of a day on which they do not get it.

    dates: the days meant; where empty, all days of the weekdays. Wishes for starts are about days worked.
    """

    kind: WishKind
    price: float
    dates: frozenset[date] = field(default_factory=frozenset)
    weekdays: tuple[bool, ...] = ALL_WEEK
    from_minute: int = 0
    to_minute: int = 1440

    def __post_init__(self) -> None:
        if not 0 <= self.price < float("inf"):
            raise ValueError(f"wish: price must be at least 0, got {self.price}")
        if not 0 <= self.from_minute <= self.to_minute:
            raise ValueError(f"wish: needs 0 ≤ from_minute ≤ to_minute, got {self.from_minute} and {self.to_minute}")

    def about(self, day: date) -> bool:
        """Whether it is about this day."""
        return day in self.dates if self.dates else self.weekdays[day.weekday()]


@dataclass(frozen=True)
class Skill:
    """How an agent serves one queue.

    handle_factor: their handle time ÷ the usual one, below 1 for specialists. resolution: share of contacts they settle, None for the
    queue's. after_s: they are for contacts that have waited so long already. rank: arriving contacts take agents of a lower one first, None
    for what `Experiment.preference` says. priority: the queue's for this agent, None for its own.
    """

    queue: str
    handle_factor: float = 1.0
    resolution: float | None = None
    after_s: float = 0.0
    rank: int | None = None
    priority: int | None = None

    def __post_init__(self) -> None:
        if not 0 < self.handle_factor < float("inf"):
            raise ValueError(f"skill {self.queue}: handle_factor must be above 0, got {self.handle_factor}")
        if self.resolution is not None and not 0 <= self.resolution <= 1:
            raise ValueError(f"skill {self.queue}: resolution must be a share from 0 to 1, got {self.resolution}")
        if not 0 <= self.after_s < float("inf"):
            raise ValueError(f"skill {self.queue}: after_s must not be negative, got {self.after_s}")


@dataclass(frozen=True)
class Agent:
    """A person in the plan. `name` is whatever identifies them in the roster; nothing else personal is kept.

    skills: queue names in order of preference. time_off: whole days. available: per weekday, Monday first, (earliest start,
    latest end) in wall-clock minutes after that day's midnight, None for a day never worked. traits: of the skills in which they are not
    like everybody. earliest, latest: wall-clock start and end of any shift. locks: what stands fast. history: shifts before the plan, as
    far as the contract's rules look back. pattern_week: which week of the contract's pattern the plan begins with. unpopular_before:
    unpopular shifts in memory.
    """

    name: str
    contract: str
    skills: tuple[str, ...]
    time_off: frozenset[date] = field(default_factory=frozenset)
    available: tuple[tuple[int, int] | None, ...] = ((0, 2880),) * 7
    traits: tuple[Skill, ...] = ()
    earliest: int = 0
    latest: int = 2880
    locks: tuple[Lock, ...] = ()
    history: tuple[PastShift, ...] = ()
    wishes: tuple[Wish, ...] = ()
    pattern_week: int = 0
    unpopular_before: int = 0


@dataclass(frozen=True)
class Workforce:
    """Everybody and everything a schedule is made from. Raises ValueError for names that do not exist or stand twice."""

    agents: tuple[Agent, ...]
    contracts: tuple[Contract, ...]
    shifts: tuple[ShiftTemplate, ...]
    activities: tuple[Activity, ...] = ()
    closed: frozenset[date] = field(default_factory=frozenset)
    rooms: tuple[Room, ...] = ()

    def __post_init__(self) -> None:
        nouns = (("agent", self.agents), ("contract", self.contracts), ("shift", self.shifts), ("activity", self.activities))
        for kind, names in [*((kind, [one.name for one in every]) for kind, every in nouns), ("room", [room.name for room in self.rooms])]:
            twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
            if twice:
                raise ValueError(f"{kind} names stand twice: {', '.join(twice)}")
        contracts, shifts, agents = self.contract_of.keys(), {s.name for s in self.shifts}, {a.name for a in self.agents}
        lost = [f"contract {a.contract!r} of agent {a.name}" for a in self.agents if a.contract not in contracts]
        lost += [f"shift {name!r} of contract {c.name}" for c in self.contracts for name in c.shifts if name not in shifts]
        lost += [f"attendee {name!r} of activity {x.name}" for x in self.activities for name in x.attendees if name not in agents]
        courses, rooms = {x.name for x in self.activities}, {room.name for room in self.rooms}
        lost += [f"room {x.room!r} of activity {x.name}" for x in self.activities if x.room and x.room not in rooms]
        lost += [f"activity {name!r}, after which {x.name} is" for x in self.activities for name in x.after if name not in courses]
        if lost:
            raise ValueError("unknown: " + "; ".join(lost))

    @property
    def contract_of(self) -> dict[str, Contract]:
        """Contracts by their name."""
        return {contract.name: contract for contract in self.contracts}

    def templates(self, contract: Contract) -> tuple[ShiftTemplate, ...]:
        return tuple(shift for shift in self.shifts if shift.name in contract.shifts)

"""The people: contracts, shift templates, agents, and the workforce they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wfm.model.work import Activity, Room

ALL_WEEK = (True,) * 7


@dataclass(frozen=True)
class Break:
    """A break inside a shift: it starts between `earliest` and `latest` minutes after the shift's start."""

    name: str
    minutes: int
    earliest: int
    latest: int
    paid: bool = False

    def __post_init__(self) -> None:
        if self.minutes < 1 or not 0 <= self.earliest <= self.latest:
            raise ValueError(f"break {self.name}: needs minutes ≥ 1 and 0 ≤ earliest ≤ latest")


@dataclass(frozen=True)
class ShiftTemplate:
    """A shift that is allowed: starts from `start_from` to `start_to` (wall-clock minutes) every `start_step`, each of `lengths`.

    lengths: minutes from start to end, breaks included; a shift may end after midnight. breaks: in the order of the day, never
    overlapping, at least `break_gap` minutes of other time between two; a long unpaid one makes a split shift. weekdays: Monday first,
    where a shift may start. unpopular: to be shared fairly, see `Contract.fairness_price`.
    """

    name: str
    start_from: int
    start_to: int
    lengths: tuple[int, ...]
    start_step: int = 30
    breaks: tuple[Break, ...] = ()
    break_gap: int = 60
    weekdays: tuple[bool, ...] = ALL_WEEK
    unpopular: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.start_from <= self.start_to < 1440:
            raise ValueError(f"shift {self.name}: needs 0 ≤ start_from ≤ start_to < 24:00")
        if not self.lengths or min(self.lengths) < 1 or max(self.lengths) > 1440:
            raise ValueError(f"shift {self.name}: lengths must be 1–1440 minutes")
        for rest in self.breaks:
            if rest.earliest + rest.minutes > min(self.lengths):
                raise ValueError(f"shift {self.name}: break {rest.name} cannot end before the shortest shift does")

    def starts(self) -> range:
        return range(self.start_from, self.start_to + 1, self.start_step)

    def paid_minutes(self, length: int) -> int:
        """Paid minutes of a shift of this length: unpaid breaks are taken off."""
        return length - sum(rest.minutes for rest in self.breaks if not rest.paid)


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
class Contract:
    """What an employment contract allows; every rule is hard.

    Weeks run Monday to Sunday. min_hours_week, max_hours_week: paid hours in a whole week; the min falls in proportion in weeks that the
    plan covers only partly and where closed dates take days away, and a day of time off counts as `max_hours_week ÷ max_days_week`
    towards it. rest_hours: least time between two shifts. shifts: names of templates. cost_per_hour: of a paid hour, in the centre's
    currency.

    min_days_off: least days off in a row. weekends_off: of any `weekends_of` weekends in a row so many are free of shifts that start on
    them. A night is a shift under way at 3:00; max_nights: most on days in a row, None for no limit; days_off_after_nights: least days off
    between a night and a shift that is none. forward_minutes: how much earlier in the day than the shift of the day before one may start,
    None for no such rule. forbidden_next: pairs of templates of which the second may not follow the first on the next day. start_spread:
    most minutes between the earliest and the latest start of a week, None for no limit. average_weeks: over so many weeks of the plan
    paid hours a week lie between min_hours_average and max_hours_average (None: no limit) on average, 0 for no such rule. overtime_hours:
    paid hours a week beyond max_hours_week that may be worked at overtime_price each; leave_hours: hours a week that may lack of
    min_hours_week at leave_price each. pattern: weeks that repeat, each of seven entries Monday first: "off", "any", or a template's name,
    and those days have to be worked. fairness_price: with n unpopular shifts, those in memory included, a person costs half of it × n².
    """

    name: str
    shifts: tuple[str, ...]
    min_hours_week: float = 0.0
    max_hours_week: float = 40.0
    max_days_week: int = 5
    max_consecutive_days: int = 6
    rest_hours: float = 11.0
    cost_per_hour: float = 0.0
    min_days_off: int = 1
    weekends_off: int = 0
    weekends_of: int = 4
    max_nights: int | None = None
    days_off_after_nights: int = 0
    forward_minutes: int | None = None
    forbidden_next: tuple[tuple[str, str], ...] = ()
    start_spread: int | None = None
    average_weeks: int = 0
    min_hours_average: float = 0.0
    max_hours_average: float | None = None
    overtime_hours: float = 0.0
    overtime_price: float = 0.0
    leave_hours: float = 0.0
    leave_price: float = 0.0
    pattern: tuple[tuple[str, ...], ...] = ()
    fairness_price: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.min_hours_week <= self.max_hours_week:
            raise ValueError(f"contract {self.name}: needs 0 ≤ min_hours_week ≤ max_hours_week")
        if not 1 <= self.max_days_week <= 7 or self.max_consecutive_days < 1:
            raise ValueError(f"contract {self.name}: needs max_days_week 1–7 and max_consecutive_days ≥ 1")
        if self.min_days_off < 1 or not 0 <= self.weekends_off <= self.weekends_of <= 6:
            raise ValueError(f"contract {self.name}: needs min_days_off ≥ 1 and 0 ≤ weekends_off ≤ weekends_of ≤ 6")
        if any(len(week) != 7 for week in self.pattern):
            raise ValueError(f"contract {self.name}: every week of the pattern needs 7 entries")
        for name in ("overtime_hours", "overtime_price", "leave_hours", "leave_price", "fairness_price", "days_off_after_nights"):
            if not 0 <= getattr(self, name) < float("inf"):
                raise ValueError(f"contract {self.name}: {name} must be at least 0, got {getattr(self, name)}")


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

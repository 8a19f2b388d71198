"""The people: contracts, shift templates, agents, and the workforce they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from wfm.model.work import Activity

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
    overlapping, at least `break_gap` minutes of other time between two. weekdays: Monday first, where a shift may start.
    """

    name: str
    start_from: int
    start_to: int
    lengths: tuple[int, ...]
    start_step: int = 30
    breaks: tuple[Break, ...] = ()
    break_gap: int = 60
    weekdays: tuple[bool, ...] = ALL_WEEK

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


@dataclass(frozen=True)
class Contract:
    """What an employment contract allows; every rule is hard.

    Weeks run Monday to Sunday. min_hours_week, max_hours_week: paid hours in a whole week; the min falls in proportion in weeks that the
    plan covers only partly and where closed dates take days away, and a day of time off counts as `max_hours_week ÷ max_days_week`
    towards it. rest_hours: least time between two shifts. shifts: names of templates. cost_per_hour: of a paid hour, in the centre's
    currency.
    """

    name: str
    shifts: tuple[str, ...]
    min_hours_week: float = 0.0
    max_hours_week: float = 40.0
    max_days_week: int = 5
    max_consecutive_days: int = 6
    rest_hours: float = 11.0
    cost_per_hour: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.min_hours_week <= self.max_hours_week:
            raise ValueError(f"contract {self.name}: needs 0 ≤ min_hours_week ≤ max_hours_week")
        if not 1 <= self.max_days_week <= 7 or self.max_consecutive_days < 1:
            raise ValueError(f"contract {self.name}: needs max_days_week 1–7 and max_consecutive_days ≥ 1")


@dataclass(frozen=True)
class Agent:
    """A person in the plan. `name` is whatever identifies them in the roster; nothing else personal is kept.

    skills: queue names in order of preference. time_off: whole days. available: per weekday, Monday first, (earliest start,
    latest end) in wall-clock minutes after that day's midnight, None for a day never worked.
    """

    name: str
    contract: str
    skills: tuple[str, ...]
    time_off: frozenset[date] = field(default_factory=frozenset)
    available: tuple[tuple[int, int] | None, ...] = ((0, 2880),) * 7


@dataclass(frozen=True)
class Workforce:
    """Everybody and everything a schedule is made from. Raises ValueError for names that do not exist or stand twice."""

    agents: tuple[Agent, ...]
    contracts: tuple[Contract, ...]
    shifts: tuple[ShiftTemplate, ...]
    activities: tuple[Activity, ...] = ()
    closed: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        for kind, nouns in (("agent", self.agents), ("contract", self.contracts), ("shift", self.shifts), ("activity", self.activities)):
            names = [noun.name for noun in nouns]
            twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
            if twice:
                raise ValueError(f"{kind} names stand twice: {', '.join(twice)}")
        contracts, shifts, agents = self.contract_of.keys(), {s.name for s in self.shifts}, {a.name for a in self.agents}
        lost = [f"contract {a.contract!r} of agent {a.name}" for a in self.agents if a.contract not in contracts]
        lost += [f"shift {name!r} of contract {c.name}" for c in self.contracts for name in c.shifts if name not in shifts]
        lost += [f"attendee {name!r} of activity {x.name}" for x in self.activities for name in x.attendees if name not in agents]
        if lost:
            raise ValueError("unknown: " + "; ".join(lost))

    @property
    def contract_of(self) -> dict[str, Contract]:
        """Contracts by their name."""
        return {contract.name: contract for contract in self.contracts}

    def templates(self, contract: Contract) -> tuple[ShiftTemplate, ...]:
        return tuple(shift for shift in self.shifts if shift.name in contract.shifts)

"""The terms of work: breaks, the shifts that are allowed, and what a contract says about them."""

from __future__ import annotations

from dataclasses import dataclass

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

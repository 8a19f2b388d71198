"""What a rule is: it narrows one person's schedules, checks a finished roster in plain Python, and puts itself into words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from scheduling.space import Person, Space
from wfm.model import Activity, Agent, Contract, Kind, Roster, Segment, Shift, ShiftTemplate, TimeAxis, Workforce


@dataclass(frozen=True, order=True)
class Violation:
    """A hard rule broken. day: ISO date, "" where it is not about one day."""

    rule: str
    agent: str
    day: str
    text: str


@dataclass(frozen=True, order=True)
class Charge:
    """A price paid where a rule that may be broken for a price is broken. day: ISO date, "" where it is not about one day."""

    rule: str
    agent: str
    day: str
    text: str
    price: float


@dataclass(frozen=True, eq=False)
class Case:
    """A roster under examination."""

    roster: Roster
    workforce: Workforce
    axis: TimeAxis

    @cached_property
    def agents(self) -> dict[str, Agent]:
        return {agent.name: agent for agent in self.workforce.agents}

    @cached_property
    def shifts(self) -> dict[str, list[Shift]]:
        """Shifts of each known agent, by start."""
        found: dict[str, list[Shift]] = {name: [] for name in self.agents}
        for shift in sorted(self.roster.shifts, key=lambda s: (s.start, s.end)):
            if shift.agent in found:
                found[shift.agent].append(shift)
        return found

    @cached_property
    def persons(self) -> tuple[Person, ...]:
        return persons(self.workforce, self.axis)

    @cached_property
    def templates(self) -> dict[str, ShiftTemplate]:
        return {template.name: template for template in self.workforce.shifts}

    @cached_property
    def sessions(self) -> dict[tuple[str, str], list[Segment]]:
        """Activity segments by (activity, agent), by start."""
        found: dict[tuple[str, str], list[Segment]] = {}
        for shift in sorted(self.roster.shifts, key=lambda s: s.start):
            for part in shift.segments:
                if part.kind is Kind.ACTIVITY:
                    found.setdefault((part.name, shift.agent), []).append(part)
        return found

    def attended(self, activity: Activity, agent: str) -> list[Segment]:
        return self.sessions.get((activity.name, agent), [])

    def contract(self, agent: str) -> Contract:
        return self.workforce.contract_of[self.agents[agent].contract]

    def violation(self, rule: str, agent: str, day: int | None, text: str) -> Violation:
        return Violation(rule, agent, "" if day is None else (self.axis.start + timedelta(days=day)).isoformat(), text)

    def charge(self, rule: str, agent: str, day: int | None, text: str, price: float) -> Charge:
        return Charge(rule, agent, "" if day is None else (self.axis.start + timedelta(days=day)).isoformat(), text, price)

    def clock(self, minute: int) -> str:
        return f"{self.axis.local(minute):%H:%M}"


class Rule:
    """A rule; hard where it narrows and checks, to be bought off where it has charges.

    The defaults are those of a rule that says nothing.
    """

    name: str

    def narrow(self, person: Person, space: Space) -> None:
        """Take from one person's space what the rule forbids."""

    def check(self, case: Case) -> Iterator[Violation]:
        """Every place where a roster breaks the rule."""
        yield from ()

    def charges(self, case: Case) -> Iterator[Charge]:
        """Every price a roster pays by the rule."""
        yield from ()

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        """The rule as it stands for one person; of a rule made of dates only those among `days`."""
        raise NotImplementedError


def persons(workforce: Workforce, axis: TimeAxis) -> tuple[Person, ...]:
    """Everybody with their contract and templates."""
    contracts = workforce.contract_of
    templates = {name: workforce.templates(contract) for name, contract in contracts.items()}
    return tuple(Person(a, contracts[a.contract], templates[a.contract], workforce, axis) for a in workforce.agents)


def week_of(axis: TimeAxis, day: int) -> int:
    """Monday–Sunday week of a day of the axis, from 0."""
    return (day + axis.start.weekday()) // 7


def say_dates(dates: Iterable[date], axis: TimeAxis, days: frozenset[date] | None) -> str:
    """The dates that touch the plan and stand among `days`, in words; "" for none."""
    inside = [day for day in sorted(dates) if 0 <= axis.day_index(day) <= axis.days and (days is None or day in days)]
    return ", ".join(say(day) for day in inside)


def say(day: date) -> str:
    """A date as a planner says it: Tue 3 March."""
    return f"{day:%a} {day.day} {day:%B}"

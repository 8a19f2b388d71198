"""The plain check of a rota: every broken rule with its place, and what it costs. Nothing compiled, nothing shared with the solver."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

from scheduling.days.problem import OFF, DaysProblem, Person, Rota


@dataclass(frozen=True, order=True)
class Breach:
    """A hard rule that a rota breaks. day: where it shows, -1 for the whole horizon."""

    person: str
    day: int
    rule: str
    text: str


@dataclass(frozen=True)
class Cost:
    """Price of a rota, split into cover and people's wishes."""

    cover: float
    wishes: float

    @property
    def total(self) -> float:
        return self.cover + self.wishes


def cost_of(problem: DaysProblem, rota: Rota) -> Cost:
    """Price of a rota (people, days), whether it keeps the rules or not."""
    cover = wishes = 0.0
    for day in range(problem.days):
        for shift in range(len(problem.shifts)):
            there = sum(1 for person in range(len(problem.people)) if rota[person, day] == shift)
            lack = int(problem.need[day, shift]) - there
            cover += float(problem.under[day, shift]) * lack if lack > 0 else float(problem.over[day, shift]) * -lack
            for person in range(len(problem.people)):
                worked = rota[person, day] == shift
                wishes += float(problem.unwanted[person, day, shift] if worked else problem.wanted[person, day, shift])
    return Cost(cover, wishes)


def breaches(problem: DaysProblem, rota: Rota) -> list[Breach]:
    """Every rule broken by a rota (people, days), by person and day."""
    return sorted(
        breach
        for person, row in zip(problem.people, rota, strict=True)
        for breach in person_breaches(problem, person, [int(s) for s in row])
    )


def person_breaches(problem: DaysProblem, person: Person, row: list[int]) -> list[Breach]:
    """Every rule broken by the days of one person, shift indices or OFF."""
    found = [*_totals(problem, person, row), *_runs(problem, person, row)]
    for day in sorted(person.days_off):
        if row[day] != OFF:
            found.append(Breach(person.name, day, "day off", f"works {problem.shifts[row[day]].name} on a day off"))
    for day, (first, second) in enumerate(pairwise(row), 1):
        if OFF not in (first, second) and problem.shifts[second].name in problem.shifts[first].not_before:
            text = f"{problem.shifts[second].name} after {problem.shifts[first].name}"
            found.append(Breach(person.name, day, "succession", text))
    return found


def _totals(problem: DaysProblem, person: Person, row: list[int]) -> list[Breach]:
    found = []
    minutes = sum(problem.shifts[shift].minutes for shift in row if shift != OFF)
    if not person.min_minutes <= minutes <= person.max_minutes:
        found.append(Breach(person.name, -1, "minutes", f"{minutes} outside {person.min_minutes}–{person.max_minutes}"))
    for index, shift in enumerate(problem.shifts):
        if row.count(index) > person.most[index]:
            found.append(Breach(person.name, -1, "most of a shift", f"{row.count(index)} × {shift.name}, at most {person.most[index]}"))
    weekends = sum(1 for saturday in range(5, len(row), 7) if any(shift != OFF for shift in row[saturday : saturday + 2]))
    if weekends > person.max_weekends:
        found.append(Breach(person.name, -1, "weekends", f"{weekends}, at most {person.max_weekends}"))
    return found


def _runs(problem: DaysProblem, person: Person, row: list[int]) -> list[Breach]:
    found, day = [], 0
    for works, group in groupby(shift != OFF for shift in row):
        length = len(list(group))
        inside = day > 0 and day + length < problem.days
        least = person.least_run if works else person.least_rest
        if works and length > person.max_run:
            found.append(Breach(person.name, day, "max run", f"{length} days worked in a row, at most {person.max_run}"))
        if inside and length < least:
            what = "days worked" if works else "days off"
            found.append(Breach(person.name, day, "min run" if works else "min days off", f"{length} {what} in a row, at least {least}"))
        day += length
    return found

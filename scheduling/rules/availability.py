"""A shift lies inside the agent's availability on its weekday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduling.rules.base import Case, Person, Rule, Violation
from scheduling.space import Space

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Availability(Rule):
    name = "availability"

    def narrow(self, person: Person, space: Space) -> None:
        for day, weekday in enumerate(person.axis.weekday):
            window = person.agent.available[weekday]
            if window is None:
                space.allowed[day] = False
            else:
                begin, end = (person.axis.minute(day, wall) for wall in window)
                space.allowed[day] &= (space.catalogue.start[day] >= begin) & (space.catalogue.end[day] <= end)

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            for shift in shifts:
                window = case.agents[name].available[(case.axis.start.weekday() + shift.day) % 7]
                if window is None:
                    yield case.violation(self.name, name, shift.day, "never works on this weekday")
                elif shift.start < case.axis.minute(shift.day, window[0]) or shift.end > case.axis.minute(shift.day, window[1]):
                    text = f"shift {case.clock(shift.start)}–{case.clock(shift.end)} lies outside {hours(window)}"
                    yield case.violation(self.name, name, shift.day, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        asked = {day.weekday() for day in days} if days else set(range(7))
        windows = zip(WEEKDAYS, person.agent.available, strict=True)
        said = [f"{name} {hours(window) if window else 'never'}" for name, window in windows if WEEKDAYS.index(name) in asked]
        return "available " + ", ".join(said)


def hours(window: tuple[int, int]) -> str:
    """A wall-clock window in words; the end of the following day is no limit."""
    begin, end = (f"{wall % 1440 // 60:02d}:{wall % 60:02d}" for wall in window)
    if window[1] >= 2880:
        return f"from {begin}" if window[0] else "at any time"
    return f"{begin}–{end} of the next day" if window[1] > 1440 else f"{begin}–{'24:00' if window[1] == 1440 else end}"

"""The rules of one person by force, in plain Python on dates and clocks; shares no line with `scheduling`.

A schedule is a list with an entry for each day: None, or a shift of a template, (name, wall start, length). All starts are on whole hours.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from wfm.model import Agent, Contract, ShiftTemplate

ZONE = ZoneInfo("Europe/Berlin")
Entry = tuple[str, int, int] | None


def moment(day: date, wall: int) -> datetime:
    """The moment of a wall-clock minute, in UTC."""
    extra, minute = divmod(wall, 1440)
    return datetime.combine(day + timedelta(days=extra), time(minute // 60, minute % 60), ZONE).astimezone(UTC)


class Force:
    """One person with everything that is known before the plan."""

    def __init__(self, agent: Agent, contract: Contract, templates: tuple[ShiftTemplate, ...], first: date, days: int) -> None:
        self.agent, self.contract, self.first, self.days = agent, contract, first, days
        self.templates = {t.name: t for t in templates}

    def on(self, day: int) -> date:
        return self.first + timedelta(days=day)

    def every(self, schedule: list[Entry]) -> list[tuple[int, str, int, datetime, datetime, int]]:
        """(day, template, wall start, start, end, paid minutes) of all shifts, those before the plan included, in order."""
        found = []
        for past in self.agent.history:
            day = (past.day - self.first).days
            found.append((day, past.shift, past.start, moment(past.day, past.start), moment(past.day, past.end), past.paid_minutes))
        for day, entry in enumerate(schedule):
            if entry is not None:
                begin = moment(self.on(day), entry[1])
                paid = self.templates[entry[0]].paid_minutes(entry[2])
                found.append((day, entry[0], entry[1], begin, begin + timedelta(minutes=entry[2]), paid))
        return sorted(found)

    def kept(self, schedule: list[Entry]) -> bool:
        """Whether every hard rule holds."""
        shifts = self.every(schedule)
        tests = (self._pairs, self._runs, self._weeks, self._weekends, self._fixed, self._average)
        return all(test(shifts, schedule) for test in tests)

    def _night(self, shift: tuple) -> bool:
        return any(shift[3] <= moment(self.on(shift[0] + k), 180) < shift[4] for k in (0, 1))

    def _pairs(self, shifts: list, schedule: list[Entry]) -> bool:
        c = self.contract
        for one, two in pairwise(shifts):
            if two[0] < 0:
                continue
            gap, off = two[3] - one[4], two[0] - one[0] - 1
            if gap < timedelta(hours=c.rest_hours) or 0 < off < c.min_days_off:
                return False
            if self._night(one) and not self._night(two) and off < c.days_off_after_nights:
                return False
            if off == 0 and ((one[1], two[1]) in c.forbidden_next):
                return False
            if off == 0 and c.forward_minutes is not None and two[3] < moment(self.on(two[0]), max(one[2] - c.forward_minutes, 0)):
                return False
        return True

    def _runs(self, shifts: list, schedule: list[Entry]) -> bool:
        c, worked = self.contract, {s[0] for s in shifts}
        nights = {s[0] for s in shifts if self._night(s)}
        for day in range(self.days):
            if self._run(worked, day) > c.max_consecutive_days:
                return False
            if c.max_nights is not None and self._run(nights, day) > c.max_nights:
                return False
        return True

    def _run(self, days: set[int], last: int) -> int:
        run = 0
        while last - run in days:
            run += 1
        return run

    def week(self, day: int) -> int:
        return (day + self.first.weekday()) // 7

    def paid_by_week(self, schedule: list[Entry]) -> dict[int, int]:
        """Paid minutes of the plan by week."""
        paid = {self.week(day): 0 for day in range(self.days)}
        for shift in self.every(schedule):
            if shift[0] >= 0:
                paid[self.week(shift[0])] += shift[5]
        return paid

    def before(self) -> list:
        """Shifts before the plan in its first week."""
        return [s for s in self.every([None] * self.days) if self.week(s[0]) == 0]

    def usual(self, week: int) -> float:
        """Paid minutes of a week that are no overtime."""
        return max(self.contract.max_hours_week * 60 - (sum(s[5] for s in self.before()) if week == 0 else 0), 0)

    def due(self, week: int, hours: float) -> float:
        """Every weekday is usual and none is closed: due in proportion to the days of the plan, or to those that can be worked."""
        inside = sum(self.week(day) == week for day in range(self.days))
        share = min(inside / 7, min(self.contract.max_days_week, inside) / self.contract.max_days_week)
        return -(-(hours * share * 60 - 1e-6) // 1)

    def _weeks(self, shifts: list, schedule: list[Entry]) -> bool:
        c = self.contract
        for week, minutes in self.paid_by_week(schedule).items():
            held = [s for s in shifts if self.week(s[0]) == week]
            starts = [s[2] for s in held if s[0] >= 0]
            if len(held) > c.max_days_week and starts:
                return False
            if not self.due(week, c.min_hours_week) - c.leave_hours * 60 <= minutes <= self.usual(week) + c.overtime_hours * 60:
                return False
            if c.start_spread is not None and starts and max(starts) - min(starts) > c.start_spread:
                return False
        return True

    def _weekends(self, shifts: list, schedule: list[Entry]) -> bool:
        c = self.contract
        worked = {self.week(s[0]) for s in shifts if self.on(s[0]).weekday() >= 5}
        touched = {self.week(s[0]) for s in shifts if self.on(s[0]).weekday() >= 5 and s[0] >= 0}
        near = (sum(w in worked for w in range(week - c.weekends_of + 1, week + 1)) for week in touched)
        return not c.weekends_off or all(number <= c.weekends_of - c.weekends_off for number in near)

    def _fixed(self, shifts: list, schedule: list[Entry]) -> bool:
        c, agent = self.contract, self.agent
        for day, entry in enumerate(schedule):
            if entry is not None and not agent.earliest <= entry[1] <= agent.latest - entry[2]:
                return False
            for lock in agent.locks:
                wanted = (lock.shift, lock.start, lock.minutes)
                if lock.day == self.on(day):
                    same = entry is not None and all(w in ("", None, e) for w, e in zip(wanted, entry, strict=True))
                    if (entry is not None) if lock.off else not same:
                        return False
            if c.pattern:
                said = c.pattern[(self.week(day) + agent.pattern_week) % len(c.pattern)][self.on(day).weekday()]
                if (said == "off" and entry) or (said != "off" and (entry is None or said not in ("any", entry[0]))):
                    return False
        return True

    def _average(self, shifts: list, schedule: list[Entry]) -> bool:
        c, paid = self.contract, self.paid_by_week(schedule)
        for first in range(0, len(paid), c.average_weeks or len(paid)):
            weeks = [w for w in paid if first <= w < first + c.average_weeks]
            low = -(-(sum(self.due(w, c.min_hours_average) for w in weeks)) // 1)
            high = float("inf") if c.max_hours_average is None else len(weeks) * c.max_hours_average * 60
            if c.average_weeks and not low <= sum(paid[w] for w in weeks) <= high:
                return False
        return True

    def price(self, schedule: list[Entry]) -> float:
        """What is paid for rules that may be bought off."""
        c, total = self.contract, 0.0
        for week, minutes in self.paid_by_week(schedule).items():
            total += max(minutes - self.usual(week), 0) / 60 * c.overtime_price if c.overtime_hours else 0
            total += max(self.due(week, c.min_hours_week) - minutes, 0) / 60 * c.leave_price if c.leave_hours else 0
        number = sum(entry is not None and self.templates[entry[0]].unpopular for entry in schedule)
        total += c.fairness_price * sum(self.agent.unpopular_before + k + 0.5 for k in range(number))
        for wish in self.agent.wishes:
            for day, entry in enumerate(schedule):
                meant = self.on(day) in wish.dates if wish.dates else wish.weekdays[self.on(day).weekday()]
                late = entry is not None and not wish.from_minute <= entry[1] <= wish.to_minute
                total += wish.price * (meant and entry is not None and (wish.kind == "off" or late))
        return total

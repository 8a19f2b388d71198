"""What is asked of a repair must be about people and days of the plan, run forward, and not contradict itself: every fault at once.

Each fault's place is one of ABSENCE, HOURS, LOCK and PRICE, so that a face can put its own name for it there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from scheduling.repair.away import Away, Day
from scheduling.rules.base import say
from wfm.errors import Fault, InputError, near
from wfm.model import Roster, TimeAxis, Workforce
from wfm.model.axis import DAY_MINUTES

ABSENCE, HOURS, LOCK, PRICE = "absence", "absence of hours", "lock", "price of a change"


def verify(
    published: Roster, workforce: Workforce, locks: Collection[Day], absences: Collection[Day], away: Collection[Away], price: float
) -> None:
    """Raises InputError with all that is wrong."""
    spans = [(name, day) for name, day, _, _ in away]
    faults = [
        *(
            fault
            for where, days in ((ABSENCE, absences), (HOURS, spans), (LOCK, locks))
            for fault in _strangers(published, workforce, where, days)
        ),
        *(fault for one in away if 0 <= published.axis.day_index(one[1]) < published.axis.days for fault in _backward(published, one)),
        *_doubled(locks, absences, spans),
    ]
    if not 0 <= price < float("inf"):
        faults.append(Fault("", PRICE, str(price), "a number of at least 0"))
    if faults:
        raise InputError(dict.fromkeys(faults))


def _strangers(published: Roster, workforce: Workforce, where: str, days: Iterable[Day]) -> Iterator[Fault]:
    for name, day in days:
        yield from unknown(where, name, day, workforce, published.axis)


def unknown(where: str, name: str, day: date, workforce: Workforce, axis: TimeAxis) -> Iterator[Fault]:
    """What is wrong with a name and a date."""
    known = {agent.name for agent in workforce.agents}
    if name not in known:
        yield Fault("", where, f"agent {name}", "an agent of the scenario", near(name, known))
    if not 0 <= axis.day_index(day) < axis.days:
        yield Fault("", where, f"{name}, {say(day)} {day.year}", f"a date of the plan, {axis.dates[0]} – {axis.dates[-1]}")


def _backward(published: Roster, one: Away) -> Iterator[Fault]:
    """Hours end on their own day, after they begin, but for those of a shift that goes on past midnight."""
    name, day, begin, end = one
    found = f"{name}, {say(day)}, from {_clock(begin)} until {_clock(end)}"
    if not begin < end < begin + DAY_MINUTES:
        yield Fault("", HOURS, found, "an end after the beginning", "leave the hours out for the whole day")
    elif end > DAY_MINUTES and not _past_midnight(published, name, day):
        hint = f"only a shift past midnight can be left until the day after, and {name} has none on {say(day)}"
        yield Fault("", HOURS, f"{found} of the day after", "an end after the beginning, on the same day", hint)


def _past_midnight(published: Roster, name: str, day: date) -> bool:
    index = published.axis.day_index(day)
    return any(shift.day == index and shift.end > published.axis.day_starts[index + 1] for shift in published.of(name))


def _clock(minute: int) -> str:
    hours, minutes = divmod(minute if minute <= DAY_MINUTES else minute - DAY_MINUTES, 60)
    return f"{hours:02d}:{minutes:02d}"


def _doubled(locks: Collection[Day], absences: Collection[Day], spans: Collection[Day]) -> Iterator[Fault]:
    for name, day in sorted({*locks} & {*absences}):
        yield Fault("", LOCK, f"{name}, {say(day)}, locked and absent", "one of both")
    for name, day in sorted({*absences} & {*spans}):
        yield Fault("", HOURS, f"{name}, {say(day)}, absent all day and for some hours of it", "one of both")

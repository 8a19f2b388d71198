"""A tiny roster that keeps every rule, and ways to bend one thing of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from tests.samples import MONDAY
from wfm.model import (
    Activity,
    ActivityKind,
    Agent,
    Break,
    Contract,
    Kind,
    Roster,
    Segment,
    Shift,
    ShiftTemplate,
    TimeAxis,
    Workforce,
)

AXIS = TimeAxis(MONDAY, 7, 30, "Europe/Berlin")
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
LUNCH, TEA = Break("lunch", 30, 180, 270), Break("tea", 15, 330, 420, paid=True)
DAY = ShiftTemplate("day", 480, 600, (480,), 60, (LUNCH, TEA), break_gap=60)
NIGHT = ShiftTemplate("night", 1320, 1320, (480,))
FULL = Contract("full", ("day", "night"), min_hours_week=20, max_hours_week=24, max_days_week=3, max_consecutive_days=2)


def on(day: int) -> date:
    """The date of a day of the plan."""
    return MONDAY + timedelta(days=day)


LESSON = Activity("lesson", ActivityKind.TRAINING, 60, ("ann", "bob"), on(MON), on(TUE), 1, 600, 960, group_size=2)
COACHING = Activity("coaching", ActivityKind.COACHING, 30, ("bob",), on(TUE), on(WED), 1, 600, 960)
BRIEFING = Activity("briefing", ActivityKind.MEETING, 30, ("ann",), on(THU), on(THU), at=((on(THU), 840),))
TEAM = Workforce(
    (Agent("ann", "ann's", ("calls",)), Agent("bob", "bob's", ("calls", "mail"))),
    (replace(FULL, name="ann's"), replace(FULL, name="bob's")),
    (DAY, NIGHT),
    (LESSON, COACHING, BRIEFING),
)


def part(day: int, wall: int, minutes: int, name: str, paid: bool = True) -> Segment:
    """A break or an activity at a wall-clock time of a day of normal length."""
    kind = Kind.BREAK if name in ("lunch", "tea") else Kind.ACTIVITY
    return Segment(day * 1440 + wall, day * 1440 + wall + minutes, kind, name, (), paid)


def shift(agent: str, day: int, begin: int, end: int, template: str, parts: Iterable[Segment] = ()) -> Shift:
    """A shift from wall-clock minute to wall-clock minute, work between its parts."""
    segments, at = [], day * 1440 + begin
    for one in [*sorted(parts), None]:
        until = one.start if one else day * 1440 + end
        if until > at:
            segments.append(Segment(at, until, Kind.WORK, "work", ("calls",)))
        if one:
            segments.append(one)
            at = one.end
    return Shift(agent, day, template, tuple(segments))


def rests(day: int, lunch: int = 690, tea: int = 825) -> list[Segment]:
    return [part(day, lunch, 30, "lunch", paid=False), part(day, tea, 15, "tea")]


def day_shift(agent: str, day: int, *parts: Segment, begin: int = 480, end: int = 960) -> Shift:
    """Eight hours with lunch and tea, and the parts given."""
    return shift(agent, day, begin, end, "day", [*rests(day), *parts])


SHIFTS = {
    ("ann", MON): day_shift("ann", MON, part(MON, 600, 60, "lesson")),
    ("ann", TUE): day_shift("ann", TUE),
    ("ann", THU): day_shift("ann", THU, part(THU, 840, 30, "briefing")),
    ("bob", MON): day_shift("bob", MON, part(MON, 600, 60, "lesson")),
    ("bob", TUE): day_shift("bob", TUE, part(TUE, 600, 30, "coaching")),
    ("bob", FRI): day_shift("bob", FRI),
}
ROSTER = Roster(AXIS, tuple(SHIFTS.values()))


def roster(*shifts: Shift, without: tuple[tuple[str, int], ...] = ()) -> Roster:
    """The sound roster with these shifts instead of those of the same agent and day."""
    changed = {key: one for key, one in SHIFTS.items() if key not in without} | {(s.agent, s.day): s for s in shifts}
    return Roster(AXIS, tuple(changed.values()))


def added(one: Shift) -> Roster:
    """The sound roster and one shift more."""
    return Roster(AXIS, (*ROSTER.shifts, one))


def contract(agent: str, **changes: object) -> Workforce:
    """The team with another contract for one of them."""
    return replace(TEAM, contracts=tuple(replace(c, **changes) if c.name == f"{agent}'s" else c for c in TEAM.contracts))


def person(agent: str, **changes: object) -> Workforce:
    """The team with one of them changed."""
    return replace(TEAM, agents=tuple(replace(a, **changes) if a.name == agent else a for a in TEAM.agents))


def template(**changes: object) -> Workforce:
    """The team with another day shift."""
    return replace(TEAM, shifts=(replace(DAY, **changes), NIGHT))

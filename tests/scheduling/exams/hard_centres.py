"""Small centres made hard on purpose: tight cover, part-time, nights, time off, narrow windows, and more sessions than fit easily.

About every second one is planted: its sessions are cut out of a roster that exists, so that there is an answer to be found.
"""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

import numpy as np

from scheduling import check, schedule
from wfm.model import (
    Activity,
    ActivityKind,
    Agent,
    Break,
    Contract,
    Kind,
    Requirement,
    Room,
    Roster,
    ScheduleSettings,
    Segment,
    Shift,
    ShiftTemplate,
    TimeAxis,
    Workforce,
)

MONDAY = date(2026, 3, 2)
SUMMER_TIME = date(2026, 3, 23)  # the clock goes forward on the Sunday of this week
LUNCH, PAUSE = Break("lunch", 30, 120, 300), Break("pause", 15, 60, 390, paid=True)
TEMPLATES = (
    ShiftTemplate("early", 360, 480, (480, 540), 60, (PAUSE, LUNCH)),
    ShiftTemplate("late", 720, 840, (480,), 60, (LUNCH,)),
    ShiftTemplate("night", 1320, 1320, (480,), 60, (PAUSE,)),
    ShiftTemplate("short", 480, 780, (240, 300), 60, (Break("pause", 15, 60, 180, paid=True),)),
)
CONTRACTS = (
    Contract("full", ("early", "late"), min_hours_week=30, max_hours_week=40, max_consecutive_days=5),
    Contract("part", ("short",), min_hours_week=8, max_hours_week=20, max_days_week=4),
    Contract("nights", ("early", "night"), max_hours_week=40, max_nights=3, days_off_after_nights=1, min_days_off=2),
    Contract("spread", ("early", "short"), min_hours_week=12, max_hours_week=30, max_days_week=4, start_spread=120, rest_hours=12),
)
QUEUES = ("calls", "mail")
SETTINGS = ScheduleSettings(grid_minutes=15, effort=0.01)


@dataclass(frozen=True, eq=False)
class Course:
    """What was asked for, as the centre would say it: pupils in the order of their groups. trainer: "" for none."""

    activity: Activity
    trainer: str


@dataclass(frozen=True, eq=False)
class HardCentre:
    """courses: every activity of the workforce, with who holds it. hidden: a roster that exists, None where nobody knows one."""

    number: int
    required: Requirement
    workforce: Workforce
    courses: tuple[Course, ...]
    hidden: Roster | None


def hard_centre(number: int) -> HardCentre:
    """The centre of a number; the same every time."""
    random = Random(number)
    axis = TimeAxis(SUMMER_TIME if number % 7 == 3 else MONDAY, random.choice((5, 7, 7, 14)), 30, "Europe/Berlin")
    agents = tuple(_agent(random, n, axis) for n in range(random.randint(4, 10)))
    required = _required(random, axis, len(agents))
    workforce = Workforce(agents, CONTRACTS, TEMPLATES, closed=frozenset({axis.dates[3]} if number % 5 == 0 else ()))
    base = schedule(required, workforce, replace(SETTINGS, seed=number)) if number % 2 else None
    if base is not None and not base.conflicts:
        return _planted(random, number, required, workforce, base.roster)
    courses: tuple[Course, ...] = ()
    for n in range(random.randint(2, 4)):
        courses += tuple(_wild(random, f"course {n}", workforce, axis, courses))
    return HardCentre(number, required, _with(workforce, courses, Room("hall", 6, random.choice((1, 1, 2)))), courses, None)


def _agent(random: Random, n: int, axis: TimeAxis) -> Agent:
    off = frozenset(axis.dates[random.randrange(axis.days)] for _ in range(random.choice((0, 0, 1, 2))))
    window = random.choice(((0, 2880),) * 4 + ((480, 2880), (0, 1080)))
    available = tuple(window if random.random() < 0.95 else None for _ in range(7))
    contract = random.choice(("full", "full", "part", "nights", "spread"))
    return Agent(f"agent {n:02d}", contract, random.choice((QUEUES, QUEUES[:1], QUEUES[1:])), off, available)


def _required(random: Random, axis: TimeAxis, people: int) -> Requirement:
    """More than so many people can cover by day, and somebody by night."""
    hour = axis.wall_minute // 60
    day = (hour >= 8) & (hour < 20)
    need = np.array([np.where(day, people * random.uniform(0.2, 0.6), random.choice((0.0, 1.0))) for _ in QUEUES])
    return Requirement(axis, QUEUES, need, need, need, np.zeros(need.shape))


def _with(workforce: Workforce, courses: tuple[Course, ...], *rooms: Room) -> Workforce:
    return replace(workforce, activities=tuple(course.activity for course in courses), rooms=rooms)


def _wild(random: Random, name: str, workforce: Workforce, axis: TimeAxis, before: tuple[Course, ...]) -> list[Course]:
    """A course for some people in groups with a trainer, or one by one with theirs; nobody knows whether it fits."""
    names = [agent.name for agent in workforce.agents]
    trainer = random.choice(("", *names))
    pupils = random.sample([n for n in names if n != trainer], random.randint(1, min(5, len(names) - 1)))
    first = random.randrange(axis.days)
    last = min(axis.days - 1, first + random.choice((1, 2, 3, 4)))
    minutes, sessions = random.choice((30, 45, 60, 60, 90)), random.choice((1, 1, 1, 1, 2))
    begin = random.choice((480, 480, 540, 540, 540, 540, 780, 780, 1320))
    window = (begin, begin + max(minutes * sessions, random.choice((180, 300, 480))))
    fixed = (
        ((axis.dates[first], begin + 15),)
        if sessions == 1 and window[1] - begin >= minutes + 15 and not trainer and random.random() < 0.15
        else ()
    )
    base = Activity(
        name,
        ActivityKind.TRAINING,
        minutes,
        tuple(pupils),
        axis.dates[first],
        axis.dates[last],
        sessions,
        *window,
        at=fixed,
        paid=random.random() < 0.9,
        trainer=trainer,
        room=random.choice(("", "hall")),
        after=tuple(c.activity.name for c in before) if random.random() < 0.15 else (),
    )
    size = random.choice((1, 2, 3))
    if not trainer:
        return [Course(replace(base, group_size=random.choice((None, size))), "")]
    groups = [pupils[i : i + size] for i in range(0, len(pupils), size)]
    made = [(f"{name} group {n}", (*group, trainer)) for n, group in enumerate(groups)]
    return [Course(replace(base, name=title, attendees=who, group_size=len(who)), trainer) for title, who in made]


def _planted(random: Random, number: int, required: Requirement, workforce: Workforce, base: Roster) -> HardCentre:
    """Sessions laid into the work of a roster, each then asked for where it lies, give or take a little."""
    shifts = {(shift.agent, shift.day): shift for shift in base.shifts}
    courses: list[Course] = []
    for n in range(random.randint(6, 14)):
        found = _laid(random, f"course {n}", shifts, base.axis)
        courses += [found] if found else []
    hidden = Roster(base.axis, tuple(shifts.values()))
    courses, rooms = _coupled(random, courses, hidden)
    made = _with(workforce, tuple(courses), rooms)
    assert check(hidden, made) == ()
    return HardCentre(number, required, made, tuple(courses), hidden)


def _coupled(random: Random, courses: list[Course], hidden: Roster) -> tuple[list[Course], Room]:
    """Some of the sessions in a hall just large enough, some after others they follow in the hidden roster."""
    spans = {part.name: (part.start, part.end) for shift in hidden.shifts for part in shift.segments if part.kind is Kind.ACTIVITY}
    inside = {course.activity.name for course in courses if random.random() < 0.6}
    most = max((sum(a <= spans[name][0] < b for a, b in map(spans.get, inside)) for name in inside), default=1)
    made = []
    for course in courses:
        name = course.activity.name
        earlier = [other for other, span in spans.items() if span[1] <= spans[name][0]]
        after = tuple(random.sample(earlier, min(len(earlier), 3))) if random.random() < 0.5 else ()
        made.append(replace(course, activity=replace(course.activity, room="hall" if name in inside else "", after=after)))
    return made, Room("hall", 4, most)


def _laid(random: Random, name: str, shifts: dict[tuple[str, int], Shift], axis: TimeAxis) -> Course | None:
    """A session for some of those who work at a time; their shifts are changed. None where nobody does."""
    minutes, day = random.choice((30, 45, 60, 90)), random.randrange(axis.days)
    start = axis.minute(day, random.choice(range(420, 1200, 15)))
    able = [key for key, shift in sorted(shifts.items()) if _work_at(shift, start, minutes)]
    if not able:
        return None
    chosen = random.sample(able, random.randint(1, min(4, len(able))))
    wall = axis.local(start).hour * 60 + axis.local(start).minute
    early, late = random.choice((0, 0, 15, 60)), random.choice((0, 0, 15, 60))
    first, last = max(0, day - random.choice((0, 0, 1))), min(axis.days - 1, day + random.choice((0, 0, 1)))
    who, dates = tuple(agent for agent, _ in chosen), (axis.dates[first], axis.dates[last])
    fixed = ((axis.dates[day], wall),) if random.random() < 0.25 else ()
    window = (max(0, wall - early), wall + minutes + late)
    activity = Activity(
        name,
        ActivityKind.TRAINING,
        minutes,
        who,
        *dates,
        1,
        *window,
        group_size=len(who),
        at=fixed,
        trainer=who[-1] if len(who) > 1 else "",
    )
    for key in chosen:
        shifts[key] = _cut(shifts[key], start, minutes, name)
    return Course(activity, who[-1] if len(who) > 1 else "")


def _work_at(shift: Shift, start: int, minutes: int) -> bool:
    return any(part.kind is Kind.WORK and part.start <= start and start + minutes <= part.end for part in shift.segments)


def _cut(shift: Shift, start: int, minutes: int, name: str) -> Shift:
    """The shift with a session cut out of its work."""
    parts: list[Segment] = []
    for part in shift.segments:
        if part.kind is Kind.WORK and part.start <= start and start + minutes <= part.end:
            parts += [replace(part, end=start)] if part.start < start else []
            parts.append(Segment(start, start + minutes, Kind.ACTIVITY, name))
            parts += [replace(part, start=start + minutes)] if start + minutes < part.end else []
        else:
            parts.append(part)
    return replace(shift, segments=tuple(parts))

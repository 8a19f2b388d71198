"""Invented centres of any size, for measuring the scheduler: nothing here is taken from a real one, and every seed makes another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from wfm.model import (
    Activity,
    ActivityKind,
    Agent,
    Break,
    Contract,
    Requirement,
    ScheduleSettings,
    ShiftTemplate,
    TimeAxis,
    Workforce,
)
from wfm.model.arrays import FloatArray

MONDAY = date(2026, 6, 1)
TEA = Break("tea", 15, 90, 150, paid=True)
LUNCH = Break("lunch", 30, 210, 300)
COFFEE = Break("coffee", 15, 330, 420, paid=True)
REST = Break("rest", 15, 120, 210, paid=True)
LONG = (TEA, LUNCH, COFFEE)
SHIFTS = (
    ShiftTemplate("early", 360, 600, (480, 510), 30, LONG),
    ShiftTemplate("late", 660, 840, (480, 510), 30, LONG),
    ShiftTemplate("night", 1290, 1320, (480,), 30, LONG),
    ShiftTemplate("part day", 420, 960, (300, 330, 360), 30, (REST,)),
    ShiftTemplate("evening", 930, 1080, (240,), 30, (REST,)),
)
CONTRACTS = (
    Contract("full time", ("early", "late"), 37.5, 40, 5, 6, 11, 27.5),
    Contract("part time", ("part day",), 20, 26, 5, 6, 11, 26.0),
    Contract("evening", ("evening", "part day"), 8, 20, 5, 5, 11, 22.0),
    Contract("rotating", ("early", "late", "night"), 30, 40, 5, 5, 11, 29.0),
)
MIX = (0.5, 0.25, 0.1, 0.15)
PRICES = (
    ScheduleSettings(),
    ScheduleSettings(under_price=40, deep_under_price=80, over_price=4, paid_price=0),
    ScheduleSettings(under_price=25, deep_under_price=100, over_price=2, paid_price=1),
)


@dataclass(frozen=True, eq=False)
class Centre:
    """What `schedule` is given."""

    name: str
    required: Requirement
    workforce: Workforce
    settings: ScheduleSettings


def make_centre(agents: int, skills: int, weeks: int, seed: int, *, activities: bool = False, nights: bool = True) -> Centre:
    """A centre of so many people and queues. `seed` also chooses load (0.88–1.02 of the hours there are), mix of contracts and prices."""
    people_chance, need_chance, activity_chance = (np.random.default_rng([seed, agents, skills, k]) for k in range(3))
    axis = TimeAxis(MONDAY, 7 * weeks, 15, "Europe/Berlin")
    queues = tuple(f"queue {q}" for q in range(skills))
    people = _people(people_chance, agents, queues, axis, nights)
    workforce = Workforce(people, CONTRACTS, SHIFTS, _activities(activity_chance, people, axis) if activities else ())
    need = _need(need_chance, axis, _hours(people), skills, nights)
    required = Requirement(axis, queues, need, need, need, np.zeros(need.shape))
    name = f"{agents} agents, {skills} skills, {weeks} weeks" + (", activities" if activities else "")
    return Centre(name, required, workforce, PRICES[seed % len(PRICES)])


def _people(random: np.random.Generator, agents: int, queues: tuple[str, ...], axis: TimeAxis, nights: bool) -> tuple[Agent, ...]:
    mix = random.dirichlet(40 * np.array(MIX if nights else (*MIX[:3], 0.001)))
    return tuple(_agent(random, n, CONTRACTS[int(random.choice(4, p=mix))], queues, axis) for n in range(agents))


def _agent(random: np.random.Generator, number: int, contract: Contract, queues: tuple[str, ...], axis: TimeAxis) -> Agent:
    """One to three skills, mostly one or two; some have a free weekday, some a day or two off."""
    count = min(len(queues), int(random.choice((1, 2, 3), p=(0.5, 0.35, 0.15))))
    skills = tuple(queues[q] for q in random.choice(len(queues), count, replace=False))
    available: list[tuple[int, int] | None] = [(0, 2880)] * 7
    if contract.name in ("part time", "evening") and random.random() < 0.4:
        available[int(random.integers(7))] = None
    off = {axis.start + timedelta(days=int(d)) for d in random.integers(axis.days, size=2)} if random.random() < 0.08 else ()
    return Agent(f"agent {number:04d}", contract.name, skills, frozenset(off), tuple(available))


def _hours(people: tuple[Agent, ...]) -> float:
    """Hours at work of everybody in a week, between the least and most of their contracts and without breaks."""
    contracts = {c.name: c for c in CONTRACTS}
    return sum(0.93 * (0.4 * contracts[p.contract].min_hours_week + 0.6 * contracts[p.contract].max_hours_week) for p in people)


def _need(random: np.random.Generator, axis: TimeAxis, hours: float, skills: int, nights: bool) -> FloatArray:
    """Two peaks a day, a strong Monday, weak weekends, a little at night; whole agents, in some centres grossed up for absence."""
    wall, weekday = axis.wall_minute / 60, axis.weekday[axis.day]
    days = np.array([1.15, 1.0, 0.97, 0.98, 1.0, 0.6, 0.45]) * random.uniform(0.9, 1.1, 7)
    shares = random.dirichlet(8 * np.ones(skills))
    load = random.uniform(0.88, 1.02) * hours
    absence, rows = float(random.choice((0.0, 0.04))), []
    for share in shares:
        peaks = random.normal([10.5, 15.5], 0.7)
        curve = np.exp(-(((wall - peaks[0]) / 2.6) ** 2)) + random.uniform(0.6, 1.0) * np.exp(-(((wall - peaks[1]) / 3.2) ** 2))
        curve = np.where((wall >= 7) & (wall < 22), curve + 0.1, 0.07 if nights else 0.0) * days[weekday]
        curve = curve * np.exp(np.random.default_rng(len(rows)).normal(0, 0.05, len(wall)))
        rows.append(curve / curve.sum() * load * share * 4 * (axis.days / 7))
    return np.rint(np.array(rows)) / (1 - absence)


def _activities(random: np.random.Generator, people: tuple[Agent, ...], axis: TimeAxis) -> tuple[Activity, ...]:
    """A weekly one-to-one for everybody and a group training each for two thirds, eight at a time, in teams of one contract."""
    chosen = [p.name for p in sorted(people, key=lambda p: p.contract) if random.random() < 0.67]
    made = []
    for week in range(axis.days // 7):
        first, last = axis.start + timedelta(days=7 * week), axis.start + timedelta(days=7 * week + 6)
        names = tuple(p.name for p in people)
        made.append(Activity(f"coaching {week}", ActivityKind.COACHING, 30, names, first, last, from_minute=480, to_minute=1320))
    if chosen:
        last = axis.start + timedelta(days=axis.days - 1)
        made.append(Activity("training", ActivityKind.TRAINING, 90, tuple(chosen), axis.start, last, 1, 480, 1320, 8))
    return tuple(made)

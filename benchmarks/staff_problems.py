"""Invented staff scheduling problems of any size, in the text layout of the Curtois–Qu instances; every seed makes another."""

from __future__ import annotations

import numpy as np

WEEK_MINUTES = ((1890, 2160, 5, 2, 2, 0.5), (1890, 2160, 6, 2, 3, 0.5), (1170, 1290, 5, 2, 2, 0.75), (735, 855, 5, 1, 1, 0.75))
"""Kinds of staff: least and most minutes a week, longest run, shortest run, shortest rest, share of weekends."""
MIX = (0.6, 0.15, 0.15, 0.1)
KINDS = (("a", 480), ("d", 480), ("p", 480), ("n", 600))
"""Shifts from early to night: none may be followed on the next day by one of an earlier kind."""


def make_problem(people: int, shifts: int, days: int, seed: int) -> str:
    """The text of a problem: requests, days off, limits on nights, cover about what the people can give."""
    random = np.random.default_rng([seed, people, shifts, days])
    names = _names(shifts)
    staff, able = _staff(random, people, names, days)
    blocks = [
        ["SECTION_HORIZON", str(days)],
        ["SECTION_SHIFTS", *(f"{name},{dict(KINDS)[name[0]]},{_forbidden(name, names)}" for name in names)],
        ["SECTION_STAFF", *staff],
        ["SECTION_DAYS_OFF", *(_days_off(random, _label(p), days) for p in range(people))],
        ["SECTION_SHIFT_ON_REQUESTS", *_requests(random, people, names, days, able)],
        ["SECTION_SHIFT_OFF_REQUESTS", *_requests(random, people, names, days, able)],
        ["SECTION_COVER", *_cover(random, staff, names, days, able)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _names(shifts: int) -> list[str]:
    each = [shifts // 4 + (1 if kind < shifts % 4 else 0) for kind in range(4)]
    return [f"{KINDS[kind][0]}{number}" for kind in range(4) for number in range(1, each[kind] + 1)]


def _forbidden(name: str, names: list[str]) -> str:
    order = [kind for kind, _ in KINDS]
    return "|".join(other for other in names if order.index(other[0]) < order.index(name[0]))


def _label(person: int) -> str:
    letters = ""
    person += 1
    while person:
        person, rest = divmod(person - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _staff(random: np.random.Generator, people: int, names: list[str], days: int) -> tuple[list[str], np.ndarray]:
    """Lines of the staff section, and (people, shifts): who may work what."""
    able = random.random((people, len(names))) < 0.6
    able[np.arange(people), random.integers(len(names), size=people)] = True
    lines = []
    for p in range(people):
        low, high, run, least, rest, weekends = WEEK_MINUTES[int(random.choice(len(MIX), p=MIX))]
        nights = max(days // 7, 1)
        most = [0 if not able[p, s] else nights if name[0] == "n" else days for s, name in enumerate(names)]
        if not any(able[p, s] for s, name in enumerate(names) if name[0] != "n"):
            most[0], able[p, 0] = days, True
        limits = "|".join(f"{name}={count}" for name, count in zip(names, most, strict=True))
        weeks = days / 7
        rules = (int(high * weeks), int(low * weeks), run, least, rest, round(weekends * weeks))
        lines.append(f"{_label(p)},{limits}," + ",".join(map(str, rules)))
    return lines, able


def _days_off(random: np.random.Generator, label: str, days: int) -> str:
    chosen = sorted(int(d) for d in random.choice(days, max(days // 28, 1), replace=False))
    return ",".join([label, *map(str, chosen)])


def _requests(random: np.random.Generator, people: int, names: list[str], days: int, able: np.ndarray) -> list[str]:
    """One run of one to five days of the same shift in four weeks, weight 1 to 3."""
    lines = []
    for p in range(people):
        for block in range(0, days, 28):
            shift, first = int(random.choice(np.flatnonzero(able[p]))), block + int(random.integers(max(min(28, days - block) - 5, 1)))
            weight = int(random.integers(1, 4))
            lines += [f"{_label(p)},{d},{names[shift]},{weight}" for d in range(first, min(first + int(random.integers(1, 6)), days))]
    return lines


def _cover(random: np.random.Generator, staff: list[str], names: list[str], days: int, able: np.ndarray) -> list[str]:
    """Need that takes nearly all of the people's time, shared out by how many can work a shift."""
    minutes = sum((int(line.split(",")[2]) + int(line.split(",")[3])) / 2 for line in staff) / days / 490
    share = able.sum(axis=0) * np.array([0.35 if name[0] == "n" else 1.0 for name in names])
    lines = []
    for day in range(days):
        level = minutes * share / share.sum() * (0.9 if day % 7 >= 5 else 1.04) * random.uniform(0.94, 1.06)
        need = np.floor(level * random.uniform(0.8, 1.2, len(names)) + random.random(len(names)))
        lines += [f"{day},{name},{int(need[s])},100,1" for s, name in enumerate(names)]
    return lines

"""Invented staff scheduling problems after the make of the Curtois–Qu instances, in their text layout; every seed makes another.

What the instances 1–12 have in common is kept: contracts in blocks, hours that leave one to two shifts of choice in four weeks, half of the
weekends, two days off in four weeks, runs of one to five days wanted or not, and a need that takes all hours that may be worked, drawn
evenly for each day and shift, weekends as well.
`python -m benchmarks.staff_problems SIZE SEED > FILE` writes one of the sizes of the instances 13–24.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

SIZES = {
    13: (28, 120, 18),
    14: (42, 32, 4),
    15: (42, 45, 6),
    16: (56, 20, 3),
    17: (56, 32, 4),
    18: (84, 22, 3),
    19: (84, 40, 5),
    20: (182, 50, 6),
    21: (182, 100, 8),
    22: (364, 50, 10),
    23: (364, 100, 16),
    24: (364, 150, 32),
}
"""Days, people, shifts of the instances that are kept back."""


@dataclass(frozen=True)
class Contract:
    """Most minutes in four weeks, minutes fewer that are enough, longest run, shortest run, shortest rest, weekends of four."""

    most: int
    less: int
    run: int
    least_run: int
    least_rest: int
    weekends: int


CONTRACTS = (
    (Contract(8640, 1080, 5, 2, 2, 2), 0.6),
    (Contract(8640, 1080, 6, 2, 3, 2), 0.2),
    (Contract(5160, 1080, 5, 1, 2, 3), 0.15),
    (Contract(3420, 480, 5, 1, 1, 3), 0.05),
)
"""Kinds of contract, and their share of the people."""
KINDS = {2: "EL", 3: "EDL", 4: "EDLN", 5: "EddLN"}
FEW = {"L": 0.5, "N": 0.3, "n": 0.25}
"""Part of a person's days that may be such a shift."""


def make_problem(size: tuple[int, int, int], seed: int, tight: bool = False, demand: float = 1.0) -> str:
    """The text of a problem of so many days, people, shifts.

    tight: the hours of choice do not grow with the horizon, but for contracts with three days off in a row, which could not reach
    them. demand: part of all hours that may be worked that is needed.
    """
    days, people, shifts = size
    random = np.random.default_rng([seed, *size])
    names = _names(shifts)
    night = int(random.choice([480, 600]))
    minutes = np.array([night if name[0] in "Nn" else 480 for name in names])
    staff = _contracts(people)
    able = _able(random, people, shifts)
    blocks = [
        ["SECTION_HORIZON", str(days)],
        ["SECTION_SHIFTS", *(f"{name},{length},{_forbidden(name, names)}" for name, length in zip(names, minutes, strict=True))],
        ["SECTION_STAFF", *(_person(p, staff[p], able[p], names, days, tight) for p in range(people))],
        ["SECTION_DAYS_OFF", *(_days_off(random, p, days) for p in range(people))],
        ["SECTION_SHIFT_ON_REQUESTS", *_requests(random, people, names, days, able, 1.75)],
        ["SECTION_SHIFT_OFF_REQUESTS", *_requests(random, people, names, days, able, 0.85)],
        ["SECTION_COVER", *_cover(random, demand * sum(one.most for one in staff) / 28, minutes, names, days)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _names(shifts: int) -> list[str]:
    """In the order in which none may be followed by an earlier kind."""
    kinds = KINDS.get(shifts) or "".join(kind * (shifts // 4 + (n < shifts % 4)) for n, kind in enumerate("adpn"))
    return [kind if kinds.count(kind) == 1 else f"{kind}{i - kinds.index(kind) + 1}" for i, kind in enumerate(kinds)]


def _forbidden(name: str, names: list[str]) -> str:
    order = list(dict.fromkeys(other[0] for other in names))
    return "|".join(other for other in names if order.index(other[0]) < order.index(name[0]))


def _label(person: int) -> str:
    letters = ""
    person += 1
    while person:
        person, rest = divmod(person - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _contracts(people: int) -> list[Contract]:
    ends = np.rint(np.cumsum([share for _, share in CONTRACTS]) * people)
    return [CONTRACTS[int(np.searchsorted(ends, p, side="right"))][0] for p in range(people)]


def _able(random: np.random.Generator, people: int, shifts: int) -> np.ndarray:
    """(people, shifts): who may work what; a shift is for 55 to 85 % of the people, and never only the last, which may be limited."""
    able = random.random((people, shifts)) < random.uniform(0.55, 0.85, shifts)
    none = np.flatnonzero(~able[:, : max(shifts - 2, 1)].any(axis=1))
    able[none, random.integers(max(shifts - 2, 1), size=len(none))] = True
    return able


def _person(p: int, contract: Contract, able: np.ndarray, names: list[str], days: int, tight: bool) -> str:
    most = contract.most * days // 28
    worked = most / 480
    limits = [int(FEW[n[0]] * worked) if n[0] in FEW else days for n in names]
    shown = "|".join(f"{name}={limit if may else 0}" for name, limit, may in zip(names, limits, able, strict=True))
    least = most - (contract.less if tight and contract.least_rest < 3 else contract.less * days // 28)
    rules = (most, least, contract.run, contract.least_run, contract.least_rest, contract.weekends * days // 28)
    return f"{_label(p)},{shown}," + ",".join(map(str, rules))


def _days_off(random: np.random.Generator, p: int, days: int) -> str:
    """Two in four weeks, every other pair on days that follow each other."""
    chosen: set[int] = set()
    for block in range(0, days, 28):
        first = block + int(random.integers(min(28, days - block) - 1))
        second = first + 1 if random.random() < 0.5 else block + int(random.integers(min(28, days - block)))
        chosen |= {first, second}
    return ",".join([_label(p), *map(str, sorted(chosen))])


def _requests(random: np.random.Generator, people: int, names: list[str], days: int, able: np.ndarray, runs: float) -> list[str]:
    """So many runs for each person in four weeks, of one to five days, each of one shift and one weight."""
    lines = []
    for p in range(people):
        taken: set[int] = set()
        for _ in range(random.poisson(runs * days / 28)):
            shift, first, weight = int(random.choice(np.flatnonzero(able[p]))), int(random.integers(days)), int(random.integers(1, 4))
            for d in range(first, min(first + int(random.integers(1, 6)), days)):
                if d not in taken:
                    lines.append(f"{_label(p)},{d},{names[shift]},{weight}")
            taken |= set(range(first - 1, first + 7))
    return lines


def _cover(random: np.random.Generator, minutes_a_day: float, minutes: np.ndarray, names: list[str], days: int) -> list[str]:
    """Need drawn within two of the shift's level, then changed cell by cell until it takes the hours that there are."""
    level = random.uniform(0.6, 1.4, len(names))
    level *= minutes_a_day / (level * minutes).sum()
    spread = np.minimum(2.0, 0.6 * level)
    need = np.rint(level + spread * random.uniform(-1, 1, (days, len(names)))).astype(int)
    left = round((minutes_a_day * days - (need * minutes).sum()) / minutes.mean())
    while left:
        day, s = int(random.integers(days)), int(random.integers(len(names)))
        if need[day, s] + np.sign(left) >= 0:
            need[day, s] += np.sign(left)
            left -= np.sign(left)
    return [f"{day},{name},{need[day, s]},100,1" for day in range(days) for s, name in enumerate(names)]


if __name__ == "__main__":
    sys.stdout.write(make_problem(SIZES[int(sys.argv[1])], int(sys.argv[2])))

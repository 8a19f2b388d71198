"""The compiled one-person programme against brute force over all rows, whole horizons and windows."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.days.evaluate import person_breaches
from scheduling.days.kernel import INF, cheapest, edge_of
from scheduling.days.packing import pack_people
from scheduling.days.problem import DayShift, DaysProblem, Person
from scheduling.days.reach import reach_of

DAYS = 8
BUFFER = np.empty(2_000_000)


@st.composite
def problems(draw: st.DrawFn) -> DaysProblem:
    """One person, one or two shifts, eight days."""
    names = ("a", "b")[: draw(st.integers(1, 2))]
    shifts = tuple(DayShift(n, draw(st.sampled_from([240, 480, 600])), tuple(m for m in names if draw(st.booleans()))) for n in names)
    run, low = draw(st.integers(1, 4)), 480 * draw(st.integers(0, 3))
    most = tuple(draw(st.integers(0, DAYS)) for _ in names)
    rules = (
        low + 300 * draw(st.integers(0, 4)),
        low,
        run,
        draw(st.integers(1, min(run, 2))),
        draw(st.integers(1, 3)),
        draw(st.integers(0, 2)),
    )
    person = Person("x", most, *rules, draw(st.frozensets(st.integers(0, DAYS - 1), max_size=1)))
    none = np.zeros((DAYS, len(names)))
    return DaysProblem(DAYS, shifts, (person,), none[None], none[None], none, none, none)


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 2**31), st.integers(0, 10**6))
def test_cheapest_days_are_those_of_brute_force(problem: DaysProblem, seed: int, which: int) -> None:
    person, pack = problem.people[0], pack_people(problem)
    price = np.random.default_rng(seed).integers(-9, 5, (DAYS, len(problem.shifts))).astype(float)
    price[sorted(person.days_off)] = INF
    rows = itertools.product(range(-1, len(problem.shifts)), repeat=DAYS)
    legal = {row: _price(price, row) for row in rows if not person_breaches(problem, person, list(row))}
    _compare(pack, price, (-1,) * DAYS, 0, DAYS, legal)
    if legal:
        around = list(legal)[which % len(legal)]
        for begin, end in ((0, 7), (7, DAYS)):
            same = {row: cost for row, cost in legal.items() if row[:begin] == around[:begin] and row[end:] == around[end:]}
            _compare(pack, price, around, begin, end, same)


@settings(max_examples=30, deadline=None)
@given(problems())
def test_reachable_minutes_hold_every_legal_row(problem: DaysProblem) -> None:
    person, pack = problem.people[0], pack_people(problem)
    allowed = np.ones((DAYS, len(problem.shifts)), bool)
    allowed[sorted(person.days_off)] = False
    least, greatest = reach_of(pack, 0, allowed)
    for row in itertools.product(range(-1, len(problem.shifts)), repeat=DAYS):
        if not person_breaches(problem, person, list(row)):
            minutes = sum(pack.length[0, shift] for shift in row if shift >= 0)
            start = person.least_rest - 1
            assert least[0, start, person.max_weekends] <= minutes <= greatest[0, start, person.max_weekends]


def _price(price: np.ndarray, row: tuple[int, ...]) -> float:
    return sum(float(price[day, shift]) for day, shift in enumerate(row) if shift >= 0)


def _compare(pack, price: np.ndarray, around: tuple[int, ...], begin: int, end: int, legal: dict[tuple[int, ...], float]) -> None:
    row = np.empty(end - begin, np.int16)
    edge = edge_of(pack, 0, np.array(around, np.int16), begin, end)
    cost, bound = cheapest(pack, 0, begin, price[begin:end], np.zeros(end - begin), edge, BUFFER, row)
    outside = _price(price, tuple(-1 if begin <= day < end else shift for day, shift in enumerate(around)))
    assert cost == bound == min(legal.values(), default=INF) - (outside if legal else 0)
    if legal:
        assert legal[around[:begin] + tuple(int(shift) for shift in row) + around[end:]] == cost + outside

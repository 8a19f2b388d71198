"""Every rule of one person: the exact programme, the model and the checker against every schedule there is."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from scheduling import check
from scheduling.engines.person_model import PersonModel
from scheduling.price import charged
from scheduling.problem import make_problem
from scheduling.tours import OFF
from scheduling.worker import Worker
from tests.scheduling.force import Entry, Force
from tests.scheduling.small import Centre, agent, axis, flat
from wfm.model import Contract, Kind, Lock, PastShift, Roster, Segment, Shift, ShiftTemplate, Wish, WishKind, Workforce

EARLY = ShiftTemplate("early", 360, 360, (480,), 60)
LATE = ShiftTemplate("late", 780, 840, (480,), 60, unpopular=True)
NIGHT = ShiftTemplate("night", 1320, 1320, (480,), 60, unpopular=True)
TEMPLATES = (EARLY, LATE, NIGHT)
FIRST, DAYS = date(2026, 3, 20), 5
WALLS = {"early": 360, "late": 780, "night": 1320}
SCALE = 60_000  # of the model's whole numbers: the prices of hours are whole by the minute too

RULES = {
    "min_days_off": st.sampled_from((2, 3)).map(lambda n: {"min_days_off": n}),
    "weekends_off": st.sampled_from(((1, 2), (1, 1), (2, 3), (1, 4))).map(lambda p: {"weekends_off": p[0], "weekends_of": p[1]}),
    "max_nights": st.integers(0, 3).map(lambda n: {"max_nights": n}),
    "days_off_after_nights": st.integers(1, 3).map(lambda n: {"days_off_after_nights": n}),
    "forward": st.sampled_from((0, 60, 420)).map(lambda n: {"forward_minutes": n}),
    "forbidden_next": st.lists(st.tuples(*[st.sampled_from(tuple(WALLS))] * 2), min_size=1, max_size=4).map(
        lambda pairs: {"forbidden_next": tuple(dict.fromkeys(pairs))}
    ),
    "start_spread": st.sampled_from((0, 60, 480, 600)).map(lambda n: {"start_spread": n}),
    "average": st.sampled_from(((0, 8, 8), (8, 16, 24), (4, 20, None), (0, 10, 12))).map(
        lambda p: {"average_weeks": 2, "min_hours_average": p[0], "max_hours_average": p[2]}
    ),
    "overtime": st.sampled_from((8.0, 16.0)).map(lambda h: {"max_hours_week": 16, "overtime_hours": h, "overtime_price": 7.0}),
    "leave": st.just({"min_hours_week": 28, "leave_hours": 16.0, "leave_price": 5.0}),
    "pattern": st.lists(st.sampled_from(("off", "any", "any", "late")), min_size=14, max_size=14).map(
        lambda days: {"pattern": (tuple(days[:7]), tuple(days[7:]))}
    ),
    "fairness": st.sampled_from((1.0, 6.0)).map(lambda p: {"fairness_price": p}),
    "days": st.integers(1, 3).map(lambda n: {"max_consecutive_days": n}),
    "week": st.integers(1, 3).map(lambda n: {"max_days_week": n}),
    "hours": st.sampled_from((8, 16, 24)).map(lambda n: {"max_hours_week": n}),
    "least": st.sampled_from((8, 20)).map(lambda n: {"min_hours_week": n}),
}


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    """One to three rules at a time, so that each is met often and so that they meet each other."""
    chosen = draw(st.lists(st.sampled_from(tuple(RULES)), min_size=1, max_size=3, unique=True))
    fields: dict[str, object] = {"rest_hours": draw(st.sampled_from((0, 9, 11, 15))), "max_days_week": 7, "max_hours_week": 60}
    for rule in chosen:
        fields |= draw(RULES[rule])
    fields["min_hours_week"] = min(fields.get("min_hours_week", 0), fields["max_hours_week"])
    return Contract("any", tuple(WALLS), **fields)


@st.composite
def pasts(draw: st.DrawFn, first: date) -> tuple[PastShift, ...]:
    """Shifts before the plan that keep a rest of eight hours."""
    found, names = [], draw(st.lists(st.sampled_from((None, None, *WALLS)), min_size=10, max_size=10))
    for back, name in enumerate(names, 1):
        if name is not None and not (found and WALLS[name] + 960 > found[-1].start + 1440 and found[-1].day == first - timedelta(back - 1)):
            found.append(PastShift(first - timedelta(back), WALLS[name], WALLS[name] + 480, 480, name))
    return tuple(found) if draw(st.booleans()) else ()


@st.composite
def wishes(draw: st.DrawFn, first: date) -> tuple[Wish, ...]:
    day = st.sets(st.integers(0, DAYS - 1), max_size=2).map(lambda days: frozenset(first + timedelta(d) for d in days))
    off = st.builds(Wish, st.just(WishKind.OFF), st.sampled_from((1.0, 9.0)), day)
    start = st.builds(
        Wish, st.just(WishKind.START), st.sampled_from((2.0, 8.0)), day, from_minute=st.just(300), to_minute=st.sampled_from((360, 780))
    )
    return tuple(draw(st.lists(off | start, max_size=2)))


@st.composite
def locks(draw: st.DrawFn, first: date) -> tuple[Lock, ...]:
    day = first + timedelta(draw(st.integers(0, DAYS - 1)))
    shift = draw(st.sampled_from(("", *WALLS)))
    exact = draw(st.booleans())
    lock = Lock(day, shift, WALLS[shift] if shift and exact else None, 480 if exact else None)
    return draw(st.sampled_from(((), (), (lock,), (Lock(day, off=True),))))


@st.composite
def people(draw: st.DrawFn) -> tuple[Centre, Force]:
    """One person over five days, from any weekday, also over the change to summer time."""
    first = FIRST + timedelta(draw(st.integers(0, 13)))
    contract = draw(contracts())
    person = agent(
        history=draw(pasts(first)),
        wishes=draw(wishes(first)),
        locks=draw(locks(first)),
        earliest=draw(st.sampled_from((0, 0, 420))),
        latest=draw(st.sampled_from((2880, 2880, 1440))),
        pattern_week=draw(st.integers(0, 1)),
        unpopular_before=draw(st.integers(0, 3)),
    )
    centre = Centre(flat(axis(DAYS, start=first), 1), Workforce((person,), (contract,), TEMPLATES))
    return centre, Force(person, contract, TEMPLATES, first, DAYS)


def entries(worker: Worker) -> list[Entry]:
    """The options of the catalogue as entries, in its order."""
    catalogue = worker.catalogue
    return [(catalogue.family(o).template.name, int(catalogue.wall_start[o]), int(catalogue.length[o])) for o in range(catalogue.options)]


def roster(centre: Centre, worker: Worker, options: tuple[int, ...]) -> Roster:
    shifts = []
    for day, option in enumerate(options):
        if option != OFF:
            begin, end = int(worker.catalogue.start[day, option]), int(worker.catalogue.end[day, option])
            parts = (Segment(begin, end, Kind.WORK, "work", ("calls",)),)
            shifts.append(Shift("ann", day, worker.catalogue.family(option).template.name, parts))
    return Roster(centre.required.axis, tuple(shifts))


def against_force(centre: Centre, force: Force, seed: int) -> None:
    problem, random = make_problem(centre.required, centre.workforce, centre.settings), Random(seed)
    worker, minute = problem.workers[0], problem.grid.prices.paid_minute
    choices = [None, *entries(worker)]
    prices = {
        tuple(index - 1 for index in chosen): force.price([choices[index] for index in chosen])
        for chosen in product(range(len(choices)), repeat=DAYS)
        if force.kept([choices[index] for index in chosen])
    }
    every = list(product(range(-1, len(choices) - 1), repeat=DAYS))
    some = random.sample(sorted(prices), min(len(prices), 8)) + random.sample(every, 12)
    _programme(worker, prices, np.random.default_rng(seed), minute)
    for options in some:
        found = check(roster(centre, worker, options), centre.workforce, centre.required.axis)
        assert (found == ()) == (options in prices), (options, found)
        if options in prices:
            parts = charged(roster(centre, worker, options), centre.workforce, centre.required.axis)
            assert sum(parts.values()) == pytest.approx(prices[options])
    for options in some[::5]:
        assert _in_model(worker, options) == pytest.approx(prices.get(options, -1.0)), options


def _programme(worker: Worker, prices: dict[tuple[int, ...], float], random: np.random.Generator, minute: float) -> None:
    """The exact best schedule is the best of all that are allowed; of a tight space, one that is allowed."""
    values = random.uniform(-5, 20, (DAYS, worker.catalogue.options))
    rows = np.arange(DAYS)
    worth = {o: values[rows, list(o)][np.array(o) >= 0].sum() - price for o, price in prices.items()}
    for one in (worker, worker.loose):
        tours = one.tours()
        table = np.where(tours.space.allowed, values, -np.inf) - (0 if tours.space.price is None else tours.space.price)
        best, options = tours.best(table, tours.space.must)
        if best > -np.inf and one is worker:
            assert tuple(options.tolist()) in prices
            assert tours.space.soft(options) == pytest.approx(prices[tuple(options.tolist())])
            assert best - tours.space.base_price == pytest.approx(worth[tuple(options.tolist())])
        if not tours.space.tightened:
            most = max(worth.values(), default=-np.inf)
            assert best >= most - 1e-6
            assert worker.loose is not worker or best == pytest.approx(most)


def _in_model(worker: Worker, options: tuple[int, ...]) -> float:
    """The price of a schedule in the CP-SAT model, −1 where it is not allowed."""
    model = cp_model.CpModel()
    person = PersonModel(model, worker.loose, worker.loose.tours().space, []).build()
    if any(o != OFF and (day, o) not in person.chosen for day, o in enumerate(options)):
        return -1.0
    for (day, option), chosen in person.chosen.items():
        model.add(chosen == int(options[day] == option))
    model.minimize(person.soft(SCALE))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.objective_value / SCALE if solver.solve(model) == cp_model.OPTIMAL else -1.0


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(people(), st.integers(0, 10**6))
def test_every_rule_allows_forbids_and_prices_what_force_does(case: tuple[Centre, Force], seed: int) -> None:
    against_force(*case, seed)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(people(), st.integers(0, 10**6))
def test_every_rule_allows_forbids_and_prices_what_force_does_long(case: tuple[Centre, Force], seed: int) -> None:
    against_force(*case, seed)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(people())
def test_an_answer_keeps_every_rule_and_pays_what_it_says(case: tuple[Centre, Force]) -> None:
    centre, force = case
    worker = make_problem(centre.required, centre.workforce, centre.settings).workers[0]
    choices = [None, *entries(worker)]
    solved = replace(centre).solved(effort=0.02)
    if not solved.roster.shifts and solved.conflicts:
        assert not any(force.kept(list(chosen)) for chosen in product(choices, repeat=DAYS))
        return
    assert check(solved.roster, centre.workforce, centre.required.axis) == ()
    assert solved.bound <= solved.objective + 1e-9

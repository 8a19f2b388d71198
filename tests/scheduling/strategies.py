"""Random tiny centres, and random hard ones."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import strategies as st

from tests.scheduling.small import SETTINGS, Centre, axis, on, requirement
from wfm.model import Activity, ActivityKind, Agent, Break, Contract, Requirement, ShiftTemplate, Workforce

HOURS = range(7, 15)
RESTS = (
    (),
    (Break("rest", 60, 60, 120),),
    (Break("rest", 60, 0, 120, paid=True),),
    (Break("first", 60, 0, 60), Break("second", 60, 120, 180)),
)


@st.composite
def needs(draw: st.DrawFn, days: int, queues: int) -> Requirement:
    """Whole tenths of agents, another in every hour of a few."""
    need = np.zeros((queues, 24))
    for queue in range(queues):
        for hour in HOURS:
            need[queue, hour] = draw(st.sampled_from((0, 0, 1, 1, 2, 0.4, 1.3)))
    return requirement(axis(days), need)


@st.composite
def shifts(draw: st.DrawFn, name: str, begin: int) -> ShiftTemplate:
    rests = draw(st.sampled_from(RESTS))
    lengths = draw(st.sampled_from(((240,), (240, 300), (300,))))
    return ShiftTemplate(name, begin, begin + 60 * draw(st.integers(0, 1)), lengths, 60, rests, draw(st.sampled_from((0, 60))))


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    return Contract(
        "any",
        ("early", "late"),
        min_hours_week=draw(st.sampled_from((0, 0, 7, 14, 21))),
        max_hours_week=draw(st.sampled_from((21, 28, 40))),
        max_days_week=draw(st.integers(1, 5)),
        max_consecutive_days=draw(st.integers(1, 3)),
        rest_hours=draw(st.sampled_from((0, 11, 19.5, 21, 30))),
    )


@st.composite
def activities(draw: st.DrawFn, name: str, days: int, who: tuple[str, ...]) -> Activity:
    first = draw(st.integers(0, days - 1))
    begin = draw(st.sampled_from((480, 540, 600)))
    one = Activity(name, ActivityKind.TRAINING, 60, who, on(first), on(draw(st.integers(first, days - 1))), 1, begin, begin + 180)
    return replace(
        one,
        group_size=draw(st.sampled_from((None, 2))) if len(who) > 1 else None,
        paid=draw(st.booleans()),
        at=((on(first), begin),) if draw(st.integers(0, 3)) == 0 else (),
    )


@st.composite
def agents(draw: st.DrawFn, name: str, days: int, queues: int) -> Agent:
    skills = draw(st.sets(st.sampled_from(("calls", "mail", "chat")[:queues]), min_size=1))
    off: st.SearchStrategy[frozenset[date]] = st.sampled_from((frozenset(), frozenset(), frozenset({on(draw(st.integers(0, days - 1)))})))
    return Agent(name, "any", tuple(sorted(skills)), draw(off), (draw(st.sampled_from(((0, 2880), (480, 900)))),) * 7)


@st.composite
def centres(draw: st.DrawFn, people: int = 2, days: int = 3, queues: int = 2) -> Centre:
    """At most so many people, days, queues; one to three sessions; contradictions happen."""
    days, queues = draw(st.integers(1, days)), draw(st.integers(1, queues))
    names = ("ann", "bob", "cyd", "dan")[: draw(st.integers(1, people))]
    team = tuple(draw(agents(name, days, queues)) for name in names)
    courses = tuple(
        draw(activities(f"course {n}", days, names[: draw(st.integers(1, len(names)))])) for n in range(draw(st.integers(0, 2)))
    )
    templates = (draw(shifts("early", 420)), draw(shifts("late", 540)))
    workforce = Workforce(team, (draw(contracts()),), templates, courses)
    prices = draw(st.sampled_from((SETTINGS, replace(SETTINGS, over_price=30, paid_price=10))))
    return Centre(draw(needs(days, queues)), workforce, prices)

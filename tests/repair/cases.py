"""Published rosters of small centres, and what may happen to them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from scheduling.repair import Repaired, repair
from tests.scheduling.small import Centre, agent, axis, flat, on, team, training
from wfm.model import Reason, Roster, Shift

NAMES = ("ann", "bob", "cid", "dot")


@dataclass(frozen=True, eq=False)
class Published:
    """A centre with its roster."""

    centre: Centre
    roster: Roster

    def mended(self, **how: Any) -> Repaired:
        return repair(self.roster, self.centre.required, self.centre.workforce, self.centre.settings, **how)


def published(people: int = 3, need: float = 2.0, days: int = 4, courses: int = 0, **contract: Any) -> Published:
    """A centre of people who all do the same, some of whom have a course."""
    staff = team(
        *(agent(name) for name in NAMES[:people]),
        activities=[training(60, (name,), 0, days - 1, name=f"course of {name}") for name in NAMES[:courses]],
        **({"max_days_week": 3} | contract),
    )
    centre = Centre(flat(axis(days), need), staff)
    solved = centre.solved()
    assert solved.reason in (Reason.OPTIMAL, Reason.FEASIBLE)
    return Published(centre, solved.roster)


@st.composite
def happenings(draw: st.DrawFn) -> tuple[Published, list[tuple[str, date]], list[tuple[str, date]], int]:
    """A published roster, absences, locks and the minute that has come."""
    people, days = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    shape = {"courses": draw(st.integers(0, 2)), "max_days_week": draw(st.integers(2, 4)), "max_consecutive_days": draw(st.integers(1, 3))}
    shape["courses"] = min(shape["courses"], people)
    case = published(people, draw(st.sampled_from((1.0, 2.0, 2.5))), days, **shape)
    days_of = [(name, on(day)) for name in NAMES[:people] for day in range(days)]
    absent = draw(st.lists(st.sampled_from(days_of), max_size=2, unique=True))
    locks = [one for one in draw(st.lists(st.sampled_from(days_of), max_size=3, unique=True)) if one not in absent]
    return case, absent, locks, draw(st.sampled_from((0, 0, 1440, 1440 + 9 * 60)))


def day_of(roster: Roster, name: str, day: date) -> list[Shift]:
    """The shifts of somebody's day, without the name of the template."""
    return [shift for shift in roster.of(name) if roster.axis.dates[shift.day] == day]

"""Times at which somebody would like to start, each day without it at its price."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Charge, Person, Rule
from scheduling.rules.forward import wall_start
from scheduling.space import Space
from wfm.model import WishKind


class WishStart(Rule):
    name = "wishes for starts"

    def narrow(self, person: Person, space: Space) -> None:
        wall = space.catalogue.wall_start
        for wish in person.agent.wishes:
            if wish.kind is WishKind.START:
                about = np.array([wish.about(day) for day in person.axis.dates])
                outside = (wall < wish.from_minute) | (wall > wish.to_minute)
                space.charge(wish.price * (about[:, None] & outside[None, :]))

    def charges(self, case: Case) -> Iterator[Charge]:
        for name, shifts in case.shifts.items():
            for wish in case.agents[name].wishes:
                for shift in shifts if wish.kind is WishKind.START and wish.price else ():
                    if wish.about(case.axis.dates[shift.day]) and not wish.from_minute <= wall_start(case, shift) <= wish.to_minute:
                        text = f"starts at {case.clock(shift.start)}, would like {_clock(wish.from_minute)}–{_clock(wish.to_minute)}"
                        yield case.charge(self.name, name, shift.day, text, wish.price)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return "wishes for starts"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"

"""Days somebody would like to have off, each at its price."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Charge, Person, Rule
from scheduling.space import Space
from wfm.model import Wish, WishKind


class WishOff(Rule):
    name = "wishes for days off"

    def narrow(self, person: Person, space: Space) -> None:
        wishes = [wish for wish in person.agent.wishes if wish.kind is WishKind.OFF]
        if wishes:
            price = np.array([_price(wishes, day) for day in person.axis.dates])
            space.charge(price[:, None])

    def charges(self, case: Case) -> Iterator[Charge]:
        for name, shifts in case.shifts.items():
            wishes = [wish for wish in case.agents[name].wishes if wish.kind is WishKind.OFF]
            for shift in shifts if wishes else ():
                price = _price(wishes, case.axis.dates[shift.day])
                if price:
                    yield case.charge(self.name, name, shift.day, "works on a day they would like off", price)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return "wishes for days off"


def _price(wishes: list[Wish], day: date) -> float:
    return sum(wish.price for wish in wishes if wish.about(day))

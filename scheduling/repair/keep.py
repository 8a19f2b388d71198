"""What a change costs: a rule with a price for each day on which somebody's shift is not the published one."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from scheduling.repair.published import options_of
from scheduling.rules import Person, Rule
from scheduling.space import Space
from scheduling.tours import OFF
from wfm.model import Roster, Shift


@dataclass(eq=False)
class Keep(Rule):
    """price: of a day of somebody's on which the shift is another. begun: elapsed minute before which no other shift may start.

    gone: (agent, day) whose shift is lost whatever is done, which costs nothing.
    """

    roster: Roster
    price: float
    begun: int
    gone: frozenset[tuple[str, int]]
    shifts: dict[str, list[Shift]] = field(init=False)
    name = "changes of the published roster"

    def __post_init__(self) -> None:
        self.shifts = {}
        for shift in self.roster.shifts:
            if (shift.agent, shift.day) not in self.gone:
                self.shifts.setdefault(shift.agent, []).append(shift)

    def narrow(self, person: Person, space: Space) -> None:
        options = options_of(space.catalogue, self.shifts.get(person.name, ()))
        worked = np.flatnonzero(options != OFF)
        price = np.full(space.allowed.shape, self.price)
        price[[day for name, day in self.gone if name == person.name]] = 0.0
        price[worked] = 0.0
        price[worked, options[worked]] = -self.price
        space.charge(price, self.price * len(worked))
        ahead = space.catalogue.start >= self.begun
        ahead[worked, options[worked]] = True
        space.allowed &= ahead

    def words(self, person: Person, days: object = None) -> str:
        return self.name

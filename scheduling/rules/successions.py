"""Some shifts may not follow some others on the next day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation
from scheduling.rules.past import past_days
from scheduling.space import Space, Track


class Successions(Rule):
    name = "forbidden successions"

    def narrow(self, person: Person, space: Space) -> None:
        pairs = person.contract.forbidden_next
        if pairs:
            names = sorted({name for pair in pairs for name in pair})
            letter = {name: n for n, name in enumerate(names, 1)}
            table = np.tile(np.arange(len(names) + 1), (len(names) + 1, 1))
            for before, after in pairs:
                table[letter[before], letter[after]] = -1
            letters = np.concatenate(
                [np.full(f.size, letter.get(f.template.name, 0), np.int64) for f in space.catalogue.families] + [np.zeros(0, np.int64)]
            )
            yesterday = past_days(person.agent, person.axis).get(-1)
            start = letter.get(yesterday.shift, 0) if yesterday else 0
            every = np.broadcast_to(letters, space.allowed.shape)
            space.tracks.append(Track(self.name, every, np.zeros(len(every), np.int64), table, start))

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            forbidden = set(case.contract(name).forbidden_next)
            past = [(day, shift.shift) for day, shift in past_days(case.agents[name], case.axis).items()]
            for (before, one), (after, two) in pairwise(sorted(past + [(s.day, s.template) for s in shifts])):
                if after == before + 1 and after >= 0 and (one, two) in forbidden:
                    yield case.violation(self.name, name, after, f"{two} on the day after {one}")

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        return "no " + ", no ".join(f"{after} on the day after {before}" for before, after in person.contract.forbidden_next)

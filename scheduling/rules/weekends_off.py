"""Of any n weekends in a row so many are free: no shift starts on their Saturday or Sunday."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from scheduling.rules.base import Case, Person, Rule, Violation, week_of
from scheduling.rules.past import past_days
from scheduling.space import Space, Track
from wfm.model import TimeAxis
from wfm.model.arrays import IntArray

OTHER, SAT_OFF, SAT_ON, SUN_OFF, SUN_ON = range(5)


class WeekendsOff(Rule):
    name = "weekends off"

    def narrow(self, person: Person, space: Space) -> None:
        contract, axis = person.contract, person.axis
        if contract.weekends_off:
            weekday = axis.weekday[:, None]
            on = np.where(weekday == 5, SAT_ON, np.where(weekday == 6, SUN_ON, OTHER))
            off = np.where(weekday[:, 0] == 5, SAT_OFF, np.where(weekday[:, 0] == 6, SUN_OFF, OTHER))
            table = weekends_table(contract.weekends_off, contract.weekends_of)
            letters = np.broadcast_to(on, space.allowed.shape)
            space.tracks.append(Track(self.name, letters, off, table, _start(past_days(person.agent, axis), axis, contract.weekends_of)))

    def check(self, case: Case) -> Iterator[Violation]:
        for name, shifts in case.shifts.items():
            contract, axis = case.contract(name), case.axis
            worked = weekends(axis, {s.day for s in shifts} | past_days(case.agents[name], axis).keys()) if contract.weekends_off else {}
            for week, last in sorted(worked.items()):
                near = [w for w in worked if week - contract.weekends_of < w <= week]
                if last >= 0 and len(near) > contract.weekends_of - contract.weekends_off:
                    text = f"{len(near)} weekends worked of {contract.weekends_of}, at least {contract.weekends_off} must be free"
                    yield case.violation(self.name, name, last, text)

    def words(self, person: Person, days: frozenset[date] | None = None) -> str:
        of, axis = person.contract.weekends_of, person.axis
        held = weekends(axis, set(past_days(person.agent, axis)))
        run = sum(week_of(axis, 0) - of < week < week_of(axis, 0) for week in held)
        before = f", {run} of which {'was' if run == 1 else 'were'} worked just before the plan" if run else ""
        return f"{person.contract.weekends_off} of any {of} weekends in a row off{before}"


def weekends(axis: TimeAxis, days: set[int]) -> dict[int, int]:
    """The last of some days in each weekend that holds any, by week."""
    held = sorted(day for day in days if (axis.start.weekday() + day) % 7 >= 5)
    return {week_of(axis, day): day for day in held}


def weekends_table(free: int, of: int) -> IntArray:
    """States: the weekends worked among the last of − 1 as bits, twice: without and with this Saturday. Letters as above."""
    masks = 1 << (of - 1)
    table = np.full((2 * masks, 5), -1, np.int64)
    for state in range(2 * masks):
        mask, saturday = state >> 1, state & 1
        may = mask.bit_count() + 1 <= of - free
        table[state, OTHER] = state
        table[state, SAT_OFF] = mask << 1
        table[state, SAT_ON] = mask << 1 | 1 if may else -1
        table[state, SUN_OFF] = _shifted(mask, saturday, masks) << 1
        table[state, SUN_ON] = _shifted(mask, 1, masks) << 1 if may else -1
    return table


def _shifted(mask: int, worked: int, masks: int) -> int:
    return (mask << 1 | worked) & (masks - 1)


def _start(past: dict[int, object], axis: TimeAxis, of: int) -> int:
    """The state before the plan."""
    worked, this = weekends(axis, set(past)), week_of(axis, 0)
    mask = sum(1 << (k - 1) for k in range(1, of) if this - k in worked)
    return mask << 1 | int(axis.start.weekday() == 6 and this in worked)

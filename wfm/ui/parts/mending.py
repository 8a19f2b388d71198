"""What a mended roster means in figures: whom it touches, what the others are paid more, which rules were bought off."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from scheduling import Change, Repaired
from scheduling.rules import RULES, Case, Charge
from scheduling.rules.max_hours import paid_weeks, usual_minutes
from wfm.model import Roster, Workforce
from wfm.ui.parts.text import counted, name_key

AWAY, OFF, INSIDE = "away", "off", "only breaks or training move"


Day = tuple[str, date]
"""An agent's name and a date."""


@dataclass(frozen=True)
class Effect:
    """More than as published, of everybody but the absent. pay: in the centre's currency. overtime: paid hours beyond the usual most of
    their weeks. charges: rules bought off that were kept before.
    """

    paid_hours: float
    pay: float
    overtime: float
    charges: tuple[Charge, ...]


def effect(before: Roster, after: Roster, workforce: Workforce, gone: Collection[str]) -> Effect:
    """What the others bear, read from both rosters."""
    old, new = (_Paid.of(Case(roster, workforce, roster.axis), gone) for roster in (before, after))
    return Effect(new.hours - old.hours, new.pay - old.pay, new.overtime - old.overtime, tuple(sorted(new.charges - old.charges)))


@dataclass(frozen=True)
class _Paid:
    hours: float
    pay: float
    overtime: float
    charges: frozenset[Charge]

    @classmethod
    def of(cls, case: Case, gone: Collection[str]) -> _Paid:
        others = [person for person in case.persons if person.agent.name not in gone]
        hours = {p.agent.name: sum(shift.paid_minutes for shift in case.shifts[p.agent.name]) / 60 for p in others}
        pay = sum(hours[p.agent.name] * p.contract.cost_per_hour for p in others)
        weeks = ((p, week, minutes) for p in others for week, (_, minutes) in enumerate(paid_weeks(case, p.agent.name)))
        overtime = sum(max(minutes - usual_minutes(person, week), 0) for person, week, minutes in weeks) / 60
        charges = frozenset(charge for rule in RULES for charge in rule.charges(case) if charge.agent not in gone)
        return cls(sum(hours.values()), pay, overtime, charges)


def summary(changes: Sequence[Change], gone: Collection[Day]) -> str:
    """How many days change, and what that number is made of."""
    kinds = [kind(change, gone) for change in changes]
    away = sum(told == AWAY for told in kinds)
    inside = sum(told == INSIDE for told in kinds)
    shifts = len(kinds) - away - inside
    people = len({change.agent for change, told in zip(changes, kinds, strict=True) if told != AWAY})
    mine, others = counted(away, "day"), f"{counted(shifts + inside, 'day')} of {counted(people, 'person', 'people')}"
    inner = f"{counted(inside, 'day')} on which only breaks or training move"
    return f"{mine} away, and {others} besides: {counted(shifts, 'shift')} moved, given or taken, {inner}."


def kind(change: Change, gone: Collection[Day]) -> str:
    """What happens to somebody on a day. gone: who is away on which days."""
    if (change.agent, change.day) in gone or change.away:
        return AWAY
    if not change.shift:
        return INSIDE
    if change.before == OFF:
        return "works on a day off"
    return "free instead of a shift" if change.after == OFF else "another shift"


def table(changes: Sequence[Change], gone: Collection[Day]) -> pd.DataFrame:
    """A row for each day of somebody's that changes: by day, the absent first, then other shifts, then what moves inside a shift."""
    order = sorted(changes, key=lambda c: (c.day, kind(c, gone) != AWAY, not c.shift, name_key(c.agent)))
    rows = [
        {
            "Day": f"{c.day:%a %d %b}",
            "Who": c.agent,
            "What": kind(c, gone),
            "Before": c.before,
            "After": c.after,
        }
        for c in order
    ]
    return pd.DataFrame(rows, columns=["Day", "Who", "What", "Before", "After"])


def offers(found: Repaired, workforce: Workforce, currency: str) -> pd.DataFrame:
    """Overtime that could be offered, with what its pay comes to."""
    rate = {agent.name: workforce.contract_of[agent.contract].cost_per_hour for agent in workforce.agents}
    rows = [
        {
            "Day": f"{offer.day:%a %d %b}",
            "Who": offer.agent,
            "Before": offer.before,
            "After": offer.after,
            "Paid hours more": f"{offer.paid_hours:g}",
            f"Pay ({currency})": f"{offer.paid_hours * rate.get(offer.agent, 0.0):,.0f}",
            "Covers (agent-hours)": f"{offer.covered_hours:.1f}",
        }
        for offer in found.offers
    ]
    return pd.DataFrame(rows)


def cover(before: Mapping[str, float], after: Mapping[str, float]) -> pd.DataFrame:
    """Agent-hours short of each queue, as published and mended."""
    rows = [
        {
            "Queue": queue,
            "Short as published (h)": f"{before.get(queue, 0.0):,.1f}",
            "Short then (h)": f"{short:,.1f}",
            "Change (h)": f"{short - before.get(queue, 0.0):+,.1f}",
        }
        for queue, short in after.items()
    ]
    return pd.DataFrame(rows)

"""Two people who would exchange shifts: what rules it breaks, and what it does to cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from scheduling.checker import check
from scheduling.price import objective
from scheduling.repair.published import named
from scheduling.repair.verify import unknown
from scheduling.rules import Violation
from scheduling.rules.base import say
from wfm.errors import Fault, InputError
from wfm.model import Kind, Requirement, Roster, ScheduleSettings, Shift, Workforce


@dataclass(frozen=True, eq=False)
class Swap:
    """roster: after the swap. violations: rules it breaks that were kept before. price, short_hours: before and after, of the whole plan;
    None where no requirement was given.
    """

    roster: Roster
    violations: tuple[Violation, ...]
    price: tuple[float, float] | None = None
    short_hours: tuple[float, float] | None = None

    @property
    def allowed(self) -> bool:
        return not self.violations


def swap_allowed(
    published: Roster,
    workforce: Workforce,
    give: tuple[str, date],
    take: tuple[str, date],
    required: Requirement | None = None,
    settings: ScheduleSettings | None = None,
) -> Swap:
    """What happens if `give`'s agent hands their shift of that day to `take`'s agent, and the other way round.

    Where one of them is off on that day, that side hands over nothing. Sessions stay in the shift, so the checker tells of one missed.
    Raises InputError for unknown names, dates outside the plan, and where neither has a shift.
    """
    verify_swap(published, workforce, (give, take))
    before = named(published, workforce)
    after = _swapped(before, workforce, give, take)
    old = set(check(before, workforce))
    broken = tuple(v for v in check(after, workforce) if v not in old)
    if required is None:
        return Swap(after, broken)
    told = [_effect(roster, workforce, required, settings or ScheduleSettings()) for roster in (before, after)]
    return Swap(after, broken, (told[0][0], told[1][0]), (told[0][1], told[1][1]))


def verify_swap(published: Roster, workforce: Workforce, days: Sequence[tuple[str, date]]) -> None:
    """Raises InputError with all that is wrong with the people and days of a swap."""
    faults = [fault for name, day in days for fault in unknown("swap", name, day, workforce, published.axis)]
    if not faults and len(days) == 2 and not any(_shifts(published, one) for one in days):
        off = " and ".join(f"{name} on {say(day)}" for name, day in days)
        faults = [Fault("", "swap", f"two days off: {off}", "at least one shift")]
    if faults:
        raise InputError(dict.fromkeys(faults))


def _shifts(roster: Roster, one: tuple[str, date]) -> list[Shift]:
    return [shift for shift in roster.of(one[0]) if roster.axis.dates[shift.day] == one[1]]


def _swapped(roster: Roster, workforce: Workforce, give: tuple[str, date], take: tuple[str, date]) -> Roster:
    skills = {agent.name: agent.skills for agent in workforce.agents}
    given, taken = _shifts(roster, give), _shifts(roster, take)
    rest = [shift for shift in roster.shifts if shift not in given and shift not in taken]
    handed = [_to(s, take[0], skills[take[0]]) for s in given] + [_to(s, give[0], skills[give[0]]) for s in taken]
    return replace(roster, shifts=(*rest, *handed))


def _to(shift: Shift, agent: str, skills: tuple[str, ...]) -> Shift:
    """The shift in other hands, who work for the queues they have the skill for."""
    parts = tuple(replace(part, queues=skills) if part.kind is Kind.WORK else part for part in shift.segments)
    return replace(shift, agent=agent, segments=parts)


def _effect(roster: Roster, workforce: Workforce, required: Requirement, settings: ScheduleSettings) -> tuple[float, float]:
    """Price, and agent-hours short."""
    price = objective(roster, workforce, required, settings)
    short = np.maximum(np.nan_to_num(required.rostered) - price.present, 0.0).sum() * required.axis.step_minutes / 60
    return price.total, float(short)

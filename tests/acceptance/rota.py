"""The rules of rotas, recomputed from dates and aware datetimes: nights, weekends, patterns, successions, locks and last week's shifts."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from wfm.model import Agent, Contract, Scenario

Worked = dict[date, tuple[datetime, datetime]]
DAY = timedelta(days=1)


def faults(agent: Agent, inside: Worked, scenario: Scenario) -> Iterator[str]:
    """Every broken rule of one person. inside: first and last moment of the shift of each day worked in the plan."""
    contract, first, zone = scenario.workforce.contract_of[agent.contract], scenario.axis.start, ZoneInfo(scenario.axis.timezone)
    past = {p.day: (_at(p.day, p.start, zone), _at(p.day, p.end, zone)) for p in agent.history if p.day < first}
    worked = past | inside
    names = {p.day: p.shift for p in agent.history} | {day: _name(day, *span, contract, scenario) for day, span in inside.items()}
    for before, after in pairwise(sorted(worked)):
        if after >= first:
            yield from _pair_faults(before, after, worked, names, contract)
    yield from _run_faults(worked, first, contract)
    yield from _weekend_faults(worked, first, contract)
    yield from _fixed_faults(agent, inside, names, contract, scenario)


def _at(day: date, wall: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=wall // 1440), time(wall % 1440 // 60, wall % 60), zone)


def _minute(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _name(day: date, start: datetime, end: datetime, contract: Contract, scenario: Scenario) -> str:
    length = (end.timestamp() - start.timestamp()) / 60
    fits = (t.name for t in scenario.workforce.templates(contract) if _minute(start) in t.starts() and length in t.lengths)
    return next(fits, "")  # a shift that fits no template is a fault of its own, told elsewhere


def _night(span: tuple[datetime, datetime]) -> bool:
    threes = (datetime.combine(span[0].date() + k * DAY, time(3), span[0].tzinfo) for k in (0, 1))
    return any(span[0].timestamp() <= three.timestamp() < span[1].timestamp() for three in threes)


def _pair_faults(before: date, after: date, worked: Worked, names: dict[date, str], contract: Contract) -> Iterator[str]:
    off = (after - before).days - 1
    one, two = worked[before], worked[after]
    if (two[0].timestamp() - one[1].timestamp()) / 3600 < contract.rest_hours:
        yield f"too little rest before {after}"
    if 0 < off < contract.min_days_off:
        yield f"{off} days off before {after}"
    if _night(one) and not _night(two) and off < contract.days_off_after_nights:
        yield f"{off} days off after the night of {before}"
    if off == 0 and (names[before], names[after]) in contract.forbidden_next:
        yield f"{names[after]} after {names[before]} on {after}"
    if off == 0 and contract.forward_minutes is not None and _minute(two[0]) < _minute(one[0]) - contract.forward_minutes:
        yield f"back in the day on {after}"


def _run_faults(worked: Worked, first: date, contract: Contract) -> Iterator[str]:
    nights = {day for day, span in worked.items() if _night(span)}
    for days, most, what in ((set(worked), contract.max_consecutive_days, "days"), (nights, contract.max_nights, "nights")):
        for day in sorted(days) if most is not None else ():
            if day >= first and all(day - k * DAY in days for k in range(most + 1)):
                yield f"more than {most} {what} in a row on {day}"


def _weekend_faults(worked: Worked, first: date, contract: Contract) -> Iterator[str]:
    saturdays = {day - (day.weekday() - 5) * DAY for day in worked if day.weekday() >= 5}
    for last in sorted(saturdays) if contract.weekends_off else ():
        near = [last - 7 * k * DAY for k in range(contract.weekends_of) if last - 7 * k * DAY in saturdays]
        if last + DAY >= first and len(near) > contract.weekends_of - contract.weekends_off:
            yield f"{len(near)} weekends worked of {contract.weekends_of} up to {last}"


def _fixed_faults(agent: Agent, inside: Worked, names: dict[date, str], contract: Contract, scenario: Scenario) -> Iterator[str]:
    monday = scenario.axis.start - scenario.axis.start.weekday() * DAY
    for day in scenario.axis.dates:
        week = (day - monday).days // 7 + agent.pattern_week
        said = contract.pattern[week % len(contract.pattern)][day.weekday()] if contract.pattern else ""
        free = day in agent.time_off or day in scenario.workforce.closed
        if said and (day in inside) != (said != "off" and not free):
            yield f"the pattern says {said} on {day}"
        if day in inside and said not in ("", "any", names[day]):
            yield f"works {names[day]} on {day}, the pattern says {said}"
    for lock in agent.locks:
        span = inside.get(lock.day)
        fits = span is not None and lock.shift in ("", names[lock.day]) and lock.start in (None, _minute(span[0]))
        if lock.day in scenario.axis.dates and (span is not None if lock.off else not fits):
            yield f"not as locked on {lock.day}"
    for day, (start, end) in inside.items():
        zone = ZoneInfo(scenario.axis.timezone)
        if start < _at(day, agent.earliest, zone) or end > _at(day, agent.latest, zone):
            yield f"outside their own hours on {day}"

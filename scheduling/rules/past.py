"""What lies just before the plan: last week's shifts, as far as the rules have to look back."""

from __future__ import annotations

from collections.abc import Iterable

from wfm.model import Agent, PastShift, TimeAxis


def past_days(agent: Agent, axis: TimeAxis) -> dict[int, PastShift]:
    """Shifts before the plan by the index of the day on which they start, which is below 0."""
    days = {axis.day_index(past.day): past for past in sorted(agent.history)}
    return {day: past for day, past in days.items() if day < 0}


def last_end(agent: Agent, axis: TimeAxis) -> int | None:
    """Elapsed minute at which the last shift before the plan ends, below 0 or just above; None where none is known."""
    return max((axis.minute(day, past.end) for day, past in past_days(agent, axis).items()), default=None)


def run_before(worked: Iterable[int]) -> int:
    """Days worked in a row just before the plan."""
    days, run = set(worked), 0
    while -1 - run in days:
        run += 1
    return run


def off_before(worked: Iterable[int]) -> int | None:
    """Days off just before the plan since a day worked; None where none is known."""
    last = max((day for day in worked if day < 0), default=None)
    return None if last is None else -1 - last


def is_night(axis: TimeAxis, day: int, start: int, end: int) -> bool:
    """Whether a shift (elapsed minutes) that starts on a day is a night: under way at 3:00."""
    return any(start <= axis.minute(d, 180) < end for d in (day, day + 1))


def nights_before(agent: Agent, axis: TimeAxis) -> set[int]:
    """Days before the plan on which a night starts."""
    days = past_days(agent, axis)
    return {d for d, past in days.items() if is_night(axis, d, axis.minute(d, past.start), axis.minute(d, past.end))}

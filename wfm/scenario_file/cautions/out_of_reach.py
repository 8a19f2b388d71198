"""Open hours that no shift of anybody with the skill can reach."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wfm.model import Agent, Scenario, ShiftTemplate, TimeAxis, Workforce
from wfm.model.arrays import BoolArray

MOST_STRETCHES = 4
TWO_DAYS = 2880

Available = tuple[tuple[int, int] | None, ...]


def out_of_reach(scenario: Scenario) -> Iterator[str]:
    if scenario.roster is not None:  # who works is given, whatever the shifts
        return
    axis, workforce = scenario.axis, scenario.workforce
    for queue in scenario.queues:
        skilled = [agent for agent in workforce.agents if queue.name in agent.skills]
        is_open = queue.hours.mask(axis, scenario.calendar.closed)
        missed = is_open & ~_reached(workforce, skilled, axis)
        if skilled and missed.any():
            hours, of = (int(mask.sum()) * axis.step_minutes / 60 for mask in (missed, is_open))
            yield (
                f"queue {queue.name}: no shift reaches {hours:g} of its {of:g} open hours: {_stretches(missed, axis)}"
                + (" (nobody is carried in from the evening before the plan)" if missed[0] else "")
            )


def _reached(workforce: Workforce, agents: list[Agent], axis: TimeAxis) -> BoolArray:
    """Intervals that lie wholly inside some allowed shift of some of these agents, shape (intervals,)."""
    reached = np.zeros(axis.minutes + TWO_DAYS, bool)
    for (contract, available), days in _working_days(workforce, agents, axis).items():
        for template in workforce.templates(workforce.contract_of[contract]):
            for day in np.flatnonzero(days & np.array(template.weekdays)[axis.weekday]):
                for begin, end in _shifts(template, available[axis.weekday[day]]):
                    elapsed = axis.minute(int(day), begin)
                    reached[elapsed : elapsed + end - begin] = True
    return np.asarray(reached[: axis.minutes].reshape(-1, axis.step_minutes).all(axis=1))


def _working_days(workforce: Workforce, agents: list[Agent], axis: TimeAxis) -> dict[tuple[str, Available], BoolArray]:
    """Days on which somebody of a contract and availability may work, each of shape (days,)."""
    found: dict[tuple[str, Available], BoolArray] = {}
    for agent in agents:
        days = np.array([day not in agent.time_off | workforce.closed for day in axis.dates])
        key = (agent.contract, agent.available)
        found[key] = found.get(key, False) | days
    return found


def _shifts(template: ShiftTemplate, span: tuple[int, int] | None) -> list[tuple[int, int]]:
    """(start, end) in wall-clock minutes of every shift of the template that keeps to (earliest start, latest end)."""
    earliest, latest = span or (1, 0)
    return [(start, start + n) for start in template.starts() for n in template.lengths if earliest <= start and start + n <= latest]


def _stretches(missed: BoolArray, axis: TimeAxis) -> str:
    """Runs of intervals in words, those at the same time of day together, the first few of them."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], missed, [False]]).astype(int))) * axis.step_minutes
    days: dict[str, list[str]] = {}
    for begin, end in edges.reshape(-1, 2):
        days.setdefault(f"{axis.local(begin):%H:%M}–{axis.local(end):%H:%M}", []).append(f"{axis.local(begin):%a %d %b}")
    told = [f"{when} on {on[0]}" + (f" and {len(on) - 1} other days" if len(on) > 1 else "") for when, on in days.items()]
    rest = len(told) - MOST_STRETCHES
    return "; ".join(told[:MOST_STRETCHES]) + (f"; and {rest} more stretches" if rest > 0 else "")

"""What a roster costs, recomputed from the roster alone; nothing here is shared with the engines but the price of a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from scheduling.grid import cell_minutes
from scheduling.rules import RULES, Case
from wfm.model import Kind, Requirement, Roster, ScheduleSettings, Shift, TimeAxis, Workforce
from wfm.model.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Price:
    """parts: by under, deep_under, over, paid, and the rules bought off.

    present (queues, intervals): mean number of agents counted for each queue.

    cover (queues, intervals): what was paid there for agents missing or too many; its sum is that of the first three parts.
    """

    parts: Mapping[str, float]
    present: FloatArray
    cover: FloatArray

    @property
    def total(self) -> float:
        return float(sum(self.parts.values()))


def objective(roster: Roster, workforce: Workforce, required: Requirement, settings: ScheduleSettings) -> Price:
    """The price of a roster in the units of the settings.

    A person counts in a cell of the grid when they work all of it, for one of their queues: people are spread at the least price, by an
    assignment problem per cell (people with several skills × places on queues).
    """
    minutes = cell_minutes(workforce, settings)
    per_interval = required.axis.step_minutes // minutes
    need = np.repeat(np.maximum(np.nan_to_num(required.rostered), 0.0), per_interval, axis=1)
    groups, counts = _counts(roster, workforce, required, minutes, need.shape[1])
    present = _spread(need, groups, counts, settings)
    missing, over = np.maximum(need - present, 0.0), np.maximum(present - need, 0.0)
    deep = np.maximum(missing - 0.1 * need, 0.0)
    hours = minutes / 60
    paid = sum(shift.paid_minutes for shift in roster.shifts) / 60
    parts = {
        "under": settings.under_price * hours * float((missing - deep).sum()),
        "deep_under": settings.deep_under_price * hours * float(deep.sum()),
        "over": settings.over_price * hours * float(over.sum()),
        "paid": settings.paid_price * paid,
    }
    parts |= charged(roster, workforce, required.axis)
    cover = hours * (settings.under_price * (missing - deep) + settings.deep_under_price * deep + settings.over_price * over)
    cells = (len(need), required.axis.n_intervals, per_interval)
    return Price(parts, present.reshape(cells).mean(axis=2), cover.reshape(cells).sum(axis=2))


def charged(roster: Roster, workforce: Workforce, axis: TimeAxis) -> dict[str, float]:
    """What each rule that may be bought off was paid, those without a price left out."""
    case = Case(roster, workforce, axis)
    prices = {rule.name: sum(charge.price for charge in rule.charges(case)) for rule in RULES}
    return {name: price for name, price in prices.items() if price}


def _counts(
    roster: Roster, workforce: Workforce, required: Requirement, minutes: int, cells: int
) -> tuple[list[tuple[int, ...]], IntArray]:
    """Skill sets (queue indexes) and how many people of each work in each cell, shape (sets, cells)."""
    skills = {a.name: tuple(q for q, name in enumerate(required.queues) if name in a.skills) for a in workforce.agents}
    groups = sorted({s for s in skills.values() if s})
    counts = np.zeros((len(groups), cells), np.int64)
    for shift in roster.shifts:
        if skills[shift.agent]:
            worked = [c for c in worked_cells(shift, minutes) if c < cells]
            counts[groups.index(skills[shift.agent]), worked] += 1
    return groups, counts


def worked_cells(shift: Shift, minutes: int) -> list[int]:
    """Cells that lie wholly in the working parts of a shift."""
    cells: list[int] = []
    for part in shift.segments:
        if part.kind is Kind.WORK:
            cells += range(-(-part.start // minutes), part.end // minutes)
    return cells


def _spread(need: FloatArray, groups: list[tuple[int, ...]], counts: IntArray, settings: ScheduleSettings) -> FloatArray:
    """People counted for each queue, shape (queues, cells)."""
    present = np.zeros(need.shape)
    for group, count in zip(groups, counts, strict=True):
        if len(group) == 1:
            present[group[0]] += count
    many = [g for g, group in enumerate(groups) if len(group) > 1]
    memo: dict[bytes, FloatArray] = {}
    for cell in np.flatnonzero(counts[many].any(axis=0)).tolist():
        key = need[:, cell].tobytes() + counts[many, cell].tobytes() + present[:, cell].tobytes()
        if key not in memo:
            memo[key] = _assigned(need[:, cell], present[:, cell], [groups[g] for g in many for _ in range(counts[g, cell])], settings)
        present[:, cell] += memo[key]
    return present


def _assigned(need: FloatArray, present: FloatArray, people: list[tuple[int, ...]], settings: ScheduleSettings) -> FloatArray:
    """Extra people on each queue at the least price: the k-th place of a queue costs what the k-th person there changes."""
    places = present[:, None] + np.arange(len(people) + 1)
    missing = np.maximum(need[:, None] - places, 0.0)
    deep = np.maximum(missing - 0.1 * need[:, None], 0.0)
    price = (
        settings.under_price * (missing - deep)
        + settings.deep_under_price * deep
        + settings.over_price * np.maximum(places - need[:, None], 0)
    )
    change = np.diff(price, axis=1)
    allowed = np.array([[queue in skills for queue in range(len(need))] for skills in people])
    table = np.where(allowed[:, :, None], change[None], 1e9).reshape(len(people), -1)
    _, column = linear_sum_assignment(table)
    return np.bincount(column // len(people), minlength=len(need)).astype(float)

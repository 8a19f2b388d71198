"""The five meanings of *service level*, as a top and a bottom of a ratio. One place, so that every figure means the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wfm.model import Outcome, Queue, ServiceLevel
from wfm.model.arrays import BoolArray, FloatArray

Columns = Mapping[str, FloatArray]
"""Sums by their name, all of one shape."""

SUMS = (
    "offered",
    "answered",
    "answered_in_target",
    "abandoned",
    "abandoned_in_target",
    "unanswered",
    "virtual_in_target",
    "wait_s",
    "wait_answered_s",
    "busy_s",
)
"""Fields of `Outcome` by (replication, queue, interval) that may be summed."""


@dataclass(frozen=True)
class Definition:
    """What is divided by what; words say it for the reader."""

    top: Callable[[Columns], FloatArray]
    bottom: Callable[[Columns], FloatArray]
    words: str


DEFINITIONS: dict[ServiceLevel, Definition] = {
    ServiceLevel.OFFERED: Definition(
        lambda c: c["answered_in_target"], lambda c: c["offered"], "contacts answered within the target time ÷ contacts offered"
    ),
    ServiceLevel.ANSWERED: Definition(
        lambda c: c["answered_in_target"], lambda c: c["answered"], "contacts answered within the target time ÷ contacts answered"
    ),
    ServiceLevel.ABANDONS_MET: Definition(
        lambda c: c["answered_in_target"] + c["abandoned_in_target"],
        lambda c: c["offered"],
        "contacts answered or abandoned within the target time ÷ contacts offered",
    ),
    ServiceLevel.ABANDONS_EXCLUDED: Definition(
        lambda c: c["answered_in_target"],
        lambda c: c["offered"] - c["abandoned_in_target"],
        "contacts answered within the target time ÷ contacts offered, without those abandoned within it",
    ),
    ServiceLevel.VIRTUAL: Definition(
        lambda c: c["virtual_in_target"],
        lambda c: c["offered"],
        "share of contacts for which somebody who never hangs up would wait at most the target time",
    ),
}


def by_interval(outcome: Outcome, index: int) -> dict[str, FloatArray]:
    """The sums of one queue, each (replications, intervals)."""
    return {name: getattr(outcome, name)[:, index] for name in SUMS}


def own(queue: Queue, columns: Columns) -> tuple[FloatArray, FloatArray]:
    """Top and bottom of the queue's own service level."""
    definition = DEFINITIONS[queue.target.definition]
    return definition.top(columns), definition.bottom(columns)


def meets(share: float, columns: Columns, top: FloatArray, bottom: FloatArray) -> BoolArray:
    """Where top ÷ bottom reaches the share: yes where nobody came, no where contacts came but none counts (the level is undefined)."""
    met: BoolArray = (top >= share * bottom - 1e-9) & ((bottom > 0) | (columns["offered"] <= 0))
    return met

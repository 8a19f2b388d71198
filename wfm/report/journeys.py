"""What contacts went through besides waiting and being served, where a scenario says that they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wfm.model import Measure, Outcome
from wfm.model.arrays import FloatArray
from wfm.report import estimates

CENTRE = ""
Sums = dict[str, FloatArray]
"""Sums over the plan by their name in `Outcome`, each (replications,)."""


@dataclass(frozen=True)
class Told:
    """A measure: top ÷ bottom, told where the plan has any of `field`."""

    name: str
    label: str
    unit: str
    field: str
    bottom: Callable[[Sums, Outcome], FloatArray]
    words: str


def _attempts(sums: Sums, _outcome: Outcome) -> FloatArray:
    return sums["offered"] + sums["blocked"] + sums["contained"] + sums.get("given_up", 0.0)


def _of(name: str) -> Callable[[Sums, Outcome], FloatArray]:
    return lambda sums, _outcome: sums[name]


def _measured_s(sums: Sums, outcome: Outcome) -> FloatArray:
    return np.full(len(sums["offered"]), (outcome.axis.n_intervals - outcome.warm_up) * outcome.axis.step_minutes * 60.0)


TOLD = (
    Told("blocked", "Busy signal", "share", "blocked", _attempts, "attempts without a free line or place to wait ÷ attempts"),
    Told("contained", "Done in the menu", "share", "contained", _attempts, "attempts that needed nobody after the menu ÷ attempts"),
    Told("given_up", "Hung up in the menu", "share", "given_up", _attempts, "attempts that hung up in the menu ÷ attempts"),
    Told(
        "promised",
        "Call back taken",
        "share",
        "promised",
        _of("offered"),
        "contacts that took an offer instead of waiting ÷ contacts offered",
    ),
    Told(
        "redialled",
        "Redials",
        "share",
        "redialled",
        _attempts,
        "attempts that followed a busy signal, hanging up or being cut off ÷ attempts",
    ),
    Told(
        "repeated",
        "Repeats",
        "share",
        "repeated",
        _of("offered"),
        "contacts that came again because nothing was settled ÷ contacts offered",
    ),
    Told(
        "transferred", "Passed on to here", "share", "transferred", _of("offered"), "contacts passed on by another queue ÷ contacts offered"
    ),
    Told("lines_in_use", "Lines in use", "contacts", "line_s", _measured_s, "lines held by contacts, mean over the plan's time"),
)
LABELS = {told.name: told.label for told in TOLD}


SHARES = tuple(told.name for told in TOLD if told.unit == "share")


def known(outcome: Outcome) -> tuple[Told, ...]:
    """Those that the outcome has anything to tell of."""
    values = ((told, getattr(outcome, told.field)) for told in TOLD)
    return tuple(told for told, value in values if value is not None and value.any())


def counted(outcome: Outcome) -> tuple[str, ...]:
    """Fields of the outcome that they are made of."""
    names = dict.fromkeys(("offered", "blocked", "contained", "given_up", *(told.field for told in TOLD)))
    return tuple(name for name in names if getattr(outcome, name) is not None)


def journey_measures(outcome: Outcome) -> tuple[Measure, ...]:
    """Those that the outcome has anything to tell of, for the centre and for each queue."""
    queues = {CENTRE: slice(None), **{queue.name: slice(row, row + 1) for row, queue in enumerate(outcome.queues)}}
    found = []
    for queue, rows in queues.items():
        sums = {name: getattr(outcome, name)[:, rows].sum(axis=(1, 2)) for name in counted(outcome)}
        found += [_measure(told, queue, sums, outcome) for told in known(outcome)]
    return tuple(found)


def _measure(told: Told, queue: str, sums: Sums, outcome: Outcome) -> Measure:
    top, bottom = sums[told.field], told.bottom(sums, outcome)
    estimate = estimates.ratio(top, bottom, high=1.0 if told.unit == "share" else np.inf, volume=outcome.volume)
    return Measure(told.name, queue, estimate.value, estimate.low, estimate.high, told.unit, told.words)

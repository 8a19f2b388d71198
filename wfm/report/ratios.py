"""The simulated measures: each a ratio of sums with its name, unit and definition. A new measure is a new line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from wfm.model import WAIT_EDGES_S, Measure
from wfm.model.arrays import FloatArray
from wfm.report import estimates
from wfm.report.estimates import Estimate
from wfm.report.service import DEFINITIONS, Columns
from wfm.report.totals import WAITED, centre_columns, queue_columns, queues_in


@dataclass(frozen=True)
class Ratio:
    """A measure that is a sum ÷ a sum.

    label: heading for people. empty: value where nobody came; where contacts came but none counts the value is nan, see `nothing`.
    live: the centre's figure leaves e-mail out. scope: "both", "queue" or "centre". better: +1 where more is better, −1 where less is,
    0 where neither. trials: yes-or-no trials, see `estimates.proportion`.
    """

    name: str
    label: str
    unit: str
    top: Callable[[Columns], FloatArray]
    bottom: Callable[[Columns], FloatArray]
    words: str
    empty: float = 0.0
    live: bool = False
    scope: str = "both"
    better: int = 0
    trials: bool = False

    def fits(self, queue: str) -> bool:
        """Whether the measure exists for a queue ("" for the centre)."""
        return self.scope in ("both", "queue" if queue else "centre")

    def value(self, columns: Columns) -> float:
        return estimates.ratio_value(self.top(columns), self.bottom(columns), self.nothing(columns))

    def nothing(self, columns: Columns) -> float:
        """The value where there is nothing to divide by: `empty` if nobody came, undefined (nan) if people came and nobody was served."""
        return np.nan if np.any(columns["offered"] > 0) else self.empty

    def estimate(self, columns: Columns) -> Estimate:
        top, bottom = self.top(columns), self.bottom(columns)
        if self.trials:
            return estimates.proportion(top, bottom, self.nothing(columns))
        high = 1.0 if self.unit == "share" else np.inf
        return estimates.ratio(top, bottom, self.nothing(columns), high=high, volume=columns.get("volume"))


def _sum(*names: str) -> Callable[[Columns], FloatArray]:
    return partial(_add, names)


def _add(names: tuple[str, ...], columns: Columns) -> FloatArray:
    return np.asarray(np.sum([columns[name] for name in names], axis=0))


def _runs(columns: Columns) -> FloatArray:
    return np.ones(len(columns["offered"]))


def _waiting_longer(first: int, edge: float) -> Ratio:
    how = f"{edge:g} s" if edge < 60 else f"{edge / 60:g} min"
    words = f"contacts answered or abandoned after more than {how} of waiting ÷ contacts answered or abandoned"
    return Ratio(
        f"waiting_over_{edge:g}s", f"Waiting more than {how}", "share", _sum(*WAITED[first:]), _sum(*WAITED), words, live=True, better=-1
    )


RATIOS: tuple[Ratio, ...] = (
    Ratio(
        "service_level",
        "Service level",
        "share",
        _sum("in_target"),
        _sum("counted"),
        "by each queue's own target and definition",
        empty=1.0,
        live=True,
        better=1,
    ),
    *(
        Ratio(
            f"service_level_{meaning}",
            f"Service level ({meaning.replace('_', ' ')})",
            "share",
            definition.top,
            definition.bottom,
            definition.words,
            empty=1.0,
            live=True,
            better=1,
        )
        for meaning, definition in DEFINITIONS.items()
    ),
    Ratio(
        "day_meets_target",
        "Days that meet the target",
        "share",
        _sum("days_met"),
        _sum("days_open"),
        "share of simulated open days on which the target is met",
        empty=1.0,
        better=1,
        trials=True,
    ),
    Ratio(
        "asa_s",
        "Speed of answer",
        "s",
        _sum("wait_answered_s"),
        _sum("answered"),
        "ASA: summed wait of answered contacts ÷ contacts answered",
        live=True,
        better=-1,
    ),
    Ratio(
        "mean_wait_s",
        "Wait of everybody",
        "s",
        _sum("wait_s"),
        _sum("offered"),
        "summed wait of all contacts, those who gave up included ÷ contacts offered",
        live=True,
        better=-1,
    ),
    *(_waiting_longer(i + 1, edge) for i, edge in enumerate(WAIT_EDGES_S)),
    Ratio(
        "abandonment",
        "Abandoned",
        "share",
        _sum("abandoned"),
        _sum("offered"),
        "contacts abandoned ÷ contacts offered",
        live=True,
        better=-1,
    ),
    Ratio(
        "unanswered",
        "Never answered",
        "share",
        _sum("unanswered"),
        _sum("offered"),
        "contacts neither answered nor abandoned by the end of the plan ÷ contacts offered",
        better=-1,
    ),
    Ratio(
        "occupancy",
        "Occupancy",
        "share",
        _sum("busy_s"),
        _sum("present_s"),
        "time spent on contacts ÷ time present on the queues",
        scope="centre",
    ),
    Ratio("offered", "Contacts offered", "contacts", _sum("offered"), _runs, "contacts offered in the whole plan, mean over replications"),
)


def simulated(totals: pd.DataFrame, targets: dict[str, str] | None = None) -> tuple[Measure, ...]:
    """Every ratio for the centre and for each queue of the day totals. targets: a queue's target in words, for its definition."""
    live, everything = centre_columns(totals, live_only=True), centre_columns(totals)
    mixed = bool((totals["live"] > 0).any() and ((totals["queue"] != "") & (totals["live"] == 0)).any())
    note = "; calls and chats together, e-mail is told by queue" if mixed else ""
    found = [_measure(r, "", live if r.live else everything, r.words + note * r.live) for r in RATIOS if r.fits("")]
    for queue in queues_in(totals):
        columns = queue_columns(totals, queue)
        words = (targets or {}).get(queue, "")
        found += [_measure(r, queue, columns, worded(r, columns, words)) for r in RATIOS if r.fits(queue)]
    return tuple(found)


def worded(ratio: Ratio, columns: Columns, target: str) -> str:
    """The definition for one queue: e-mail has a due time, and the own service level names its target."""
    words = ratio.words if ratio.name != "service_level" or not target else f"target {target}"
    due = ratio.name.startswith("service_level") and not np.any(columns["live"])
    return f"within due time: {words}" if due else words


def _measure(ratio: Ratio, queue: str, columns: Columns, words: str) -> Measure:
    found = ratio.estimate(columns)
    return Measure(ratio.name, queue, found.value, found.low, found.high, ratio.unit, words)

"""Scenarios side by side: each against the first, on the same simulated days where the runs are paired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from wfm.report.documents import plain
from wfm.report.estimates import Estimate
from wfm.report.nobody import OF_CONTACTS


@dataclass(frozen=True)
class Row:
    """One measure of all runs. values: one for each run; differences: run − first run, one for each run, the first exactly 0.

    better: +1 where more is better, −1 where less is, 0 where neither. queue: "" for the whole centre.
    """

    measure: str
    queue: str
    label: str
    unit: str
    definition: str
    better: int
    values: tuple[Estimate, ...]
    differences: tuple[Estimate, ...]

    def verdict(self, run: int) -> str:
        """What the difference of a run shows: "more", "less", "no difference shown" or "same"."""
        difference = self.differences[run]
        if difference.low == difference.high == 0:
            return "same"
        if difference.low > 0:
            return "more"
        return "less" if difference.high < 0 else "no difference shown"


@dataclass(frozen=True)
class Flag:
    """A scenario that gains while it trains less than the first."""

    run: str
    text: str


@dataclass(frozen=True)
class Comparison:
    """runs: names, the first is what the others are measured against. notes: what the reader must know about the pairing.

    independent: names of the runs that did not meet the first one's simulated days.
    """

    runs: tuple[str, ...]
    rows: tuple[Row, ...]
    flags: tuple[Flag, ...]
    notes: tuple[str, ...]
    independent: tuple[str, ...] = ()

    @property
    def paired(self) -> bool:
        """Whether all runs met the same simulated days, so that differences are taken replication by replication."""
        return not self.independent

    def says_nothing(self, row: Row, run: int) -> bool:
        """Whether there is no figure to show, as nobody came to the row's queue in this run."""
        return row.measure in OF_CONTACTS and (row.queue, run) in self._empty

    @cached_property
    def _empty(self) -> frozenset[tuple[str, int]]:
        """Queues and numbers of the runs in which nobody came to them."""
        offered = (row for row in self.rows if row.measure == "offered")
        return frozenset((row.queue, run) for row in offered for run, told in enumerate(row.values) if told.value == 0)

    def find(self, measure: str, queue: str = "") -> Row:
        """The row of this measure; raises KeyError where there is none."""
        for row in self.rows:
            if (row.measure, row.queue) == (measure, queue):
                return row
        raise KeyError(f"no row {measure!r} for queue {queue!r}")

    def document(self) -> dict[str, Any]:
        """The comparison as JSON-able values; figures nobody knows are null."""
        rows = [{**plain(row), "verdicts": [row.verdict(i) for i in range(len(self.runs))]} for row in self.rows]
        told = {"runs": list(self.runs), "rows": rows, "flags": plain(self.flags), "notes": list(self.notes)}
        return {**told, "paired": self.paired, "independent": list(self.independent)}

    def table(self) -> pd.DataFrame:
        """A line for each measure, queue and run: value, low, high, and the difference from the first run with its interval."""
        return pd.DataFrame([_line(row, i, run) for row in self.rows for i, run in enumerate(self.runs)], columns=_COLUMNS)


_COLUMNS = ["measure", "queue", "run", "unit", "value", "low", "high", "difference", "difference_low", "difference_high", "verdict"]


def _line(row: Row, index: int, run: str) -> list[Any]:
    value, difference = row.values[index], row.differences[index]
    spread = [value.value, value.low, value.high, difference.value, difference.low, difference.high]
    return [row.measure, row.queue, run, row.unit, *spread, row.verdict(index)]


def names_of(runs: Sequence[str]) -> tuple[str, ...]:
    """The names, told apart where two runs are called the same: plan, plan (2), …"""
    seen: dict[str, int] = {}
    told = []
    for name in runs:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(told)

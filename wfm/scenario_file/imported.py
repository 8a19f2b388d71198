"""Somebody else's forecast, a CSV beside the scenario, on the axis of the plan."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from wfm.errors import Fault
from wfm.model import Demand, OpeningHours, TimeAxis
from wfm.model.arrays import BoolArray
from wfm.scenario_file.reading import read_text
from wfm.scenario_file.wrong import near, shown

MEANS = ("mean", "contacts", "forecast")
DELIMITERS = (",", ";", "\t")
MOST_FAULTS = 20


@dataclass
class Imported:
    """demand: None where anything is at fault; handle_s is unknown (nan) everywhere. Its queues are those that the file has."""

    demand: Demand | None = None
    faults: list[Fault] = field(default_factory=list)


def read_imported(path: Path, file: str, hours: Mapping[str, OpeningHours], closed: frozenset[date], axis: TimeAxis) -> Imported:
    """Columns interval_start, mean (or contacts, or forecast) and queue, the last only where there are several; others are passed over.

    hours: by queue. Stamps without an offset are local. Rows finer than the plan's step are summed, rows outside the plan passed over;
    every open interval of a queue in the file must be there.
    """
    text, faults = read_text(path, file)
    if text is None:
        return Imported(faults=faults)
    head = text.splitlines()[0] if text.strip() else ""
    reader = csv.DictReader(io.StringIO(text), delimiter=max(DELIMITERS, key=head.count))
    columns = [name.strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = columns
    mean = next((name for name in MEANS if name in columns), "")
    if "interval_start" not in columns or not mean or (len(hours) > 1 and "queue" not in columns):
        wanted = "columns interval_start, mean" + (", queue" if len(hours) > 1 else "")
        return Imported(faults=[Fault(file, "header", shown(", ".join(columns)), wanted)])
    rows, faults = _rows(reader, mean, None if "queue" in columns else next(iter(hours)), axis, file)
    return _laid(rows, faults, file, {name: times.mask(axis, closed) for name, times in hours.items()}, axis)


def _laid(rows: list[tuple[str, int, float]], faults: list[Fault], file: str, is_open: dict[str, BoolArray], axis: TimeAxis) -> Imported:
    total = {name: np.zeros(axis.n_intervals) for name in is_open}
    there = {name: np.zeros(axis.n_intervals, bool) for name in is_open}
    for name, interval, value in rows:
        if name in total:
            total[name][interval] += value
            there[name][interval] = True
    faults = [*faults, *_gaps(file, is_open, there, axis, {name for name, _, _ in rows})]
    if faults:
        return Imported(faults=faults)
    found = tuple(name for name, has in there.items() if has.any())
    unknown = np.full((len(found), axis.n_intervals), np.nan)
    return Imported(Demand(axis, found, np.stack([total[name] for name in found]), unknown))


def _rows(
    reader: csv.DictReader[str], mean: str, only: str | None, axis: TimeAxis, file: str
) -> tuple[list[tuple[str, int, float]], list[Fault]]:
    """(queue, interval, value) of every row inside the axis, and what is wrong with rows."""
    rows: list[tuple[str, int, float]] = []
    faults: list[Fault] = []
    for row in reader:
        minute, value = _minute(row["interval_start"], axis), _number(row[mean])
        where = f"line {reader.line_num}, column"
        if minute is None:
            faults.append(Fault(file, f"{where} interval_start", shown(row["interval_start"]), "a time such as 2026-03-02T09:30"))
        elif value is None:
            faults.append(Fault(file, f"{where} {mean}", shown(row[mean]), "a number from 0"))
        elif 0 <= minute < axis.minutes:
            rows.append((only or (row.get("queue") or "").strip(), int(minute // axis.step_minutes), value))
        if len(faults) >= MOST_FAULTS:
            break
    return rows, faults


def _minute(text: str | None, axis: TimeAxis) -> float | None:
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return axis.elapsed((moment if moment.tzinfo else moment.replace(tzinfo=axis.zone)).astimezone(UTC))


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value < math.inf else None


def _gaps(file: str, is_open: dict[str, BoolArray], there: dict[str, BoolArray], axis: TimeAxis, names: set[str]) -> Iterator[Fault]:
    if not any(has.any() for has in there.values()):
        hint = next((hint for name in is_open if (hint := near(name, names)).startswith("did")), "")
        yield Fault(file, "", f"no row of {', '.join(is_open)} in the plan", f"intervals from {axis.dates[0]} to {axis.dates[-1]}", hint)
    for name, has in there.items():
        missing = np.flatnonzero(is_open[name] & ~has)
        if has.any() and len(missing):
            first = axis.stamp(int(axis.interval_minutes[missing[0]]))
            yield Fault(file, f"queue {name}", f"{len(missing)} open intervals missing, the first {first}", "every open interval")

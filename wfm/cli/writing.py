"""Files that a verb alone leaves behind: the same bytes as in a run folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from wfm.model import Forecast, History, Requirement, Roster, State
from wfm.report.exports.forecast_csv import forecast_csv
from wfm.report.exports.requirement_csv import requirement_csv
from wfm.report.exports.roster_csv import roster_csv
from wfm.report.exports.text import csv_bytes, number

MAKERS: dict[type, Callable[[Any], bytes]] = {Forecast: forecast_csv, Requirement: requirement_csv, Roster: roster_csv}


def export_into(out: Path, nouns: Mapping[str, Forecast | Requirement | Roster]) -> list[str]:
    """Write each noun under its file name into `out`; returns the paths written."""
    out.mkdir(parents=True, exist_ok=True)
    for name, noun in nouns.items():
        put(out / name, MAKERS[type(noun)](noun))
    return [str(out / name) for name in nouns]


def write_history(history: History, path: Path) -> int:
    """Write a history as `interval_start,queue,contacts,handle_s,state`; returns the number of rows."""
    axis = history.axis
    stamps = [axis.stamp(minute) for minute in axis.interval_minutes]
    rows = [
        (stamps[i], name, number(history.contacts[q, i]), number(history.handle_s[q, i]), State(history.state[q, i]).name.lower())
        for q, name in enumerate(history.queues)
        for i in np.arange(axis.n_intervals)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, csv_bytes(["interval_start", "queue", "contacts", "handle_s", "state"], rows))
    return len(rows)


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)

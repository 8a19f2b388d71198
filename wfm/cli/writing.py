"""Files that a verb alone leaves behind: the same bytes as in a run folder."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from wfm.errors import Fault, InputError
from wfm.model import Forecast, History, Requirement, Roster, State
from wfm.report.exports.forecast_csv import forecast_csv
from wfm.report.exports.requirement_csv import requirement_csv
from wfm.report.exports.roster_csv import roster_csv
from wfm.report.exports.text import csv_bytes, number

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO)  # not for the user's input to answer for
MAKERS: dict[type, Callable[[Any], bytes]] = {Forecast: forecast_csv, Requirement: requirement_csv, Roster: roster_csv}


def export_into(out: Path, nouns: Mapping[str, Forecast | Requirement | Roster]) -> list[str]:
    """Write each noun under its file name into `out`; returns the paths written."""
    make_folder(out)
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
    make_folder(path.parent)
    put(path, csv_bytes(["interval_start", "queue", "contacts", "handle_s", "state"], rows))
    return len(rows)


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises as `writing_to`."""
    part = path.with_name(f".{path.name}.part")
    with writing_to(path):
        try:
            part.write_bytes(data)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. Raises as `writing_to`."""
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """An OSError inside becomes an InputError that names `path`; a full or broken disk stays an OSError, with `path` as its file."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise InputError(Fault(str(path), "", error.strerror or str(error), "a place that can be written")) from error

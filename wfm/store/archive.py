"""The archive of published forecasts: every version with its data cut-off, a file each, only ever added to and pruned.

A version is written beside its place and moved there under a name of its own, so writers need no lock and readers see whole files only.
What it holds decides its digest: the same forecast published twice stands there once.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from wfm.errors import Fault, InputError
from wfm.model import Forecast
from wfm.store.swap import write_file

FOLDER = "archive"
KEEP_DAYS = 200
"""Versions that end so long before the furthest one go: the update reads sixty days, accuracy by lead a few months."""
DENSE_DAYS = 60
"""Of versions published so long before the newest only the last of each day stays."""
COLUMNS = ["published", "cut_off", "queue", "interval_start", "mean"]
_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"(\d{8}T\d{12}Z)-(\d{8}T\d{12}Z)-(\d{4}-\d{2}-\d{2})-([0-9a-f]{16})\.csv")


@dataclass(frozen=True, order=True)
class Version:
    """published, cut_off: aware, UTC. last: the last day it speaks of."""

    published: datetime
    cut_off: datetime
    last: date
    digest: str
    path: Path


def publish(folder: Path, predicted: Forecast, now: datetime | None = None) -> Path:
    """Add a forecast to the archive and prune what has become old; gives the version's file. Raises InputError where it cannot be written.

    now: aware, for those who replay the past; None for the clock.
    """
    now = now or datetime.now(UTC)
    data = _csv(predicted)
    digest, cut_off = hashlib.sha256(data).hexdigest()[:16], (predicted.known_until or predicted.axis.origin).astimezone(UTC)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        same = [version.path for version in versions(folder) if (version.cut_off, version.digest) == (cut_off, digest)]
        path = same[0] if same else _put(folder, f"{now:{_STAMP}}-{cut_off:{_STAMP}}-{predicted.axis.dates[-1]}-{digest}.csv", data)
        prune(folder)
    except OSError as error:
        raise InputError(Fault(str(folder), "", error.strerror or str(error), "a folder that can be written")) from error
    return path


def _put(folder: Path, name: str, data: bytes) -> Path:
    part = folder / f".{secrets.token_hex(8)}.part"
    write_file(part, data)
    os.replace(part, folder / name)
    return folder / name


def _csv(predicted: Forecast) -> bytes:
    axis = predicted.axis
    stamps = [axis.stamp(int(minute)) for minute in axis.interval_minutes]
    rows = {"queue": np.repeat(predicted.queues, axis.n_intervals), "interval_start": stamps * len(predicted.queues)}
    table = pd.DataFrame(rows | {"mean": predicted.mean.ravel()})
    text: str = table.to_csv(index=False, lineterminator="\n", float_format="%.6g")
    return text.encode()


def versions(folder: Path) -> list[Version]:
    """All versions, the first published first; none where there is no such folder. Other files are passed over."""
    return sorted(_versions(folder)) if folder.is_dir() else []


def _versions(folder: Path) -> Iterator[Version]:
    for path in folder.iterdir():
        if match := _NAME.fullmatch(path.name):
            published, cut_off = (datetime.strptime(text, _STAMP).replace(tzinfo=UTC) for text in match.group(1, 2))
            yield Version(published, cut_off, date.fromisoformat(match[3]), match[4], path)


def read_archive(folder: Path) -> pd.DataFrame:
    """Every version in one frame, `COLUMNS`, the last published last. A version that another writer prunes meanwhile is left out.

    published, cut_off and interval_start are UTC.
    """
    parts = []
    for version in versions(folder):
        try:
            table = pd.read_csv(io.StringIO(version.path.read_text("utf-8")), dtype={"queue": str}, keep_default_na=False)
        except FileNotFoundError:
            continue
        start = pd.to_datetime(table["interval_start"], utc=True, format="ISO8601")
        parts.append(table.assign(interval_start=start, published=version.published, cut_off=version.cut_off))
    return pd.concat(parts, ignore_index=True)[COLUMNS] if parts else pd.DataFrame(columns=COLUMNS)


def prune(folder: Path) -> None:
    """Remove versions that nothing learns from any more; what is old is told by the newest version, not by the clock."""
    found = versions(folder)
    if not found:
        return
    newest, last = found[-1].published.date(), max(version.last for version in found)
    last_of_day = {version.published.date(): version for version in found}
    for version in found:
        older = version.published.date() < newest - timedelta(days=DENSE_DAYS) and version != last_of_day[version.published.date()]
        if older or version.last < last - timedelta(days=KEEP_DAYS):
            version.path.unlink(missing_ok=True)

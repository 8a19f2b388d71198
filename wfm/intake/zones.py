"""Wall-clock stamps → UTC: which zone they are in, the hour the clock skips and the hour it repeats."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import pandas as pd

from wfm.intake.findings import Findings, near_miss
from wfm.intake.layouts import Layout
from wfm.intake.records import Records
from wfm.model import HistorySource
from wfm.model.arrays import FloatArray, IntArray

HALF_HOUR_S = 1800
BOTH = -1
SKIPPED_HINT = (
    'are the stamps in another zone? Set timezone under [history] (a fixed one such as "UTC" or "Etc/GMT+7"), or name the dates in lost'
)


@dataclass(frozen=True, eq=False)
class Placed:
    """Rows on the world's clock, shape (placed,). row: index into the records. start: datetime64[s], UTC. share: 1, or 0.5 for a half."""

    row: IntArray
    start: np.ndarray
    share: FloatArray


def check_zone(name: str, place: str, findings: Findings) -> None:
    """Raises HistoryError for a zone that does not exist."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        expected = "a time zone such as Europe/Berlin (--timezone of `wfm import`)"
        raise findings.stop(place, repr(name), expected, near_miss(name, available_timezones())) from error


def zone_of(records: Records, layout: Layout, source: HistorySource, centre: str, findings: Findings) -> str:
    """The zone of the stamps, and a note saying how it was known."""
    if source.timezone is not None:
        check_zone(source.timezone, "[history] timezone", findings)
    check_zone(centre, "[centre] timezone", findings)
    if records.is_utc:
        findings.note("The stamps carry UTC or their own offset from it.")
        return "UTC"
    if source.timezone or layout.timezone:
        zone, why = source.timezone or str(layout.timezone), "as the scenario says" if source.timezone else f"as {layout.title} has them"
    elif records.zone == "UTC" or ("/" in records.zone and records.zone in available_timezones()):
        zone, why = records.zone, "as its time zone column says"
    else:
        zone, why = centre, "the centre's zone, since neither the file nor [history] timezone names one"
    findings.note(f"The stamps were read as local time of {zone}, {why}.")
    return zone


def place(records: Records, zone: str, source: HistorySource, findings: Findings) -> Placed:
    """Put every row on the world's clock; faults for rows in the hour that the clock skips."""
    earlier, later = _localised(records.when, zone, True), _localised(records.when, zone, False)
    skipped = np.isnat(earlier) & ~np.isnat(records.when)
    _check_skipped(records, skipped, zone, source, findings)
    which = np.zeros(len(earlier), np.int64)
    twice = np.flatnonzero(earlier != later) if len(earlier) else np.array([], np.int64)
    twice = twice[~np.isnat(earlier[twice])]
    if len(twice):
        which[twice] = _tell_apart(records, twice, zone, findings)
    row = np.flatnonzero(~np.isnat(earlier))
    start = np.where(which[row] == 1, later[row], earlier[row])
    both = row[which[row] == BOTH]
    share = np.where(which[row] == BOTH, 0.5, 1.0)
    return Placed(np.append(row, both), np.append(start, later[both]), np.append(share, np.full(len(both), 0.5)))


def _localised(when: np.ndarray, zone: str, dst: bool) -> np.ndarray:
    """UTC, NaT in a skipped hour. Of the two readings in a repeated hour, dst: the earlier one."""
    if zone == "UTC":
        return when
    stamps = pd.Series(when)
    readings = [
        stamps.dt.tz_localize(zone, ambiguous=np.full(len(when), flag), nonexistent="NaT")
        .dt.tz_convert("UTC")
        .dt.tz_localize(None)
        .to_numpy()
        for flag in (True, False)
    ]
    pick = np.minimum if dst else np.maximum
    return np.asarray(pick(*readings).astype("datetime64[s]"))


def _check_skipped(records: Records, skipped: np.ndarray, zone: str, source: HistorySource, findings: Findings) -> None:
    """Empty rows there only mean that the export writes 24 hours every day; contacts there mean that the zone is wrong."""
    lost = np.isin(records.when.astype("datetime64[D]"), np.array(sorted(source.lost), "datetime64[D]"))
    skipped = skipped & ~lost
    busy = skipped & (records.contacts > 0)
    if busy.any():
        texts = np.datetime_as_string(records.when[busy], "m").tolist()
        findings.rows(records.line[busy], texts, "", f"a time that exists: the clock of {zone} skips this hour", SKIPPED_HINT)
    empty = int((skipped & ~busy).sum())
    if empty:
        findings.note(f"{empty} rows without contacts in the hour that the clock of {zone} skips were left out.")


def _tell_apart(records: Records, twice: IntArray, zone: str, findings: Findings) -> IntArray:
    """For the rows in a repeated hour: 0 the first of the two, 1 the second, BOTH half and half."""
    backwards = _descending(records.when)
    twice = twice[::-1] if backwards else twice
    day = records.when[twice].astype("datetime64[D]").astype(np.int64)
    _, group = np.unique(np.stack([records.queue[twice], records.part[twice], day]), axis=1, return_inverse=True)
    jitter_s = HALF_HOUR_S if records.per_contact else 0
    in_order = _in_order(records, twice, backwards, jitter_s)
    which = np.zeros(len(twice), np.int64)
    said: set[str] = set()
    for g in range(int(group.max()) + 1):
        members = np.flatnonzero(group == g)
        wall = records.when[twice[members]].astype(np.int64)
        which[members], how = _passes(wall, jitter_s, in_order)
        said.add(how)
    for how in sorted(said):
        findings.note(f"The hour that the clock of {zone} repeats {how}.")
    return which[::-1] if backwards else which


def _descending(when: np.ndarray) -> bool:
    steps = np.diff(when).astype(np.int64)
    return bool((steps < 0).sum() > (steps > 0).sum())


def _in_order(records: Records, twice: IntArray, backwards: bool, jitter_s: int) -> bool:
    """Whether each queue's rows, the repeated hours left aside, stand in order of time."""
    others = np.setdiff1d(np.arange(len(records.when)), twice)
    others = others[::-1] if backwards else others
    order = others[np.lexsort((np.arange(len(others)), records.part[others], records.queue[others]))]
    same = (np.diff(records.queue[order]) == 0) & (np.diff(records.part[order]) == 0)
    return not bool((same & (np.diff(records.when[order]).astype(np.int64) < -jitter_s)).any())


def _passes(wall: IntArray, jitter_s: int, in_order: bool) -> tuple[IntArray, str]:
    """Which pass of the clock each row belongs to, and how that was told. wall: stamps in file order, seconds."""
    back = np.flatnonzero(np.diff(wall) < -jitter_s)
    if in_order and len(back) == 1:
        return (np.arange(len(wall)) > back[0]).astype(np.int64), "stands twice and in order"
    _, position, times = np.unique(wall, return_inverse=True, return_counts=True)
    if jitter_s or times.max() == 1:
        return np.full(len(wall), BOTH), "stands once; its contacts were split evenly over both hours"
    order = np.array([int((position[:i] == position[i]).sum()) for i in range(len(position))])
    clear = in_order and len(times) == 1  # hourly rows: two of them, one after the other
    how = "stands twice and in order" if clear else "stands twice, but not in order; of two like rows the first was taken for the first"
    return np.where(times[position] == 1, BOTH, np.minimum(order, 1)), how

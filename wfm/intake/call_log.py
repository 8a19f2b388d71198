"""A log of calls with their agents → CallLog, as `wfm calibrate` needs it: more of each call than a history keeps."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from wfm.intake.amounts import read_seconds
from wfm.intake.contacts import GAVE_UP, NO_CONTACT
from wfm.intake.findings import Findings
from wfm.intake.headers import Columns, match_headers
from wfm.intake.layouts.contact_log import CONTACT_LOG
from wfm.intake.load import load
from wfm.intake.stamps import read_stamps
from wfm.intake.synonyms import CONTACT_FIELDS
from wfm.intake.table import HeadRow, open_table, read_cells
from wfm.model import CallLog, TimeAxis
from wfm.model.arrays import FloatArray, IntArray

SPELLINGS = {
    **{name: CONTACT_FIELDS[name] for name in ("start", "date", "queue", "handle_s", "wait_s", "outcome")},
    "time": ("vru exit", "queue entry", "queue entry time of day", *CONTACT_FIELDS["time"]),
    "queue": ("type", "call type", *CONTACT_FIELDS["queue"]),
    "agent": ("server", "agent", "agent name", "agent id", "answered by", "bearbeiter"),
    "class": ("priority", "customer priority", "segment", "customer class"),
}
"""The moment at which a call asks for an agent goes before that at which it entered the centre."""

NEEDED = (("wait_s",), ("handle_s",), ("outcome",), ("agent",), ("start", "date"))
NOBODY = r"|-|no.?server|no.?agent|none|unknown"
HEADER_WITHIN = 30


def read_call_log(file: Path, timezone: str, step_minutes: int = 15) -> CallLog:
    """Calls that wanted an agent: the served, and those who hung up after a wait; phantom, test and self-service rows are left out.

    The Technion bank's log is read as it stands, others by the headers of a contact log and a column of agents. timezone: of the wall-clock
    times in it. step_minutes: of the log's axis, which covers its whole days. Raises HistoryError with all faults found.
    """
    findings = Findings(str(file))
    table = open_table(load(file, findings), findings)
    header, columns = _header(table.rows[:HEADER_WITHIN], findings)
    cells, lines = read_cells(table, header, columns.positions, findings)
    if not len(cells):
        raise findings.stop("", "a header without rows", "at least one call")
    when = read_stamps(cells, lines, columns, CONTACT_LOG, findings).when
    wait_s, service_s = (
        read_seconds(cells[columns.at[name]], lines, columns.name(name), table.separator, columns.unit_s.get(name, 1.0), findings)
        for name in ("wait_s", "handle_s")
    )
    findings.check()
    return _log(cells, columns, (when, np.nan_to_num(wait_s), np.nan_to_num(service_s)), (timezone, step_minutes), findings)


def _header(rows: tuple[HeadRow, ...], findings: Findings) -> tuple[HeadRow, Columns]:
    lacking = {row: _lacking(row, match_headers(row.cells, SPELLINGS)) for row in rows}
    row = min(rows, key=lambda one: len(lacking[one]))
    for names in lacking[row]:
        spelled = ", ".join(repr(text) for name in names for text in SPELLINGS[name][:3])
        findings.fault(f"line {row.line}, header", ", ".join(row.cells)[:200], f"a column such as {spelled}")
    findings.check()
    return row, match_headers(row.cells, SPELLINGS)


def _lacking(_row: HeadRow, columns: Columns) -> list[tuple[str, ...]]:
    return [names for names in NEEDED if not any(name in columns.at for name in names)]


def _log(
    cells: pd.DataFrame, columns: Columns, times: tuple[np.ndarray, FloatArray, FloatArray], place: tuple[str, int], findings: Findings
) -> CallLog:
    """times: stamps, seconds of waiting and of service, (rows,). place: time zone and step of the axis."""
    when, wait_s, service_s = times
    outcome = cells[columns.at["outcome"]].str.casefold()
    hung_up, none = (outcome.str.fullmatch(pattern).to_numpy() for pattern in (GAVE_UP, NO_CONTACT))
    keep = ~none & ~(hung_up & (wait_s == 0))
    findings.note(f"{int(keep.sum()):,} of {len(keep):,} rows are calls that wanted an agent.")
    if not keep.any():
        raise findings.stop("", "no call that wanted an agent", "calls that were served or hung up after a wait")
    axis, asked_s = _placed(when, place, keep, findings)
    order = np.flatnonzero(keep)[np.argsort(asked_s[keep], kind="stable")]
    kinds, kind = _named(cells, columns, "queue", order, "calls")
    classes, rank = _named(cells, columns, "class", order, "")
    agents, agent = _agents(cells[columns.at["agent"]].iloc[order])
    served = ~hung_up[order]
    asked, waited, talked = asked_s[order], wait_s[order], np.where(served, service_s[order], 0.0)
    grain_s = 1.0 if all(np.all(values % 1 == 0) for values in (asked, waited, talked)) else 0.0
    of_class = classes if len(classes) > 1 else ()
    notes = tuple(findings.notes)
    return CallLog(axis, kinds, agents, of_class, kind, asked, waited, served, talked, agent, rank, grain_s, notes)


def _placed(when: np.ndarray, place: tuple[str, int], keep: np.ndarray, findings: Findings) -> tuple[TimeAxis, FloatArray]:
    """The axis of the log's whole days, and elapsed seconds of each row on it."""
    first, last = (date.fromisoformat(str(moment)[:10]) for moment in (when[keep].min(), when[keep].max()))
    try:
        axis = TimeAxis(first, (last - first).days + 1, place[1], place[0])
        starts_s = axis.day_starts * 60.0
    except ValueError as error:
        raise findings.stop("time zone", place[0], "a zone such as Europe/Berlin", str(error)) from None
    day = (when.astype("datetime64[D]") - np.datetime64(first)).astype(int)
    within_s = (when - when.astype("datetime64[D]")).astype("timedelta64[s]").astype(float)
    asked_s = starts_s[np.clip(day, 0, axis.days)] + within_s
    for changed in np.flatnonzero(np.diff(axis.day_starts) != timedelta(days=1) // timedelta(minutes=1)):
        rows = np.flatnonzero(day == changed)
        asked_s[rows] = [axis.minute(int(changed), int(second // 60)) * 60 + second % 60 for second in within_s[rows]]
    return axis, asked_s


def _named(cells: pd.DataFrame, columns: Columns, field: str, rows: IntArray, alone: str) -> tuple[tuple[str, ...], IntArray]:
    """Names in their order, and each row's number; one name for all where the log has no such column."""
    if field not in columns.at:
        return (alone,), np.zeros(len(rows), np.int64)
    texts = cells[columns.at[field]].iloc[rows]
    names = sorted(texts.unique(), key=lambda text: (len(text), text))
    return tuple(names), texts.map({name: number for number, name in enumerate(names)}).to_numpy(np.int64)


def _agents(texts: pd.Series) -> tuple[tuple[str, ...], IntArray]:
    known = ~texts.str.casefold().str.fullmatch(NOBODY)
    names = tuple(sorted(texts[known].unique()))
    return names, texts.where(known).map({name: number for number, name in enumerate(names)}).fillna(-1).to_numpy(np.int64)

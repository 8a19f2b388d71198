"""Cells → records: typed columns of one row per interval or per contact, every doubtful cell a fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wfm.intake.amounts import read_counts
from wfm.intake.contacts import read_contacts
from wfm.intake.findings import Findings
from wfm.intake.handle import read_handle
from wfm.intake.headers import Columns
from wfm.intake.queue_names import check_all_present, other_media, queue_of_rows
from wfm.intake.recognise import Recognised
from wfm.intake.stamps import read_stamps
from wfm.intake.table import Table, read_cells
from wfm.model import HistorySource, Queue
from wfm.model.arrays import FloatArray, IntArray

TOTALS = r"(?i)(?:grand |sub)?(?:total|totals|sum|summary|average|gesamt|summe)\b.*"


@dataclass(frozen=True, eq=False)
class Records:
    """Rows of a history, all arrays (rows,) in file order.

    line: in the file. queue: index into the scenario's queues. when: datetime64[s], in UTC where is_utc, else wall-clock.
    contacts: offered. handled: contacts whose handle time is known; handle_total_s: of these. part: tells rows of one interval
    apart. zone: what a time zone column says, "" for nothing. per_contact: a row is a contact.
    """

    line: IntArray
    queue: IntArray
    when: np.ndarray
    contacts: FloatArray
    handled: FloatArray
    handle_total_s: FloatArray
    part: IntArray
    is_utc: bool
    zone: str
    per_contact: bool


def read_records(table: Table, known: Recognised, queues: Sequence[Queue], source: HistorySource, findings: Findings) -> Records:
    """Raises HistoryError with every faulty cell at once."""
    columns = known.columns
    cells, lines = read_cells(table, known.header, columns.positions, findings)
    cells, lines = _without_totals(cells, lines, columns, findings)
    if not len(cells):
        raise findings.stop("", "a header without rows", "at least one row of numbers")
    stamps = read_stamps(cells, lines, columns, known.layout, findings)
    queue = queue_of_rows(cells, lines, columns, queues, source, findings)
    if known.layout.per_contact:
        keep, contacts, handled, total = read_contacts(cells, lines, columns, table.separator, findings)
    else:
        keep = np.ones(len(cells), bool)
        contacts, handled, total = _interval_numbers(cells, lines, columns, table.separator, findings)
    check_all_present(queue, queues, findings)
    findings.check()
    keep = keep & ~other_media(cells, columns, queue, queues, findings)
    zone = " ".join(cells[columns.at["timezone"]].unique()) if "timezone" in columns.at else ""
    return Records(
        line=lines[keep],
        queue=queue[keep],
        when=stamps.when[keep],
        contacts=contacts[keep],
        handled=handled[keep],
        handle_total_s=total[keep],
        part=_parts(cells, columns)[keep],
        is_utc=stamps.is_utc,
        zone=zone,
        per_contact=known.layout.per_contact,
    )


def _without_totals(cells: pd.DataFrame, lines: IntArray, columns: Columns, findings: Findings) -> tuple[pd.DataFrame, IntArray]:
    """Reports end in, or are parted by, rows of totals: left out, and said."""
    places = [columns.at[name] for name in ("start", "date", "time", "queue") if name in columns.at]
    totals = np.zeros(len(cells), bool)
    for position in places:
        totals |= cells[position].str.fullmatch(TOTALS).to_numpy()
    stamp_places = [p for name in ("start", "date") if name in columns.at for p in [columns.at[name]]]
    for position in stamp_places:  # a queue may be called "Total care"; its rows have a stamp
        totals &= ~cells[position].str.contains(r"\d", regex=True).to_numpy()
    if totals.any():
        findings.note(f"{int(totals.sum())} rows of totals were left out.")
    return cells[~totals].reset_index(drop=True), lines[~totals]


def _interval_numbers(
    cells: pd.DataFrame, lines: IntArray, columns: Columns, separator: str, findings: Findings
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(contacts, contacts whose handle time is known, their total handle seconds)."""

    def counts(name: str) -> FloatArray:
        return read_counts(cells[columns.at[name]], lines, columns.name(name), separator, findings)

    handled = counts("handled") if "handled" in columns.at else None
    if "offered" in columns.at:
        contacts = counts("offered")
    elif "abandoned" in columns.at and handled is not None:
        contacts = handled + counts("abandoned")
        findings.note("Contacts = handled + abandoned, since the file has no column of offered contacts.")
    else:
        assert handled is not None  # the layout's needs
        contacts = handled
        findings.note("Contacts = handled contacts: those that gave up waiting are not in the file.")
    return contacts, *read_handle(cells, lines, columns, contacts if handled is None else handled, separator, findings)


def _parts(cells: pd.DataFrame, columns: Columns) -> IntArray:
    """A code per combination of the columns that split an interval further (medium, skill set, language, campaign)."""
    positions = [*columns.parts, *([columns.at["media"]] if "media" in columns.at else [])]
    if not positions:
        return np.zeros(len(cells), np.int64)
    return np.asarray(cells.groupby(positions, sort=False).ngroup().to_numpy(dtype=np.int64))

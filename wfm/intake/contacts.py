"""The numbers of a call-by-call log: which rows are contacts that wanted an agent, and how long they were handled."""

from __future__ import annotations

import numpy as np
import pandas as pd

from wfm.intake.amounts import read_seconds
from wfm.intake.findings import Findings
from wfm.intake.headers import Columns
from wfm.model.arrays import BoolArray, FloatArray, IntArray

NO_CONTACT = r"phantom|test|self.?service|ivr.*|.*\bivr|outbound|internal"
GAVE_UP = r"hang.?up|hang|aband\w*.*|lost|gave up|missed|no answer|aufgelegt|verloren"


def read_contacts(
    cells: pd.DataFrame, lines: IntArray, columns: Columns, separator: str, findings: Findings
) -> tuple[BoolArray, FloatArray, FloatArray, FloatArray]:
    """(rows that are contacts, contacts, contacts whose handle time is known, handle seconds), all (rows,).

    Left out and noted: phantom, test and self-service rows, and callers who hung up without having waited for an agent. Several
    rows of one contact id are legs of one contact: counted once, at the first, with their handle times added.
    """

    def seconds(name: str) -> FloatArray:
        if name not in columns.at:
            return np.full(len(cells), np.nan)
        return read_seconds(cells[columns.at[name]], lines, columns.name(name), separator, columns.unit_s.get(name, 1.0), findings)

    handle, wait = seconds("handle_s"), seconds("wait_s")
    outcome = cells[columns.at["outcome"]].str.casefold() if "outcome" in columns.at else pd.Series("", index=cells.index, dtype=str)
    gave_up = outcome.str.fullmatch(GAVE_UP).to_numpy()
    none = outcome.str.fullmatch(NO_CONTACT).to_numpy()
    unseen = gave_up & (wait == 0)
    _note(none, "that are no contacts by their outcome", findings)
    _note(unseen, "that ended before they waited for an agent", findings)
    keep = ~none & ~unseen
    handled = keep & ~gave_up & (handle > 0)
    total = np.where(handled, handle, 0.0)
    if "contact_id" in columns.at:
        keep, handled, total = _legs_joined(cells[columns.at["contact_id"]], keep, total, findings)
    findings.note("Handle time: seconds of each handled contact.")
    return keep, np.ones(len(cells)), handled.astype(float), total


def _note(rows: BoolArray, what: str, findings: Findings) -> None:
    if rows.any():
        findings.note(f"{int(rows.sum()):,} rows {what} were left out.")


def _legs_joined(ids: pd.Series, keep: BoolArray, total: FloatArray, findings: Findings) -> tuple[BoolArray, BoolArray, FloatArray]:
    frame = pd.DataFrame(
        {"id": ids.where(ids != "", "row " + pd.Series(np.arange(len(ids)).astype(str), index=ids.index)), "total": total}
    )[keep]
    later = np.zeros(len(keep), bool)
    later[frame.index[frame["id"].duplicated()]] = True
    joined = np.zeros(len(keep))
    joined[frame.index] = frame.groupby("id")["total"].transform("sum")
    joined[later] = 0.0
    if later.any():
        findings.note(
            f"{int(later.sum()):,} rows are further legs of contacts already counted; their handle times were added to the first."
        )
    return keep & ~later, joined > 0, joined

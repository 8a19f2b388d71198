"""The CSVs beside a scenario: agents, time off and their like, as rows that look like [[agent]], [[time_off]] … tables."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wfm.errors import Fault, ScenarioError
from wfm.scenario_file.reading import read_text
from wfm.scenario_file.wrong import near, shown

DELIMITERS = (",", ";", "\t")
AGENT_COLUMNS = {"name": True, "contract": True, "skills": True, "available": False, "coach": False}
TIME_OFF_COLUMNS = {"agent": True, "from": True, "to": True}
EDIT_COLUMNS = {"day": True, "action": True, "hours": False, "value": False, "queue": False, "author": False, "reason": False}
LOCK_COLUMNS = {"agent": True, "day": True, "shift": False, "start": False, "length": False}
WORKED_COLUMNS = {"agent": True, "day": True, "start": True, "end": True, "activity": False, "shift": False, "queue": False}
WISH_COLUMNS = {"agent": True, "kind": True, "price": False, "from": False, "to": False, "weekdays": False, "between": False}
MOST_ROWS = 200_000  # the roster of a month of a thousand agents


@dataclass
class Rows:
    """rows: (line, row) with only the filled cells. faults: what is wrong with the file itself."""

    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_csv(path: Path, file: str, columns: dict[str, bool], *, empty: bool = True) -> Rows:
    """Rows of a CSV (UTF-8, parted by comma, semicolon or tab) with the given columns, True for required ones.

    empty: whether a file without a header says that there are no rows; else that is a fault.
    """
    text, faults = read_text(path, file)
    if text is None:
        return Rows(faults=faults)
    lines = text.splitlines()
    if not any(line.strip() for line in lines):
        if empty:
            return Rows()
        return Rows(faults=[Fault(file, "", "an empty file", f"a header with the columns {', '.join(columns)}")])
    head = next(line for line in lines if line.strip())
    reader = csv.reader(io.StringIO(text), delimiter=max(DELIMITERS, key=head.count), strict=True)
    found = Rows()
    try:
        cells = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        return Rows(faults=[Fault(file, f"line {reader.line_num}", f"a row that cannot be read ({error})", "a plain CSV")])
    _fill(found, cells, file, columns)
    return found


def read_edits(path: Path) -> list[dict[str, Any]]:
    """The rows of an edits CSV, to be handed to `load` as changes. Raises ScenarioError with every fault of the file itself."""
    found = read_csv(path, str(path), EDIT_COLUMNS)
    if found.faults:
        raise ScenarioError(found.faults)
    return [row for _, row in found.rows]


def _fill(found: Rows, cells: list[tuple[int, list[str]]], file: str, columns: dict[str, bool]) -> None:
    (line, head), *rows = cells
    header = [cell.lower() for cell in head]
    found.faults += _header_faults(header, head, line, file, columns)
    if len(rows) > MOST_ROWS:
        found.faults.append(Fault(file, "", f"{len(rows)} rows", f"at most {MOST_ROWS}"))
    if found.faults:
        return
    for line, row in rows:
        if len(row) > len(header) and any(row[len(header) :]):
            found.faults.append(Fault(file, f"line {line}", f"{len(row)} cells", f"at most {len(header)}, as in the header"))
            continue
        given = {key: cell for key, cell in zip(header, row, strict=False) if cell}
        missing = [key for key, required in columns.items() if required and key not in given]
        found.faults += [Fault(file, f"line {line}, column {key}", "an empty cell", "a value") for key in missing]
        if not missing:
            found.rows.append((line, given))


def _header_faults(header: list[str], head: list[str], line: int, file: str, columns: dict[str, bool]) -> list[Fault]:
    where = f"line {line}"
    faults = [
        Fault(file, where, f"unknown column {shown(raw)}", f"columns {', '.join(columns)}", near(key, columns))
        for key, raw in zip(header, head, strict=True)
        if key not in columns
    ]
    faults += [Fault(file, where, f"column {shown(key)} twice", "each column once") for key in columns if header.count(key) > 1]
    return faults + [
        Fault(file, where, "nothing", f"a column {shown(key)}") for key, required in columns.items() if required and key not in header
    ]

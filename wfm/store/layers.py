"""People's edits, kept where the scenario itself is not written to: a CSV as `[forecast] edits` reads it, safe under several writers."""

from __future__ import annotations

import csv
import io
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from filelock import FileLock, Timeout

from wfm.errors import BusyError, Fault, InputError
from wfm.store.swap import write_file

COLUMNS = ("day", "hours", "action", "value", "queue", "author", "reason")
WAIT_S = 10.0
Row = Mapping[str, str]


def read_layer(path: Path) -> list[dict[str, str]]:
    """The rows, without empty cells; none where there is no file. Raises InputError where it cannot be read."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Fault(str(path), "", str(error), "a CSV of edits")) from error
    return [{key: cell for key in COLUMNS if (cell := row.get(key))} for row in csv.DictReader(io.StringIO(text))]


def add_row(path: Path, row: Row) -> None:
    """Add an edit behind the others; one that stands there already is not added again. Raises as `_changed`."""
    wanted = {key: row[key] for key in COLUMNS if row.get(key)}
    _changed(path, lambda rows: rows if wanted in rows else [*rows, wanted])


def drop_row(path: Path, row: Row) -> None:
    """Take an edit back; nothing happens where it is gone already. Raises as `_changed`."""
    _changed(path, lambda rows: [other for other in rows if other != {key: row[key] for key in COLUMNS if row.get(key)}])


def _changed(path: Path, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> None:
    """Read, change and put the file whole into its place, one writer after the other.

    Raises BusyError where another writer does not finish, InputError where the place cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=WAIT_S):
            part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
            write_file(part, layer_csv(change(read_layer(path))))
            os.replace(part, path)
    except Timeout as error:
        raise BusyError(f"another writer holds {path}") from error
    except OSError as error:
        raise InputError(Fault(str(path), "", error.strerror or str(error), "a place that can be written")) from error


def layer_csv(rows: list[dict[str, str]]) -> bytes:
    """The rows as a file that may lie beside a scenario."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()

"""Text → a table of text: separator, the rows at the top (where the header is found), and the cells below it with their line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from wfm.intake.findings import SHOWN, Findings
from wfm.intake.load import Text
from wfm.model.arrays import IntArray

SEPARATORS = (",", ";", "\t", "|")
HEAD_ROWS = 40
MAX_ROWS = 5_000_000
SPARE = 8  # columns beyond the header, to catch what overflows


@dataclass(frozen=True)
class HeadRow:
    """One of the first rows. physical: 0-based line in the text; line: line or sheet row as the reader counts, from 1."""

    physical: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table before its header is known. rows: the first non-empty rows."""

    text: Text
    separator: str
    rows: tuple[HeadRow, ...]


def open_table(text: Text, findings: Findings) -> Table:
    """Find the separator and split the first rows. Raises HistoryError for more rows than a history can have."""
    if text.content.count("\n") > MAX_ROWS:
        raise findings.stop("", f"more than {MAX_ROWS:,} rows", "a smaller file", "split it by period")
    lines = text.content[: 2**17].split("\n")[:HEAD_ROWS]
    named = re.fullmatch(r"sep=(.)", lines[0].strip())
    separator = "," if text.numbered else named[1] if named else _sniff(lines)
    skip = 1 if named else 0
    rows = [_head_row(i, cells, text.numbered) for i, cells in enumerate(_split(lines[skip:], separator), start=skip)]
    filled = tuple(row for row in rows if any(row.cells))
    if not filled:
        raise findings.stop("", "an empty table", "a header and rows")
    return Table(text, separator, filled)


def _split(lines: Sequence[str], separator: str) -> list[list[str]]:
    # line by line: a stray quote must not swallow the rest of the head
    return [next(csv.reader([line], delimiter=separator), []) for line in lines]


def _head_row(physical: int, cells: Sequence[str], numbered: bool) -> HeadRow:
    line = int(cells[0]) if numbered and cells else physical + 1
    below = cells[1:] if numbered or cells[:1] == ["#fields"] else cells  # NICE exports start the header with this word
    return HeadRow(physical, line, tuple(cell.strip() for cell in below))


def _sniff(lines: Sequence[str]) -> str:
    """The separator that cuts the most lines into the same number of fields, two at least."""

    def quality(separator: str) -> tuple[int, int]:
        counts = [len(cells) for cells in _split([line for line in lines if line.strip()], separator) if len(cells) > 1]
        usual = max(set(counts), key=lambda n: (counts.count(n), n)) if counts else 0
        return counts.count(usual), usual

    return max(SEPARATORS, key=quality)


def read_cells(table: Table, header: HeadRow | None, positions: Sequence[int], findings: Findings) -> tuple[pd.DataFrame, IntArray]:
    """Cells below the header at the given positions, stripped text, and the line number of each row; empty rows are left out.

    Raises HistoryError for rows with more fields than the header and for broken quotes.
    """
    begin = header.physical + 1 if header else table.rows[0].physical
    width = len(header.cells) if header else max(len(row.cells) for row in table.rows)
    shift = int(table.text.numbered)
    frame = _parse(table, begin, width + shift + SPARE, findings)
    lines = frame[0].to_numpy(dtype=np.int64) if shift else np.arange(begin + 1, begin + 1 + len(frame))
    cells = pd.DataFrame({p: frame[p + shift].fillna("").str.strip() for p in positions})
    filled = (cells != "").any(axis=1).to_numpy()
    _refuse_long_rows(frame.iloc[:, width + shift :], lines, width, findings)
    return cells[filled].reset_index(drop=True), lines[filled]


def _parse(table: Table, begin: int, width: int, findings: Findings) -> pd.DataFrame:
    """All cells as text, (rows, width)."""
    names = range(width)
    try:
        return pd.read_csv(
            io.StringIO(table.text.content),
            sep=table.separator,
            header=None,
            names=names,
            skiprows=begin,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
            index_col=False,
        )
    except pd.errors.EmptyDataError:
        return pd.DataFrame({i: pd.Series([], dtype=str) for i in names})
    except pd.errors.ParserError as error:
        raise _broken(str(error), findings) from error


def _broken(message: str, findings: Findings) -> Exception:
    long = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", message)
    if long:
        return findings.stop(f"line {long[2]}", f"{long[3]} fields", "as many as in the header")
    return findings.stop("", "a quoted text that never ends", 'every " closed on its line', "look for a lone quotation mark")


def _refuse_long_rows(spare: pd.DataFrame, lines: IntArray, width: int, findings: Findings) -> None:
    """Empty cells beyond the header are only trailing separators; anything else means that the columns are shifted."""
    over = (spare.fillna("") != "").any(axis=1).to_numpy()
    if over.any():
        hint = "a decimal comma or a separator inside a text? Put the text in quotation marks or use another separator"
        texts = spare[over].head(SHOWN).fillna("").agg(" ".join, axis=1).str.strip().tolist()
        findings.rows(lines[over], texts, f"{width + 1}", f"nothing beyond the {width} columns of the header", hint)

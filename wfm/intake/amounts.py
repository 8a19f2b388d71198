"""Text → counts and seconds, a column at a time: decimal commas, thousands separators, ``mm:ss`` and ``hh:mm:ss``."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from wfm.intake.findings import Findings
from wfm.model.arrays import FloatArray, IntArray

MAX_COUNT = 1_000_000.0
CLOCK = re.compile(r"(?:(\d+):)?(\d{1,6}):(\d{2})(?:[.,](\d+))?")
THOUSANDS_COMMA = r"\d{1,3}(?:,\d{3})+"
THOUSANDS_DOT = r"\d{1,3}(?:\.\d{3})+"
UNKNOWN = ("", "-", "–", "--", "n/a", "N/A", "NA", "#N/A", "null", "NULL")


def read_counts(texts: pd.Series, lines: IntArray, column: str, separator: str, findings: Findings) -> FloatArray:
    """Whole or decimal counts ≥ 0, shape (rows,); faults for everything else, empty cells included."""
    if separator == ";":
        texts = _german_thousands(texts)
    values = _numbers(texts, separator)
    _refuse(texts, lines, column, ~np.isfinite(values), "a number", "write 0 for nothing, or leave the row out", findings)
    _refuse(texts, lines, column, values < 0, "a count of at least 0", "", findings)
    _refuse(
        texts, lines, column, np.isfinite(values) & (values > MAX_COUNT), f"at most {MAX_COUNT:,.0f} contacts in an interval", "", findings
    )
    return values


def read_seconds(texts: pd.Series, lines: IntArray, column: str, separator: str, unit_s: float, findings: Findings) -> FloatArray:
    """Durations in seconds, shape (rows,), nan for an empty cell. Plain numbers are in units of `unit_s`; ``mm:ss`` speaks for itself."""
    values = _numbers(texts, separator) * unit_s
    odd = np.isnan(values)
    if odd.any():
        values[odd] = _clock_seconds(texts[odd])
    bad = ~np.isfinite(values) & ~texts.isin(UNKNOWN).to_numpy()
    _refuse(texts, lines, column, bad, "seconds, mm:ss or hh:mm:ss", "", findings)
    _refuse(texts, lines, column, values < 0, "a duration of at least 0", "", findings)
    return values


def _refuse(texts: pd.Series, lines: IntArray, column: str, bad: np.ndarray, expected: str, hint: str, findings: Findings) -> None:
    if bad.any():
        findings.rows(lines[bad], texts[bad].tolist(), column, expected, hint)


def _numbers(texts: pd.Series, separator: str) -> FloatArray:
    """Plain numbers at once; what is left is tried with a decimal comma or thousands separators. nan where nothing fits."""
    values = _plain(texts).copy()
    odd = np.isnan(values)
    if odd.any():
        values[odd] = _localised(texts[odd], separator)
    return values


def _localised(texts: pd.Series, separator: str) -> FloatArray:
    bare = texts.str.replace(r"(?<=\d)[\s\u00a0\u202f'’](?=\d)", "", regex=True)  # 1 234, 1'234
    bare = bare.str.replace(r"(?<=\d)\s*(?:s|sec|Sek\.?)$", "", regex=True)
    commas = bare[bare.str.contains(",", regex=False)]
    if _comma_is_decimal(commas, separator):
        bare = bare.str.replace(".", "", regex=False).where(bare.str.contains(",", regex=False), bare).str.replace(",", ".", regex=False)
    else:
        bare = bare.str.replace(",", "", regex=False).where(bare.str.fullmatch(rf"[+-]?{THOUSANDS_COMMA}(?:\.\d+)?"), bare)
    return _plain(bare)


def _plain(texts: pd.Series) -> FloatArray:
    """Numbers as Python writes them, nan for all else."""
    return np.asarray(pd.to_numeric(texts, errors="coerce").to_numpy(dtype=float, na_value=np.nan))


def _comma_is_decimal(commas: pd.Series, separator: str) -> bool:
    """Where every comma could also part thousands, the separator of the file decides: `;` comes with decimal commas."""
    dot_after = commas.str.contains(r",.*\.", regex=True)
    if dot_after.any():
        return False
    return separator == ";" or not commas.str.fullmatch(rf"[+-]?{THOUSANDS_COMMA}").all()


def _german_thousands(texts: pd.Series) -> pd.Series:
    """In a `;` file counts such as 1.234 are thousands, if every dot of the column can be one."""
    dotted = texts[texts.str.contains(".", regex=False)]
    if len(dotted) and dotted.str.fullmatch(rf"{THOUSANDS_DOT}(?:,\d+)?").all():
        return texts.str.replace(".", "", regex=False)
    return texts


def _clock_seconds(texts: pd.Series) -> FloatArray:
    codes, uniques = pd.factorize(texts)
    return np.asarray(np.array([_clock(text) for text in uniques], dtype=float)[codes])


def _clock(text: str) -> float:
    found = CLOCK.fullmatch(text)
    if not found or int(found[3]) > 59 or (found[1] and int(found[2]) > 59):
        return np.nan
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) + float(f"0.{found[4] or 0}")

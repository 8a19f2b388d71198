"""The columns that say when → one stamp per row: wall-clock, or UTC where the file itself says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from wfm.intake import clock
from wfm.intake.findings import Findings
from wfm.intake.headers import Columns, header_key
from wfm.intake.layouts import Layout
from wfm.model.arrays import IntArray

EARLIEST = date(1980, 1, 1)
FUTURE_DAYS = 2 * 366
NAT = np.datetime64("NaT", "s")
MIDNIGHT = r"[T ]00:00(?::00)?$"  # how Excel writes a bare date
FULL = r"\d[./-]\d+[./-]\d+.*\d:\d\d|\d{8}[T ]?\d{2}:?\d{2}|[A-Za-z]{3}.*\d:\d\d"


@dataclass(frozen=True, eq=False)
class Stamps:
    """when (rows,): datetime64[s]. is_utc: by the file's own offsets or header; otherwise wall-clock of a zone still to be found."""

    when: np.ndarray
    is_utc: bool


def read_stamps(cells: pd.DataFrame, lines: IntArray, columns: Columns, layout: Layout, findings: Findings) -> Stamps:
    """Stamps of all rows; faults (and NaT) for what is none, for ancient ones and for ones far in the future."""
    texts = {name: cells[columns.at[name]] for name in ("start", "date", "time") if name in columns.at}
    whole = next((name for name in ("start", "time", "date") if name in texts and _has_date_and_time(texts[name])), None)
    name = whole or ("date" if "date" in texts else "start")
    clocks = next((n for n in ("time", "start") if n in texts and n != name), None)
    if whole is None and name in texts and clocks:
        stamps = _date_and_time(texts[name], texts[clocks], lines, (columns.name(name), columns.name(clocks)), layout, findings)
    else:
        stamps = _single(texts.get(name, next(iter(texts.values()))), lines, columns, layout, findings)
    _refuse_absurd(stamps.when, lines, layout, findings)
    return stamps


def _has_date_and_time(texts: pd.Series) -> bool:
    sample = texts.iloc[:: max(1, len(texts) // 50)].str.replace(MIDNIGHT, "", regex=True)
    return bool(sample.str.contains(FULL, regex=True).mean() > 0.5 or sample.str.fullmatch(r"[2-7]\d{4}[.,]\d+").mean() > 0.3)


def _single(texts: pd.Series, lines: IntArray, columns: Columns, layout: Layout, findings: Findings) -> Stamps:
    """One column with date and time; a range in it is labelled by its start."""
    column = next(columns.name(name) for name in ("start", "date", "time") if name in columns.at)
    if texts.str.fullmatch(clock.EPOCH).all():
        findings.note(f"Column {column!r} holds seconds since 1970; they were read as UTC.")
        return Stamps(texts.str[:10].astype("int64").to_numpy().astype("datetime64[s]"), True)
    texts = _starts(texts)
    has_offset = texts.str.fullmatch(rf".*\d:\d\d.*{clock.OFFSET}").to_numpy()
    aware = bool(has_offset.mean() > 0.5)
    when = _aware(texts) if aware else clock.parse(texts, layout.date_formats, findings, column).to_numpy().copy()
    expected = f"{clock.EXAMPLE}{' with Z or an offset' if aware else ''}, as in the other rows"
    _bad(texts, lines, has_offset != aware, column, expected, findings)
    _bad(texts, lines, np.isnat(when) & (has_offset == aware), column, clock.EXAMPLE, findings)
    return Stamps(when, aware or bool({"utc", "gmt"} & set(header_key(column).split())))


def _starts(texts: pd.Series) -> pd.Series:
    """``2026-03-02 08:00 - 08:15``, ``2026-03-02 08:00-08:15`` and ``…T08:00Z/…T08:15Z`` → what stands before the end."""
    spaced = r"(?:\s+[-–]\s+|/\d{4}-).*$"
    if texts.str.contains(spaced, regex=True).any():
        texts = texts.str.replace(spaced, "", regex=True)
    return texts.str.replace(r"[-–]\d{1,2}:\d\d$", "", regex=True) if _ends_follow_starts(texts) else texts


def _ends_follow_starts(texts: pd.Series) -> bool:
    """Tells ``09:00-09:15`` from an offset such as ``09:00-05:00``: most ends come at most an hour after their starts."""
    sample = texts.iloc[:: max(1, len(texts) // 300)]
    clocks = sample.str.extract(r"(\d{1,2}):(\d\d)(?::\d\d)?[-–](\d{1,2}):(\d\d)$").astype(float)
    minutes = ((clocks[2] - clocks[0]) * 60 + clocks[3] - clocks[1]) % 1440
    return bool(((minutes > 0) & (minutes <= 60)).mean() > 0.5)


def _aware(texts: pd.Series) -> np.ndarray:
    bare = texts.str.replace(r" ?(?:UTC|GMT)$", "Z", regex=True).str.replace(r"\s+(?=[+-]\d{2}:?\d{2}$)", "", regex=True)
    read = pd.to_datetime(bare, format="ISO8601", utc=True, errors="coerce").dt.tz_localize(None)
    return np.array(read.astype("datetime64[s]").to_numpy())


def _date_and_time(
    dates: pd.Series, times: pd.Series, lines: IntArray, names: tuple[str, str], layout: Layout, findings: Findings
) -> Stamps:
    codes, uniques = pd.factorize(dates)
    only = pd.Series(uniques, dtype=str).str.replace(MIDNIGHT, "", regex=True)
    days = clock.parse(only, layout.date_formats, findings, names[0], clock.BARE).to_numpy()[codes]
    seconds = clock.time_of_day(times, hours="hour" in header_key(names[1]) or "stunde" in header_key(names[1]))
    _bad(dates, lines, np.isnat(days), names[0], "a date like 2026-03-02", findings)
    _bad(times, lines, np.isnan(seconds), names[1], "a time like 08:15", findings)
    known = ~np.isnat(days) & ~np.isnan(seconds)
    when = np.full(len(days), NAT)
    when[known] = days[known] + seconds[known].astype("timedelta64[s]")
    return Stamps(when, False)


def _bad(texts: pd.Series, lines: IntArray, bad: np.ndarray, column: str, expected: str, findings: Findings) -> None:
    if bad.any():
        findings.rows(lines[bad], texts[bad].tolist(), column, expected)


def _refuse_absurd(when: np.ndarray, lines: IntArray, layout: Layout, findings: Findings) -> None:
    today = date.today()
    latest = today + timedelta(days=FUTURE_DAYS)
    wrong = (when < np.datetime64(EARLIEST)) | (when > np.datetime64(latest))
    if wrong.any():
        findings.rows(lines[wrong], np.datetime_as_string(when[wrong], "m").tolist(), "", f"a moment between {EARLIEST} and {latest}")
        when[wrong] = NAT
    ahead = int((when > np.datetime64(today + timedelta(days=1))).sum())
    if ahead and not layout.may_be_future:
        findings.note(f"{ahead:,} rows lie in the future; they were read like the others.")

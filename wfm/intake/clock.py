"""Text → wall-clock stamps: which of the usual ways of writing dates and times a column follows."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from wfm.intake.findings import Findings

DATES = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d.%m.%Y", "%d.%m.%y", "%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y"),
    *("%m/%d/%y", "%d/%m/%y", "%d-%b-%Y", "%d %b %Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y", "%d %B %Y", "%m%d%Y", "%d%m%Y"),
)
TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M", "T%H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %H%M", ", %H:%M", ", %H:%M:%S")
BARE = ("",)
GLUED = r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)"
EPOCH = r"1\d{9}(?:\d{3})?"  # seconds or milliseconds since 1970, up to 2033
ISO = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
OFFSET = r"(?:Z|z| ?UTC| ?GMT|[+-]\d{2}:?\d{2})"
SERIAL = r"[2-7]\d{4}(?:[.,]\d+)?"
SAMPLE = 300
DAY_S = 86400
EXAMPLE = "a date and time like 2026-03-02 08:15"


def parse(texts: pd.Series, first: tuple[str, ...], findings: Findings, column: str, times: tuple[str, ...] = TIMES) -> pd.Series:
    """Naive datetime64[s], NaT for what does not fit the way in which most of the column is written.

    first: date formats tried before the common ones. times: formats of the time of day, `BARE` for none.
    Raises HistoryError where day and month cannot be told apart.
    """
    if texts.str.fullmatch(GLUED).mean() > 0.5:
        texts = texts.str.replace(f"^{GLUED}$", r"\1-\2-\3 \4:\5", regex=True)
    iso = texts.str.fullmatch(ISO)
    if iso.mean() > 0.5:
        return _seconds(pd.to_datetime(texts.where(iso), format="ISO8601", errors="coerce"))
    if texts.str.fullmatch(SERIAL).mean() > 0.5:
        return _serial(texts, column, findings)
    ways = _best_ways(texts, first, times)
    if not ways:
        return pd.Series(np.full(len(texts), np.datetime64("NaT"), "datetime64[s]"))
    read = [_seconds(pd.to_datetime(texts, format=way, errors="coerce")) for way in ways]
    return read[0] if len(read) == 1 else _told_apart(read, ways, column, findings)


def _seconds(stamps: pd.Series) -> pd.Series:
    return stamps.astype("datetime64[s]")


def _serial(texts: pd.Series, column: str, findings: Findings) -> pd.Series:
    """Days since 1899-12-30, as Excel stores them; rounded to the second."""
    findings.note(f"Column {column!r} holds Excel's day numbers; they were read as dates.")
    days = pd.to_numeric(texts.str.replace(",", ".", regex=False), errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    good = np.isfinite(days) & (days > 0) & (days < 100_000)
    seconds = np.where(good, np.round(np.where(good, days, 0) * DAY_S), 0).astype("timedelta64[s]")
    return pd.Series(np.where(good, np.datetime64("1899-12-30", "s") + seconds, np.datetime64("NaT", "s")))


def _best_ways(texts: pd.Series, first: tuple[str, ...], times: tuple[str, ...]) -> list[str]:
    """The formats that read most of a sample; several only where they read equally much."""
    sample = texts.iloc[:: max(1, len(texts) // SAMPLE)]
    # two passes keep this cheap: 20 × 11 formats on a few values, then the hopeful ones on the sample
    few = sample.iloc[:: max(1, len(sample) // 8)]
    for dates in (first, DATES):
        hopeful = [d + t for d in dates for t in times if _share(few, d + t) > 0]
        shares = {way: _share(sample, way) for way in hopeful}
        best = max(shares.values(), default=0.0)
        if best > 0.5:
            return [way for way, share in shares.items() if share == best]
    return []


def _share(texts: pd.Series, way: str) -> float:
    read = pd.to_datetime(texts, format=way, errors="coerce")
    return float((read.notna() & (read.dt.year >= 1900)).mean())


def _told_apart(read: list[pd.Series], ways: list[str], column: str, findings: Findings) -> pd.Series:
    """Day first or month first: the reading that fits more rows, else the one whose days lie closer together."""
    ranks = [(int(stamps.isna().sum()), (stamps.max() - stamps.min()).total_seconds()) for stamps in read]
    order = sorted(range(len(read)), key=lambda i: ranks[i])
    best, second = order[0], order[1]
    if ranks[best] == ranks[second] and not read[best].equals(read[second]):
        hint = "write the dates as 2026-03-02"
        raise findings.stop(
            f"column {column}", f"dates that fit both {_spoken(ways[best])} and {_spoken(ways[second])}", "dates that fit one", hint
        )
    if ranks[best] != ranks[second]:
        findings.note(f"Dates in column {column!r} were read as {_spoken(ways[best])}.")
    return read[best]


def _spoken(way: str) -> str:
    names = {"%d": "day", "%m": "month", "%Y": "year", "%y": "year", "%b": "month", "%B": "month"}
    return "".join(names.get(part, "" if part.startswith("%") else part) for part in re.split(r"(%\w)", way)).strip(" :T,")


def time_of_day(texts: pd.Series, hours: bool = False) -> np.ndarray:
    """Seconds after midnight, nan for what is no time of day: ``8:15``, ``08:15:00``, ``8:15 AM``, ``815``, ``08:15 - 08:30``, ``0.34375``.

    hours: plain numbers up to 23 are hours (a column headed *hour*), not HHMM.
    """
    codes, uniques = pd.factorize(texts)
    whole = hours and all(re.fullmatch(r"\d{1,2}", text) for text in uniques)
    seconds = np.array([_hours(text) if whole else _time(text) for text in uniques], dtype=float)
    return np.asarray(seconds[codes])


def _hours(text: str) -> float:
    return int(text) * 3600.0 if int(text) < 24 else np.nan


def _time(text: str) -> float:
    text = re.split(r"\s*[-–]\s*", text, maxsplit=1)[0].strip()  # a range is labelled by its start
    clock = re.fullmatch(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?", text)
    if clock:
        return _from_parts(int(clock[1]), int(clock[2]), int(clock[3] or 0), clock[4])
    if re.fullmatch(r"\d{1,4}", text):  # HHMM as a number: 0, 15, 815, 1730
        return _from_parts(int(text) // 100, int(text) % 100, 0, None)
    if re.fullmatch(r"0?[.,]\d+", text):  # Excel's fraction of a day
        return float(round(float(text.replace(",", ".")) * DAY_S))
    return np.nan


def _from_parts(hour: int, minute: int, second: int, half: str | None) -> float:
    if half:
        if not 1 <= hour <= 12:
            return np.nan
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return hour * 3600.0 + minute * 60 + second if hour < 24 and minute < 60 and second < 60 else np.nan

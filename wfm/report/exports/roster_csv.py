"""roster.csv: who does what when, a row for each segment of each shift; written and read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from wfm.errors import Fault, InputError
from wfm.model import Kind, Result, Roster, Segment, Shift, TimeAxis, Workforce
from wfm.report.exports.text import csv_bytes, guard, unguard

HEADER = ["agent", "day", "start", "end", "activity", "queue"]


def roster_csv(roster: Roster) -> bytes:
    """Columns as `HEADER`, sorted by agent, day, start. day: local date on which the shift starts. queue: those served, joined with |."""
    axis = roster.axis
    rows = (
        [
            guard(shift.agent),
            axis.dates[shift.day].isoformat(),
            axis.stamp(part.start),
            axis.stamp(part.end),
            guard(part.name),
            _joined(part),
        ]
        for shift in roster.shifts
        for part in shift.segments
    )
    return csv_bytes(HEADER, rows)


def of_result(result: Result) -> bytes:
    return roster_csv(result.solved.roster)


def _joined(part: Segment) -> str:
    return guard("|".join(part.queues))


def read_roster_csv(path: Path, axis: TimeAxis, workforce: Workforce | None = None) -> Roster:
    """The roster that `roster_csv` wrote.

    The file does not say which segments are breaks, which are paid, or the shift template's name: with the workforce the first two are
    looked up; without it whatever is not work counts as a paid activity. Raises InputError with every row at fault.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Fault(str(path), "", str(error), "a roster.csv in UTF-8")) from error
    return parse_roster(text, str(path), axis, workforce)


def parse_roster(text: str, source: str, axis: TimeAxis, workforce: Workforce | None = None) -> Roster:
    """As `read_roster_csv`, from the text of the file; source: its name for the faults."""
    faults: list[Fault] = []
    rows = sorted(_rows(text, source, axis, faults), key=lambda row: row[:3])
    kinds = _kinds(workforce)
    shifts = []
    for (agent, day), parts in groupby(rows, key=lambda row: row[:2]):
        segments = tuple(_segment(start, end, name, queues, kinds) for _, _, start, end, name, queues in parts)
        try:
            shifts.append(Shift(agent, day, "", segments))
        except ValueError as error:
            faults.append(Fault(source, f"{agent}, {axis.dates[day]}", str(error), "segments that follow each other"))
    if faults:
        raise InputError(faults)
    return Roster(axis, tuple(shifts))


Row = tuple[str, int, int, int, str, tuple[str, ...]]


def _rows(text: str, source: str, axis: TimeAxis, faults: list[Fault]) -> Iterator[Row]:
    separator = ";" if ";" in text.partition("\n")[0] else ","  # what spreadsheets write where the decimal sign is a comma
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    header = lines.fieldnames or []
    if not set(HEADER) <= set(header):
        raise InputError(Fault(source, "line 1", ",".join(header) or "nothing", ",".join(HEADER)))
    for line in lines:
        try:
            yield _row(line, axis)
        except (ValueError, TypeError, AttributeError) as error:
            expected = f"an agent, a date and times with offset inside {axis.dates[0]} – {axis.dates[-1]}"
            faults.append(Fault(source, f"line {lines.line_num}", str(error), expected))


def _row(line: dict[str, str], axis: TimeAxis) -> Row:
    day = axis.day_index(date.fromisoformat(line["day"]))
    if not 0 <= day < axis.days:
        raise ValueError(f"day {line['day']}")
    start, end = (_minute(line[name], axis) for name in ("start", "end"))
    if not start < end:
        raise ValueError(f"{line['start']} to {line['end']}")
    queues = tuple(name for name in unguard(line["queue"]).split("|") if name)
    return unguard(line["agent"]), day, start, end, unguard(line["activity"]), queues


def _minute(stamp: str, axis: TimeAxis) -> int:
    moment = datetime.fromisoformat(stamp)
    if moment.tzinfo is None:
        raise ValueError(f"{stamp} without UTC offset")
    return round(axis.elapsed(moment))


def _kinds(workforce: Workforce | None) -> dict[str, tuple[Kind, bool]]:
    """Kind and pay by the name of a break or activity."""
    if workforce is None:
        return {}
    breaks = {rest.name: (Kind.BREAK, rest.paid) for template in workforce.shifts for rest in template.breaks}
    return {**breaks, **{activity.name: (Kind.ACTIVITY, activity.paid) for activity in workforce.activities}}


def _segment(start: int, end: int, name: str, queues: tuple[str, ...], kinds: dict[str, tuple[Kind, bool]]) -> Segment:
    if queues or name == Kind.WORK.value:
        return Segment(start, end, Kind.WORK, name, queues)
    kind, paid = kinds.get(name, (Kind.ACTIVITY, True))
    return Segment(start, end, kind, name, (), paid)

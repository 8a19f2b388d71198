"""The roster as a workbook: a sheet with the days across, a sheet with every segment. No cell ever becomes a formula or a link."""

from __future__ import annotations

import io
from datetime import datetime, time

import xlsxwriter

from wfm.model import Roster, Shift, TimeAxis

SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEADER = ("agent", "day", "start", "end", "activity", "queue")


def roster_xlsx(roster: Roster) -> bytes:
    """Sheets "Shifts" (agents × days, wall-clock times) and "Segments" (as roster.csv, times local with their offset)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, SAFE) as book:
        book.set_properties({"created": datetime.combine(roster.axis.start, time())})
        bold = book.add_format({"bold": True, "bottom": 1})
        _shifts(book.add_worksheet("Shifts"), roster, bold)
        _segments(book.add_worksheet("Segments"), roster, bold)
    return out.getvalue()


def _shifts(sheet: xlsxwriter.worksheet.Worksheet, roster: Roster, bold: xlsxwriter.format.Format) -> None:
    agents = list(dict.fromkeys(shift.agent for shift in roster.shifts))
    for column, title in enumerate(["agent", *(f"{day:%a %Y-%m-%d}" for day in roster.axis.dates)]):
        sheet.write_string(0, column, title, bold)
    for row, agent in enumerate(agents, start=1):
        sheet.write_string(row, 0, agent)
    for shift in roster.shifts:
        sheet.write_string(agents.index(shift.agent) + 1, shift.day + 1, _span(shift, roster.axis))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, roster.axis.days, 15)


def _span(shift: Shift, axis: TimeAxis) -> str:
    return f"{axis.local(shift.start):%H:%M}–{axis.local(shift.end):%H:%M}"


def _segments(sheet: xlsxwriter.worksheet.Worksheet, roster: Roster, bold: xlsxwriter.format.Format) -> None:
    sheet.write_row(0, 0, HEADER, bold)
    parts = ((shift, part) for shift in roster.shifts for part in shift.segments)
    for row, (shift, part) in enumerate(parts, start=1):
        axis = roster.axis
        times = (axis.stamp(part.start), axis.stamp(part.end))
        for column, text in enumerate((shift.agent, axis.dates[shift.day].isoformat(), *times, part.name, "|".join(part.queues))):
            sheet.write_string(row, column, text)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 5, 22)

"""Runs in a child process: `python xlsx_child.py FILE MEMORY CPU_SECONDS OUTPUT`, the limits in bytes and seconds.

Imports nothing of this project, so that it starts in a moment and needs no path.

Writes to stdout a line `sheet name TAB number of other sheets`, then CSV: row number in the sheet, then the cells as text. Exit status 3
with a message on stderr for a workbook that is at fault; whatever else happens is for the parent to explain.
"""

from __future__ import annotations

import csv
import sys
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

FAULT = 3


def limit(memory: int, cpu_s: int, output: int) -> None:
    """Put the limits on this process, where the platform has them."""
    try:
        import resource
    except ImportError:  # not on Windows; the process border and the parent's timeout remain
        return
    wanted = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: cpu_s, resource.RLIMIT_FSIZE: output, resource.RLIMIT_CORE: 0}
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))


def cell_text(value: object) -> str:
    """A cell as the planner sees it; times to the nearest second, because Excel stores them as fractions of a day."""
    if isinstance(value, date) and not isinstance(value, datetime):  # the reader cuts midnight off
        return cell_text(datetime(value.year, value.month, value.day))
    if isinstance(value, datetime) and value.year < 1901:  # a bare time of day
        return cell_text(value.time())
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).isoformat(" ", "seconds")
    if isinstance(value, time):
        return cell_text(datetime.combine(date(2000, 1, 1), value))[11:]
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def write(sheet: CalamineSheet, others: int) -> None:
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(f"{' '.join(sheet.name.split())}\t{others}\n")
    out = csv.writer(sys.stdout, lineterminator="\n")
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [cell_text(value) for value in row]
        if any(cells):
            out.writerow([number, *cells])


def main(file: str, memory: str, cpu_s: str, output: str) -> int:
    limit(int(memory), int(cpu_s), int(output))
    try:
        book = CalamineWorkbook.from_path(file)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height > 0:
                write(sheet, len(book.sheet_names) - 1)
                return 0
    except PasswordError:
        sys.stderr.write("a workbook with a password")
        return FAULT
    except CalamineError as error:
        sys.stderr.write(f"a damaged workbook ({' '.join(str(error).split())[:200]})")
        return FAULT
    sys.stderr.write("a workbook without data")
    return FAULT


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

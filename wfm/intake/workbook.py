"""A workbook → CSV text, in a child process with limits, so that no workbook can take this process down.

A workbook of a few kilobytes can ask for gigabytes: two cells far apart (A1 and XFD1048576) make the parser abort, a zip bomb
fills the memory.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import IO

from wfm.intake.findings import Findings

MAX_UNPACKED = 400 * 2**20
MAX_TEXT = 200 * 2**20
MAX_MEMORY = 2 * 2**30
CPU_SECONDS = 60
WALL_SECONDS = 180
CHILD = Path(__file__).with_name("xlsx_child.py")
EXPECTED = "an .xlsx workbook with one table"
STRAY = "often a stray cell far from the table: delete the empty rows and columns around it, or save the sheet as CSV"


def read_workbook(path: Path, findings: Findings) -> str:
    """The first sheet with data as CSV whose first column is the row number in the sheet. Raises HistoryError."""
    _check_zip(path, findings)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        limits = [str(n) for n in (MAX_MEMORY, CPU_SECONDS, MAX_TEXT)]
        command = [sys.executable, "-P", str(CHILD), str(path.resolve()), *limits]
        try:
            status = subprocess.run(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, timeout=WALL_SECONDS).returncode
        except subprocess.TimeoutExpired as error:
            raise findings.stop("", f"a workbook that takes longer than {WALL_SECONDS} s to open", EXPECTED, STRAY) from error
        text, message = _text(out), _text(err).strip()
    if status == 0:
        sheet, _, table = text.partition("\n")
        _note_sheet(sheet, findings)
        return table
    if status == 3:
        raise findings.stop("", message, EXPECTED)
    raise findings.stop("", "a workbook that needs more memory or time than a history can", EXPECTED, STRAY)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _note_sheet(line: str, findings: Findings) -> None:
    name, _, others = line.rpartition("\t")
    if int(others):
        findings.note(f"Sheet {name!r} was read, the first with data; {others} other sheets were not.")


def _check_zip(path: Path, findings: Findings) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise findings.stop("", "a damaged zip or .xlsx file", EXPECTED) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise findings.stop("", "a zip archive that is not an .xlsx workbook", EXPECTED, "unpack it and name the file inside")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED:
        found = f"a workbook that unpacks to {unpacked / 2**20:,.0f} MB"
        raise findings.stop("", found, f"at most {MAX_UNPACKED // 2**20} MB unpacked", "split it by period, or save the sheet as CSV")

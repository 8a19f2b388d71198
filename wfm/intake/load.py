"""A file → its text. Knows plain and gzipped text in the encodings Excel and ACDs write, and hands workbooks to a guarded child."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from wfm.intake.findings import Findings, near_miss
from wfm.intake.workbook import read_workbook

MAX_BYTES = 200 * 2**20
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1a"))
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
READABLE = "a contact history as .csv, .csv.gz or .xlsx"


@dataclass(frozen=True)
class Text:
    """The text of a table. numbered: every row starts with its line number in the original file (workbooks only)."""

    content: str
    numbered: bool = False


def load(path: Path, findings: Findings) -> Text:
    """Raises HistoryError for whatever is not a readable table of a sane size."""
    data = _bytes(path, findings)
    if data[:4] == b"PK\x03\x04":
        return Text(read_workbook(path, findings), numbered=True)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise findings.stop("", "an old Excel or encrypted Office file", READABLE, "save it as .xlsx or CSV, without a password")
    if data[:2] == b"\x1f\x8b":
        data = _unzipped(data, findings)
    text = _decoded(data, findings).replace("\r\n", "\n").replace("\r", "\n").strip("\x1a\ufeff")
    if not text.strip():
        raise findings.stop("", "an empty file", READABLE)
    return Text(text)


def _bytes(path: Path, findings: Findings) -> bytes:
    if path.is_dir():
        raise findings.stop("", "a directory", READABLE)
    if not path.exists():
        siblings = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        raise findings.stop("", "no such file", READABLE, near_miss(path.name, siblings))
    if not path.is_file():
        raise findings.stop("", "something that is not a regular file", READABLE)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(findings)
        return path.read_bytes()
    except OSError as error:
        raise findings.stop("", f"a file that cannot be read ({error.strerror})", READABLE) from error


def _too_large(findings: Findings) -> Exception:
    return findings.stop("", f"more than {MAX_BYTES // 2**20} MB", "a smaller file", "split it by period, or drop columns")


def _unzipped(data: bytes, findings: Findings) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            text = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise findings.stop("", f"a damaged gzip file ({error})", READABLE) from error
    if len(text) > MAX_BYTES:
        raise _too_large(findings)
    return text


def _decoded(data: bytes, findings: Findings) -> str:
    encoding = next((name for bom, name in BOMS if data.startswith(bom)), "") or _utf16_without_bom(data)
    if not encoding and len(data.translate(None, CONTROLS)) != len(data):
        raise findings.stop("", "binary data", READABLE)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise findings.stop("", f"damaged {encoding} text", READABLE) from error
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise findings.stop("", "text in an unknown encoding", f"{READABLE}, as UTF-8") from error
    findings.note("The file is not UTF-8; its letters were read as Windows-1252.")
    return text


def _utf16_without_bom(data: bytes) -> str:
    """UTF-16 of Latin text has a zero in every other byte."""
    head = data[:2000]
    if len(head) < 8:
        return ""
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros.count(0) > 0.9 * len(zeros) and head.count(0) < 0.6 * len(head):
            return name
    return ""

"""How every CSV is written: the same bytes for the same numbers, and no cell a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence

_RISKY = re.compile(r"'*[=+\-@\t\r]")


def number(value: float, digits: int = 6) -> str:
    """At most `digits` decimals, without trailing zeros; empty for what nobody knows."""
    if not math.isfinite(value):
        return ""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"
    return "0" if text in ("-0", "") else text


def guard(text: str) -> str:
    """Text that no spreadsheet takes for a formula: `'` before a leading = + - @ TAB CR. `unguard` gives the text back."""
    return f"'{text}" if _RISKY.match(text) else text


def unguard(text: str) -> str:
    """What `guard` was given."""
    return text[1:] if text.startswith("'") and _RISKY.match(text) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV in UTF-8 with \\n at the end of each line; the cells come as text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()

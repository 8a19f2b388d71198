"""What the reading of one file has found so far: faults to raise together, and notes for the reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from wfm.errors import Fault, HistoryError
from wfm.model.arrays import IntArray

SHOWN = 5


def shown(text: object) -> str:
    """Text of the file as it appears in a message: quoted, control characters escaped, cut to a readable length."""
    quoted = repr(str(text))
    return quoted if len(quoted) <= 60 else quoted[:57] + "…'"


def near_miss(text: str, known: Iterable[str]) -> str:
    """A "did you mean", or nothing."""
    by_key = {name.casefold(): name for name in known}
    close = get_close_matches(text.casefold(), list(by_key), n=1, cutoff=0.6)
    return f"did you mean {by_key[close[0]]!r}?" if close else ""


@dataclass
class Findings:
    """Collects faults of one file; `check` raises them all at once."""

    file: str
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def fault(self, place: str, found: str, expected: str, hint: str = "") -> None:
        self.faults.append(Fault(self.file, place, found, expected, hint))

    def rows(self, lines: IntArray, texts: Sequence[object], column: str, expected: str, hint: str = "") -> None:
        """One kind of fault on many rows: the first five with their lines, and a count when there are more.

        texts: what stands there; more than the first five are not looked at.
        """
        of_column = f", column {column}" if column else ""
        for line, text in zip(lines[:SHOWN], texts[:SHOWN], strict=True):
            self.fault(f"line {line}{of_column}", shown(text), expected, hint)
        if len(lines) > SHOWN:
            place = f"column {column}" if column else f"lines {lines[0]} to {lines[-1]}"
            self.fault(place, f"{len(lines):,} rows like this in all", expected, f"the first {SHOWN} are listed")

    def error(self) -> HistoryError:
        return HistoryError(self.faults)

    def check(self) -> None:
        """Raises HistoryError with everything found so far, if anything."""
        if self.faults:
            raise self.error()

    def stop(self, place: str, found: str, expected: str, hint: str = "") -> HistoryError:
        """The error for a fault after which reading on makes no sense; to be raised by the caller."""
        self.fault(place, found, expected, hint)
        return self.error()

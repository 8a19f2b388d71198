"""What a layout is: one way in which a system writes a history."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wfm.intake.headers import Overrides, header_key, match_headers
from wfm.intake.synonyms import INTERVAL_FIELDS

Needs = tuple[tuple[str, ...], ...]

INTERVAL_NEEDS: Needs = (("start", "date", "time"), ("offered", "handled"))


@dataclass(frozen=True)
class Layout:
    """One way in which a system writes a history.

    spellings: field → headers as `header_key` writes them, best first. marks: recognised when all headers of one of these sets are there;
    without marks, when every need is met. needs: of each group one field at least. positions, row: for a headerless
    file, the fields in order (None to skip) and a pattern per column. timezone: zone of the stamps where the layout fixes it.
    date_formats: tried before the common ones. per_contact: a row is a contact, not an interval. may_be_future: a forecast, not a record.
    """

    name: str
    title: str
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: INTERVAL_FIELDS)
    marks: tuple[frozenset[str], ...] = ()
    needs: Needs = INTERVAL_NEEDS
    positions: tuple[str | None, ...] = ()
    row: tuple[str, ...] = ()
    timezone: str | None = None
    date_formats: tuple[str, ...] = ()
    per_contact: bool = False
    may_be_future: bool = False

    def recognises(self, cells: Sequence[str], overrides: Overrides = ()) -> bool:
        """Whether this row is the header of such a file (for a headerless layout: its first row)."""
        if self.row:
            return len(cells) >= len(self.row) and all(re.fullmatch(p, c) for p, c in zip(self.row, cells, strict=False))
        keys = {header_key(cell) for cell in cells}
        if self.marks and not any(mark <= keys for mark in self.marks):
            return False
        return not self.missing(cells, overrides)

    def missing(self, cells: Sequence[str], overrides: Overrides = ()) -> Needs:
        """The needs that this header does not meet."""
        at = match_headers(cells, self.spellings, overrides).at
        return tuple(group for group in self.needs if not any(name in at for name in group))


def also(**own: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The common spellings of an interval table, with this layout's own before them."""
    return INTERVAL_FIELDS | {name: (*spelled, *INTERVAL_FIELDS.get(name, ())) for name, spelled in own.items()}

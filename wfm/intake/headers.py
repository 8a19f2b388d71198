"""Headers → fields: spellings shipped with the layout, units in the header, and the planner's own mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wfm.intake.findings import Findings, near_miss, shown
from wfm.intake.synonyms import FIELDS

Spellings = Mapping[str, tuple[str, ...]]
Overrides = tuple[tuple[str, str], ...]

IGNORE = "ignore"
MOST_NAMED = 20
SECONDS = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden"), 1.0),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "minuten"), 60.0),
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 0.001),
}


def header_key(text: str) -> str:
    """The header in lower case words: ``Total Handle Time (Seconds)`` → ``total handle time seconds``, ``QueueName`` → ``queue name``."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text.replace("\ufeff", ""))
    return " ".join(re.sub(r"[\W_]+", " ", words.casefold()).split())


def without_unit(key: str) -> tuple[str, float]:
    """The key without a unit of time at its end, and that unit in seconds (1 where none is named)."""
    head, _, tail = key.rpartition(" ")
    return (head, SECONDS[tail]) if head and tail in SECONDS else (key, 1.0)


@dataclass(frozen=True)
class Columns:
    """Which column holds which field. at: field → position. parts: further columns that tell rows of one interval apart.

    names: header text by position. unit_s: field → seconds per unit, for durations.
    """

    at: Mapping[str, int]
    names: Mapping[int, str]
    unit_s: Mapping[str, float] = field(default_factory=dict)
    parts: tuple[int, ...] = ()

    @property
    def positions(self) -> tuple[int, ...]:
        return tuple(sorted({*self.at.values(), *self.parts}))

    def name(self, field_name: str) -> str:
        return self.names[self.at[field_name]]


@dataclass(frozen=True)
class _Match:
    position: int
    field: str
    rank: int
    unit_s: float


def match_headers(header: Sequence[str], spellings: Spellings, overrides: Overrides = ()) -> Columns:
    """Map what is known; where two headers could hold one field the better spelling wins, then the first column."""
    ranks = {spelling: (rank, name) for name, spelled in spellings.items() for rank, spelling in enumerate(spelled)}
    chosen = {header_key(text): wanted for text, wanted in overrides}
    matches = [m for position, text in enumerate(header) if (m := _match(position, header_key(text), ranks, chosen))]
    at: dict[str, int] = {}
    units: dict[str, float] = {}
    for match in sorted(matches, key=lambda m: (m.rank, m.position)):
        if match.field != "part" and match.field not in at:
            at[match.field], units[match.field] = match.position, match.unit_s
    parts = tuple(m.position for m in matches if m.field == "part")
    return Columns(at, {i: text or f"{i + 1}" for i, text in enumerate(header)}, units, parts)


def _match(position: int, key: str, ranks: Mapping[str, tuple[int, str]], chosen: Mapping[str, str]) -> _Match | None:
    bare, unit_s = without_unit(key)
    if chosen.get(key) == IGNORE:
        return None
    name = _field_meant(chosen.get(key, ""), ranks)
    if name:
        return _Match(position, name, -1, unit_s)
    if key in ranks:
        return _Match(position, ranks[key][1], ranks[key][0], 1.0)
    if bare in ranks and ranks[bare][1].endswith("_s"):
        return _Match(position, ranks[bare][1], ranks[bare][0], unit_s)
    moment = re.sub(r" (?:utc|gmt)$", "", key)
    return _Match(position, "start", ranks[moment][0], 1.0) if ranks.get(moment, (0, ""))[1] == "start" else None


def _field_meant(wanted: str, ranks: Mapping[str, tuple[int, str]]) -> str:
    """The field by its own name or by one of its spellings, "" for neither."""
    return wanted if wanted in FIELDS else ranks.get(header_key(wanted), (0, ""))[1]


def check_overrides(header: Sequence[str], spellings: Spellings, overrides: Overrides, findings: Findings) -> None:
    """Faults for headers that do not stand in the file and fields that do not exist, with near misses."""
    known = {spelling for spelled in spellings.values() for spelling in spelled}
    keys = {header_key(text) for text in header}
    for text, wanted in overrides:
        if header_key(text) not in keys:
            findings.fault("[history.columns]", f"header {text!r}", "a header of the file", near_miss(text, header))
        if wanted not in (*FIELDS, IGNORE) and header_key(wanted) not in known:
            findings.fault(
                f"[history.columns] {text}", f"field {wanted!r}", f"one of {', '.join((*spellings, IGNORE))}", near_miss(wanted, FIELDS)
            )


def note_unused(header: Sequence[str], columns: Columns, overrides: Overrides, findings: Findings) -> None:
    """Say which columns nobody asked for, so that none is lost in silence."""
    ignored = {header_key(text) for text, wanted in overrides if wanted == IGNORE}
    unused = [text for i, text in enumerate(header) if text and i not in columns.positions and header_key(text) not in ignored]
    if unused:
        more = f" and {len(unused) - MOST_NAMED} more" if len(unused) > MOST_NAMED else ""
        findings.note(f"Columns not used: {', '.join(map(shown, unused[:MOST_NAMED]))}{more}; name them under [history.columns].")


def note_choices(header: Sequence[str], spellings: Spellings, columns: Columns, findings: Findings) -> None:
    """Say where a second header could have held the same field."""
    for position, text in enumerate(header):
        alone = match_headers([text], spellings).at
        rivals = [name for name in alone if name != "part" and columns.at.get(name, position) != position]
        if rivals and position not in columns.positions:
            findings.note(f"Column {text!r} was not used: {rivals[0]} was taken from {columns.name(rivals[0])!r}.")

"""What differs between two rosters, a line for each day of somebody's, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduling.repair.away import NAME, is_absence
from scheduling.rules.base import say
from wfm.model import Kind, Roster, Segment, Shift, TimeAxis


@dataclass(frozen=True, order=True)
class Change:
    """One day of one person. before, after: the day in words. shift: whether the shift itself differs, or only what lies inside it.

    away: whether it has hours of an absence then.
    """

    day: date
    agent: str
    before: str
    after: str
    shift: bool = True
    away: bool = False

    @property
    def text(self) -> str:
        return f"{self.agent}, {say(self.day)}: {self.before} → {self.after}"


def changes(before: Roster, after: Roster) -> tuple[Change, ...]:
    """Every day of everybody that differs, by date."""
    old, new = ({(s.agent, s.day): s for s in roster.shifts} for roster in (before, after))
    differ = [key for key in sorted(old.keys() | new.keys()) if _parts(old.get(key)) != _parts(new.get(key))]
    return tuple(sorted(_change(after.axis, key, old.get(key), new.get(key)) for key in differ))


def _change(axis: TimeAxis, key: tuple[str, int], old: Shift | None, new: Shift | None) -> Change:
    same = old is not None and new is not None and (old.start, old.end) == (new.start, new.end)
    away = new is not None and any(is_absence(part.name) for part in new.segments)
    return Change(axis.dates[key[1]], key[0], _words(axis, old, same), _words(axis, new, same), not same, away)


def _parts(shift: Shift | None) -> object:
    return shift and [(part.start, part.end, part.kind, part.name) for part in shift.segments]


def _words(axis: TimeAxis, shift: Shift | None, inside: bool) -> str:
    """The shift; with what lies inside it where only that differs, and always with its sessions."""
    if shift is None:
        return "off"
    told = [part for part in shift.segments if part.kind is Kind.ACTIVITY or (inside and part.kind is Kind.BREAK)]
    parts = "".join(f", {_part(axis, part)}" for part in told)
    return f"{axis.local(shift.start):%H:%M}–{axis.local(shift.end):%H:%M}{parts}"


def _part(axis: TimeAxis, part: Segment) -> str:
    """A session or a break by its beginning, hours of an absence by both ends."""
    first = axis.local(part.start)
    return f"{NAME} {first:%H:%M}–{axis.local(part.end):%H:%M}" if is_absence(part.name) else f"{part.name} {first:%H:%M}"

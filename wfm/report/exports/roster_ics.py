"""A calendar file for each agent (RFC 5545): one event for each shift, its segments in the description."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from wfm.model import Roster, Shift, TimeAxis


def roster_ics(roster: Roster, agent: str, made: datetime | None = None) -> bytes:
    """The agent's shifts as iCalendar. made: stamp of the events, now if left out.

    A shift keeps its UID from plan to plan (agent and date), so that a calendar that reads the file again moves the event.
    """
    stamp = _utc(made or datetime.now(UTC))
    events = [line for shift in roster.of(agent) for line in _event(shift, roster.axis, stamp)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//open-wfm//roster//EN", "METHOD:PUBLISH", *events, "END:VCALENDAR"]
    return "".join(_folded(lines)).encode()


def _event(shift: Shift, axis: TimeAxis, stamp: str) -> list[str]:
    key = hashlib.sha256(f"{shift.agent}\n{axis.dates[shift.day]}".encode()).hexdigest()[:32]
    told = "\n".join(f"{axis.local(part.start):%H:%M}–{axis.local(part.end):%H:%M} {part.name}" for part in shift.segments)
    return [
        "BEGIN:VEVENT",
        f"UID:{key}@open-wfm",
        f"DTSTAMP:{stamp}",
        f"DTSTART:{_utc(axis.local(shift.start))}",
        f"DTEND:{_utc(axis.local(shift.end))}",
        f"SUMMARY:{_escaped(f'Shift {shift.agent}')}",
        f"DESCRIPTION:{_escaped(told)}",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r", "").replace("\n", "\\n")


def _folded(lines: Iterable[str]) -> Iterable[str]:
    """Lines of at most 75 octets, continued with a blank, never cut inside a character."""
    for line in lines:
        room, size = 75, 0
        for sign in line:
            width = len(sign.encode())
            if size + width > room:
                yield "\r\n "
                size = 1
            yield sign
            size += width
        yield "\r\n"

"""A roster for other programs: forms by their name, and the verb that writes them."""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from wfm.errors import Fault, InputError
from wfm.model import Roster
from wfm.report.exports.roster_csv import roster_csv
from wfm.report.exports.roster_ics import roster_ics
from wfm.report.exports.roster_xlsx import roster_xlsx


class HasRoster(Protocol):
    """A finished run, as far as an export needs it."""

    @property
    def roster(self) -> Roster: ...


Files = Iterator[tuple[Path, bytes]]


def _calendars(roster: Roster, out: Path) -> Files:
    """A file for each agent, into the folder `out`."""
    for agent in dict.fromkeys(shift.agent for shift in roster.shifts):
        yield out / f"{_file_name(agent)}.ics", roster_ics(roster, agent)


FORMS: dict[str, Callable[[Roster, Path], Files]] = {
    "csv": lambda roster, out: iter([(out, roster_csv(roster))]),
    "ics": _calendars,
    "xlsx": lambda roster, out: iter([(out, roster_xlsx(roster))]),
}
"""What a roster can be exported to. A new form is a new line here."""


def export_run_as(form: str, run: HasRoster, out: Path) -> list[Path]:
    """Write a run's roster in one of `FORMS` to `out` (a folder for `ics`) and name the files. Raises InputError for an unknown form."""
    if form not in FORMS:
        near = difflib.get_close_matches(form, FORMS, 1)
        raise InputError(Fault("", "form", repr(form), f"one of {', '.join(FORMS)}", f"did you mean {near[0]!r}?" if near else ""))
    written = []
    for path, data in FORMS[form](run.roster, out):
        _put(path, data)
        written.append(path)
    return written


def _put(path: Path, data: bytes) -> None:
    """Write whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(Fault(str(path), "", error.strerror or str(error), "a place that can be written")) from error


def _file_name(agent: str) -> str:
    """The agent's name as a file name; where signs had to go, a few of its digest keep two agents apart."""
    safe = re.sub(r"[^\w -]", "_", agent)[:60].strip() or "agent"
    return safe if safe == agent else f"{safe}-{hashlib.sha256(agent.encode()).hexdigest()[:6]}"

"""What a repair needs of a run: its roster in the terms of its people, and its requirement."""

from __future__ import annotations

from wfm.model import Requirement, Roster, Workforce
from wfm.report.exports.roster_csv import parse_roster
from wfm.report.exports.text import unguard
from wfm.store.read import Run


def published_roster(run: Run, workforce: Workforce) -> Roster:
    """The roster with its breaks and activities told apart. Raises InputError."""
    return parse_roster(run.texts["roster.csv"], str(run.path / "roster.csv"), run.axis, workforce)


def requirement_of(run: Run) -> Requirement:
    """The requirement as the run has it, which a simulation in the loop may have corrected."""
    rows, axis = run.frame("requirement"), run.axis
    queues = [unguard(str(name)) for name in rows["queue"].iloc[: len(rows) // axis.n_intervals]]
    tables = {n: rows[n].to_numpy(float).reshape(axis.n_intervals, -1).T for n in ("present", "rostered", "paid", "service")}
    words = tuple(str(text) for text in rows["definition"].iloc[: len(queues)])
    return Requirement(axis, tuple(queues), **tables, definition=words)

"""A history file → History: the way of the numbers, in order."""

from __future__ import annotations

import numpy as np

from wfm.intake import span
from wfm.intake.findings import Findings
from wfm.intake.load import load
from wfm.intake.recognise import recognise
from wfm.intake.records import Records, read_records
from wfm.intake.states import Grid, Meaning, count_cut_intervals, fill, roll_up
from wfm.intake.steps import check_grid, settle_steps
from wfm.intake.table import open_table
from wfm.intake.zones import Placed, place, zone_of
from wfm.model import Calendar, History, HistorySource, Queue, State


def read_history(source: HistorySource, queues: tuple[Queue, ...], calendar: Calendar, timezone: str) -> History:
    """Read what came in, at the step of the file or rolled up to `source.step_minutes`, on whole local days of the centre.

    The history holds the queues that have rows, in the order of `queues`. timezone: the centre's zone. What was assumed stands in
    `History.notes`. Nothing is guessed about missing rows: inside a queue's hours `source.missing` has to say what they mean.
    Raises HistoryError with all faults found.
    """
    findings = Findings(str(source.file))
    table = open_table(load(source.file, findings), findings)
    known = recognise(table, source, findings)
    records = read_records(table, known, queues, source, findings)
    placed = place(records, zone_of(records, known.layout, source, timezone, findings), source, findings)
    findings.check()
    grid = _on_grid(records, placed, Meaning(queues, calendar, source), timezone, findings)
    return _history(grid, findings)


def _on_grid(records: Records, placed: Placed, meaning: Meaning, timezone: str, findings: Findings) -> Grid:
    own, wanted = settle_steps(records, placed, meaning.source, findings)
    axis = span.cover(placed, own, timezone, findings)
    minute = span.elapsed_minutes(placed, axis)
    check_grid(records, placed, minute, own, findings)
    findings.check()
    axis = span.without_ragged_days(axis, minute, records, placed, findings)
    fine = fill(axis, records, placed, meaning, findings)
    if wanted == own:
        return fine
    rolled = roll_up(fine, span.axis_of(axis.start, axis.days, wanted, timezone, findings))
    cut = count_cut_intervals(fine, rolled)
    if cut:
        findings.note(f"{cut:,} intervals of {wanted} minutes are open only in part; they hold the contacts of that part.")
    return rolled


def _history(grid: Grid, findings: Findings) -> History:
    observed = grid.state == State.OBSERVED
    known = observed & (grid.handled > 0)
    mean = np.full(grid.contacts.shape, np.nan)
    mean[known] = grid.handle_total_s[known] / grid.handled[known]
    contacts = np.where(observed, grid.contacts, np.nan)
    return History(grid.axis, grid.queues, contacts, grid.state, mean, tuple(findings.notes))

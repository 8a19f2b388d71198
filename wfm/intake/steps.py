"""The step of the intervals: recognised or asked for, and rows that do not fit it."""

from __future__ import annotations

import numpy as np

from wfm.intake.findings import SHOWN, Findings
from wfm.intake.records import Records
from wfm.intake.zones import Placed
from wfm.model import HistorySource
from wfm.model.arrays import IntArray
from wfm.model.axis import STEPS

USUAL_SHARE = 0.2
COARSE_ROWS = 8
ASK = 'step_minutes under [history], e.g. "step_minutes = 15", or --step of `wfm import`'


def settle_steps(records: Records, placed: Placed, source: HistorySource, findings: Findings) -> tuple[int, int]:
    """(step of the rows, step of the history) in minutes. Raises HistoryError where none can be known or the two do not go together."""
    asked = source.step_minutes
    if asked is not None and asked not in STEPS:
        raise findings.stop("[history] step_minutes", str(asked), f"one of {', '.join(map(str, STEPS))} (--step of `wfm import`)")
    if records.per_contact:
        if asked is None:
            raise findings.stop(
                "[history]", "a log of single contacts and no step", ASK, "contacts are counted in intervals of that length"
            )
        return asked, asked
    own = _own_step(records, placed, asked, findings)
    if asked is None:
        findings.note(f"The intervals are {own} minutes long.")
        return own, own
    if asked % own:
        multiples = ", ".join(str(s) for s in STEPS if s % own == 0)
        raise findings.stop("[history] step_minutes", f"{asked}, but rows every {own} minutes", f"one of {multiples}")
    findings.note(
        f"The rows, every {own} minutes, were rolled up to {asked} minutes." if asked > own else f"The intervals are {own} minutes long."
    )
    return own, asked


def _own_step(records: Records, placed: Placed, asked: int | None, findings: Findings) -> int:
    gaps = _gaps(records, placed)
    lengths, counts = np.unique(gaps, return_counts=True)
    possible = [int(m) for m, n in zip(lengths, counts, strict=True) if m in STEPS and n >= USUAL_SHARE * len(gaps)]
    own = min(possible, default=int(lengths[np.argmax(counts)]) if len(lengths) else 0)
    if asked is not None and (own == 0 or (asked in lengths and asked == min(lengths))):
        return asked
    if own == 0:
        raise findings.stop("", "a single interval, so that its length cannot be seen", ASK)
    if own not in STEPS:
        spoken = "daily figures" if own >= 1440 else f"a row every {own} minutes"
        raise findings.stop("", spoken, f"intervals of {', '.join(map(str, STEPS))} minutes", "a plan needs the profile of the day")
    return own


def _gaps(records: Records, placed: Placed) -> IntArray:
    """Whole minutes between neighbouring stamps of the same queue (0 for less than a minute is left out)."""
    queue = records.queue[placed.row]
    order = np.lexsort((placed.start, queue))
    seconds = np.diff(placed.start[order]).astype("timedelta64[s]").astype(np.int64)
    return np.asarray(seconds[(np.diff(queue[order]) == 0) & (seconds >= 60)] // 60)


def check_grid(records: Records, placed: Placed, minute: np.ndarray, own: int, findings: Findings) -> None:
    """Faults for stamps off the grid of the step, for stretches at a coarser step, and for repeated rows.

    minute (placed,): elapsed minutes (fractions included) since a local midnight.
    """
    if records.per_contact:
        return
    off = np.flatnonzero(minute % own != 0)
    if len(off):
        texts = np.datetime_as_string(records.when[placed.row[off]], "s").tolist()
        hint = f"the rows come every {own} minutes; a change of step inside the file? Split it, or correct the stamps"
        findings.rows(records.line[placed.row[off]], texts, "", f"a stamp on the {own}-minute grid", hint)
    _check_repeats(records, placed, findings)
    _check_coarse(records, placed, minute, own, findings)


def _check_repeats(records: Records, placed: Placed, findings: Findings) -> None:
    key = (placed.start, records.part[placed.row], records.queue[placed.row])
    order = np.lexsort((placed.row, *key))
    same = np.ones(len(order) - 1, bool)
    for values in key:
        same &= values[order][1:] == values[order][:-1]
    again, before = placed.row[order[1:][same]], placed.row[order[:-1][same]]
    if len(again):
        first = zip(again[:SHOWN], before[:SHOWN], strict=True)
        texts = [f"{np.datetime_as_string(records.when[a], 'm')} again, as on line {records.line[b]}" for a, b in first]
        findings.rows(records.line[again], texts, "", "one row per queue and interval")


def _check_coarse(records: Records, placed: Placed, minute: np.ndarray, own: int, findings: Findings) -> None:
    """A whole day whose rows stand evenly at a multiple of the step was written at another step."""
    queue, day = records.queue[placed.row], (minute // 1440).astype(np.int64)
    order = np.lexsort((minute, day, queue))
    stretch = np.flatnonzero(np.diff(queue[order]) | np.diff(day[order])) + 1
    for rows in np.split(order, stretch):
        if len(rows) >= COARSE_ROWS:
            gaps = np.diff(minute[rows])
            if gaps.min() == gaps.max() > own:
                line = records.line[placed.row[rows]]
                place = f"lines {line.min()} to {line.max()}"
                findings.fault(
                    place, f"a day of rows every {gaps[0]:g} minutes", f"rows every {own} minutes, as elsewhere", "split the file by step"
                )
                return

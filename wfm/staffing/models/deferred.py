"""E-mail and back office: work that may wait until it is due, done as evenly as that allows, only while the queue is open."""

from __future__ import annotations

import numpy as np

from wfm.model.arrays import BoolArray, FloatArray, IntArray
from wfm.queueing.deferred import done_in_time, whole_agents
from wfm.staffing.workload import Staffed, Workload

_SPELL_S = 3600.0
"""An extra agent comes for an hour of work at least, unless a due time presses: nobody is called in for a quarter of an hour."""


def staff(work: Workload) -> Staffed:
    """Agents such that every contact is done within the target's `within_s`.

    Contacts that come while the queue is closed count from its next opening. What would fall due while it is closed may take as long
    again from the next opening, at most that whole opening. The axis starts without backlog; what comes before its last opening ends
    is done on it, what comes later is not its work.
    """
    present, service = np.zeros(len(work.contacts)), np.full(len(work.contacts), np.nan)
    opened = np.flatnonzero(work.is_open)
    cap = work.queue.target.max_occupancy
    if len(opened):
        worked, due = _in_open_time(work.contacts * work.handle_s, work.is_open, int(work.queue.target.within_s // work.step_s))
        arrived, owed = np.cumsum(worked), np.cumsum(np.bincount(due, worked, len(worked)).astype(np.float64))
        # the two sums add the same numbers in another order
        owed = np.minimum(np.where(np.arange(len(owed)) == len(owed) - 1, arrived, owed), arrived)
        spell = max(round(_SPELL_S / work.step_s), 1)
        agents = whole_agents(arrived, owed, work.step_s * cap, work.queue.min_agents, spell)
        present[opened] = agents
        service[opened] = done_in_time(arrived, due, present[opened] * work.step_s * cap)
    return Staffed(present, service, f"deferred work, all of it due, agents busy at most {cap:.0%}")


def _in_open_time(work: FloatArray, is_open: BoolArray, wait: int) -> tuple[FloatArray, IntArray]:
    """Work per open interval (open,), and the last open interval in which it may be done (open,); `wait` in intervals of the axis."""
    opened = np.flatnonzero(is_open)
    place = np.searchsorted(opened, np.arange(len(work)))
    inside = place < len(opened)
    worked = np.bincount(place[inside], work[inside], len(opened)).astype(np.float64)
    due = opened + wait
    last = np.searchsorted(opened, due)
    last = np.where((due < len(work)) & is_open[np.minimum(due, len(work) - 1)], last, _postponed(last, opened, wait))
    last = np.minimum(last, len(opened) - 1)
    # first come, first served: nothing may be due later than what came after it
    return worked, np.minimum.accumulate(last[::-1])[::-1]


def _postponed(last: IntArray, opened: IntArray, wait: int) -> IntArray:
    """Due while closed: `wait` intervals into the opening that follows, or at its end where that comes first."""
    ends = np.append(np.flatnonzero(np.diff(opened) > 1), len(opened) - 1)
    end_of_opening = ends[np.minimum(np.searchsorted(ends, last), len(ends) - 1)]
    return np.asarray(np.minimum(last + wait, end_of_opening))

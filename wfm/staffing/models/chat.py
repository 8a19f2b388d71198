"""Chats: several at once per agent, each perhaps the slower the more there are."""

from __future__ import annotations

from typing import Any

import numpy as np

from wfm.model.arrays import FloatArray, IntArray
from wfm.queueing import Measures
from wfm.queueing.chat import agents_needed_chat, evaluate_chat
from wfm.staffing.models.base import Model
from wfm.staffing.models.immediate import staff as least
from wfm.staffing.workload import Staffed, Workload


def staff(work: Workload, as_calls: Model) -> Staffed:
    """With chats that take as long whatever else their agent holds, the servers are places for chats, and `as_calls` is exact."""
    queue = work.queue
    if not queue.chat_slowdown or queue.concurrency == 1:
        return as_calls.staff(work)
    leave = "nobody leaves" if queue.patience_s is None else f"mean patience {queue.patience_s:.4g} s"
    words = f"chats, {leave}, each chat {queue.chat_slowdown:.0%} longer for every further one in hand"
    again = f", {queue.redial_share:.0%} of those who leave try again" if queue.redial_share else ""
    return least(work, _needed, _measured, words + again, servers=1)


def _needed(work: Workload, share: FloatArray | float) -> FloatArray:
    target, most = work.queue.target, work.queue.concurrency
    asked: dict[str, Any] = {
        "wait_served": target.asa_s,
        "p_abandon": target.abandonment,
        "chats_per_agent": target.max_occupancy * most if target.max_occupancy < 1 else None,
    }
    rows, back = _distinct(work, np.broadcast_to(share, work.contacts.shape))
    given = {measure: value for measure, value in (asked | {f"sl_{target.definition}": rows[2]}).items() if value is not None}
    needed: FloatArray = np.asarray(agents_needed_chat(**_floor(work, rows[0], rows[1]), targets=given), dtype=np.float64)
    return needed[back]


def _measured(work: Workload, agents: FloatArray) -> tuple[Measures, FloatArray]:
    rows, back = _distinct(work, agents)
    found = evaluate_chat(**_floor(work, rows[0], rows[1]), agents=rows[2])
    return Measures(**{name: values[back] for name, values in vars(found.measures).items()}), np.asarray(found.total_chats)[back]


def _distinct(work: Workload, value: FloatArray) -> tuple[FloatArray, IntArray]:
    """(contacts, handle_s, value) of the intervals that differ, (3, rows), and the row of each interval: many are alike."""
    rows, back = np.unique(np.array([work.contacts, work.handle_s, value]), axis=1, return_inverse=True)
    return rows, np.asarray(back.reshape(-1), np.int64)


def _floor(work: Workload, contacts: FloatArray, handle_s: FloatArray) -> dict[str, Any]:
    """The arguments of the chat functions; a handle time of 0, where nobody writes, may be any."""
    queue = work.queue
    full_s = np.where(contacts > 0, handle_s, 1.0)
    return {
        "chats": contacts,
        "interval_s": work.step_s,
        "handle_s": [full_s * queue.slowness(held) for held in range(1, queue.concurrency + 1)],
        "patience": np.inf if queue.patience_s is None else queue.patience_s,
        "within_s": queue.target.within_s,
        "redial_share": queue.redial_share if queue.patience_s is not None else 0.0,
    }

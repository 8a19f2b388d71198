"""Centres in which every agent serves one queue only: lived through by `simulation.recursion`, with the trace of the other engines."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from simulation.arrivals import Contacts
from simulation.centre import Strike, quiet
from simulation.presence import Stint
from simulation.setting import Setting
from simulation.trace import Trace

FREE = np.dtype([("at_s", "f8"), ("rank", "u4"), ("agent", "u4")])
AGENT = np.dtype([("first", "u8"), ("stint", "u8")])
STINT = np.dtype([("start_s", "f8"), ("end_s", "f8")])
LINE = np.dtype([(name, "u8") for name in ("root", "size", "first_closing", "last_closing", "closing")])


COMES, AT_ONCE = 2**30, 2**31
"""Added to the ranks of agents who come, and of those done the moment somebody arrived: at one instant completions, whose rank is the
contact, are first, then whoever comes, then those who arrive."""


class Days(NamedTuple):
    """What the recursion reads and writes.

    arrival_s, queue, handle_s, patience_s: as in `Contacts`. fate, wait_s, agent, virtual_s: as in `Trace`. heap: from `lines.root` the
    `size` agents of a line by when they are next free. agents: their first stint, and the one they are in or come to; one row more ends the
    last. closings (closings, 2): from `first_closing` to before `last_closing` those of a line; `closing`: the next. late: as in
    `Trace`, told[0] rows.
    """

    arrival_s: np.ndarray
    queue: np.ndarray
    handle_s: np.ndarray
    patience_s: np.ndarray
    fate: np.ndarray
    wait_s: np.ndarray
    agent: np.ndarray
    virtual_s: np.ndarray
    heap: np.ndarray
    agents: np.ndarray
    stints: np.ndarray
    lines: np.ndarray
    closings: np.ndarray
    late: np.ndarray
    told: np.ndarray


def fits(setting: Setting) -> bool:
    """Whether the recursion knows all that may happen: first come, first served by agents of one queue, one contact at a time."""
    served: dict[int, set[int]] = {}
    for stint in setting.stints:
        served.setdefault(stint.agent, set()).update(stint.queues)
    plain = setting.rules is None and len(setting.trades) == 1 and setting.base is setting.queues
    calls = all(queue.concurrency == 1 and not queue.redial_share for queue in setting.queues)
    return plain and calls and all(len(queues) == 1 for queues in served.values())


def live(setting: Setting, contacts: Contacts, stints: tuple[Stint, ...], strike: Strike = quiet) -> Trace:
    """One replication of a setting that `fits`, as `simulation.centre.live`."""
    from simulation import recursion

    strike(0.0)
    days = _days(setting, contacts, _planned(setting) if stints is setting.stints else _people(setting, stints))
    recursion.live(days)
    late, facts = days.late[: days.told[0]], {name: getattr(days, name) for name in ("fate", "wait_s", "agent", "virtual_s")}
    late = late[np.lexsort((late[:, 2], late[:, 1], late[:, 0]))]
    return Trace.of(contacts, setting.step_s, days.arrival_s, late, **facts)


People = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]
"""heap, agents, stints, lines and closings before anything has happened."""


@lru_cache(maxsize=2)
def _planned(setting: Setting) -> People:
    return _people(setting, setting.stints)


def _people(setting: Setting, stints: tuple[Stint, ...]) -> People:
    stints = tuple(sorted(stints))
    agents = np.zeros(len(setting.agents) + 1, AGENT)
    agents["first"] = agents["stint"] = np.searchsorted([stint.agent for stint in stints], np.arange(len(agents)))
    firsts = [stints[row] for row in np.unique(agents["first"]) if row < len(stints)]
    first_of = sorted((stint.queues[0], stint.start_s, stint.agent) for stint in firsts)
    heap = np.zeros(len(first_of), FREE)
    for place, (_, start_s, agent) in enumerate(first_of):  # what is sorted is a heap
        heap[place] = start_s, COMES + agent, agent
    closings = [setting.closings(stints, queue) for queue in range(len(setting.queues))]
    lines = np.zeros(len(closings), LINE)
    lines["root"] = np.searchsorted([queue for queue, _, _ in first_of], np.arange(len(lines)))
    lines["size"] = np.diff([*lines["root"], len(heap)])
    ends = np.cumsum([len(spans) for spans in closings])
    lines["last_closing"], lines["first_closing"] = ends, ends - [len(spans) for spans in closings]
    lines["closing"] = lines["first_closing"]
    placed = np.array([(stint.start_s, stint.end_s) for stint in stints], STINT)
    return heap, agents, placed, lines, np.array([span for spans in closings for span in spans], float).reshape(-1, 2)


def _days(setting: Setting, contacts: Contacts, people: People) -> Days:
    """One layout always, so that the recursion is compiled once."""
    heap, agents, stints, lines, closings = people
    columns = [np.require(column, float, "C") for column in (contacts.arrival_s, contacts.handle_s, contacts.patience_s)]
    arrival_s, handle_s, patience_s = (column if column.flags.writeable else column.copy() for column in columns)
    queue, size = np.array(contacts.queue, np.uint64), len(contacts)
    told = [np.empty(size, np.int64), np.empty(size), np.empty(size, np.int64), np.empty(size)]
    late, lates = np.empty((len(stints), 3)), np.zeros(1, np.int64)
    return Days(arrival_s, queue, handle_s, patience_s, *told, heap.copy(), agents.copy(), stints, lines.copy(), closings, late, lates)

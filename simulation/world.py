"""The world of one replication in flat arrays, as the compiled kernel wants it: what is known beforehand, and room for what happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from simulation.arrivals import Contacts
from simulation.more import EVENT, NOBODY, More
from simulation.presence import Stint
from simulation.setting import Setting
from simulation.tables import Tables, changes_of
from simulation.timetable import Change
from simulation.trace import BLOCKED as BUSY
from simulation.trace import HUNG_UP, Fate, Trace

ANSWERED, ABANDONED, UNANSWERED, BLOCKED, CONTAINED, PROMISED, GIVEN_UP = map(int, Fate)
GO, COME, CLOSE = int(Change.GO), int(Change.COME), int(Change.CLOSE)
MENU_OVER, WAITED_LONG, TALK_OVER = 0, 1, 2
AFTER_HANGING_UP, AFTER_BUSY = HUNG_UP, BUSY

CONTACT = np.dtype([("wait_s", "f8"), ("virtual_s", "f8"), ("agent", "u4"), ("behind", "u4"), ("fate", "u4"), ("standing", "u4")])
AGENT = np.dtype([("left_s", "f8"), ("since", "i8")] + [(n, "u4") for n in ("profile", "queue", "in_hand", "place", "before", "behind")])
LINE = np.dtype([(n, "u4") for n in ("head", "front", "tail", "concurrency", "servers", "rooms", "first_closing", "closing")])
PLACE = np.dtype([("first", "u4"), ("last", "u4")])
COUNTERS = ("contact", "originals", "change", "ends", "leaves", "redials", "root_free", "late", "looking", "rooms", "joined", "before")
CLOCK = np.dtype([("now_s", "f8"), ("horizon_s", "f8"), ("stood", "i8")] + [(name, "u4") for name in COUNTERS])


class World(NamedTuple):
    """One replication.

    arrival_s … delay_s: as in `Contacts`; entered_s: when they came to the queue, arrival_s itself where nothing comes before that.
    contacts, agents: what becomes of each. lines: one for each queue, and one more that only ends the pointers of the last; head: who came
    first of those who wait or hung up unnoticed, front: of those who wait. places: where agents stand, in the order of coming: the idle by
    profile, then those who chat by queue and chats in hand, then those whose work gives way by profile. profiles, served, level_of,
    servers, chats: see `Tables`. closings, changes: known beforehand. ends, leaves, redials: heaps of events. late: as in `Trace`. clock:
    one row of counters.
    """

    arrival_s: np.ndarray
    entered_s: np.ndarray
    queue: np.ndarray
    handle_s: np.ndarray
    patience_s: np.ndarray
    again: np.ndarray
    delay_s: np.ndarray
    contacts: np.ndarray
    agents: np.ndarray
    lines: np.ndarray
    places: np.ndarray
    profiles: np.ndarray
    served: np.ndarray
    level_of: np.ndarray
    servers: np.ndarray
    chats: np.ndarray
    closings: np.ndarray
    changes: np.ndarray
    ends: np.ndarray
    leaves: np.ndarray
    redials: np.ndarray
    late: np.ndarray
    clock: np.ndarray


def world_of(tables: Tables, contacts: Contacts, stints: tuple[Stint, ...]) -> World:
    """The world before anything has happened."""
    changes, closings, first_closing = tables.planned if stints is tables.setting.stints else changes_of(tables, stints)
    arrival_s, beyond = np.array(contacts.arrival_s, "f8"), tables.setting.rules is not None
    return World(
        arrival_s,
        np.zeros(len(contacts)) if beyond else arrival_s,
        *_columns(contacts),
        contacts=np.empty(len(contacts), CONTACT),
        agents=_rows(AGENT, agents_of(tables, stints), profile=NOBODY, place=NOBODY),
        lines=_lines(tables, first_closing),
        places=_rows(PLACE, tables.places + len(tables.level_of) * beyond, first=NOBODY, last=NOBODY),
        profiles=tables.profiles,
        served=tables.served,
        level_of=tables.level_of,
        servers=tables.servers,
        chats=tables.chats,
        closings=closings,
        changes=changes,
        ends=np.empty(len(contacts) * _most_ends(tables.setting), EVENT),
        leaves=np.empty(len(contacts), EVENT),
        redials=np.empty(len(contacts) - contacts.originals, EVENT),
        late=np.empty((len(stints), 3)),
        clock=_rows(CLOCK, 1, looking=NOBODY, joined=NOBODY, horizon_s=tables.setting.horizon_s, originals=contacts.originals),
    )


def _most_ends(setting: Setting) -> int:
    """Completions of a contact that may be expected: once for itself, for one that it sends aside, and whenever another of its agent
    comes or goes where that changes the pace."""
    if setting.rules is None:
        return 1
    return 2 * max((queue.concurrency for queue in setting.queues if queue.chat_slowdown), default=1)


def _columns(contacts: Contacts) -> Iterator[np.ndarray]:
    """One layout always, so that the kernel is compiled once."""
    for column, dtype in ((contacts.queue, "u4"), (contacts.handle_s, "f8"), (contacts.patience_s, "f8")):
        yield np.require(column, dtype, "CW")
    yield np.require(contacts.again.astype("u4"), "u4", "CW")
    yield np.require(contacts.delay_s, "f8", "CW")


def _rows(dtype: np.dtype, count: int, **values: float) -> np.ndarray:
    blank = np.zeros(1, dtype)
    for name, value in values.items():
        blank[name] = value
    return np.repeat(blank, count)


def _lines(tables: Tables, first_closing: np.ndarray) -> np.ndarray:
    lines = _rows(LINE, len(first_closing), head=NOBODY, front=NOBODY, tail=NOBODY)
    lines["servers"], lines["first_closing"], lines["closing"] = tables.first_server, first_closing, first_closing
    lines["concurrency"][:-1], lines["rooms"][:-1] = tables.concurrency, tables.rooms
    return lines


def agents_of(tables: Tables, stints: tuple[Stint, ...]) -> int:
    """How many agents there may be; by head count one may be finishing for each stint."""
    return len(stints) if tables.setting.leaving == "head_count" else tables.agents


def trace_of(world: World, more: More | None, contacts: Contacts, step_s: float) -> Trace:
    """What happened in a world that is over."""
    late = world.late[: world.clock["late"][0]]
    late = late[np.lexsort((late[:, 2], late[:, 1], late[:, 0]))]
    found = world.contacts
    agent = found["agent"].astype(np.int32)  # NOBODY becomes -1
    facts = {"fate": found["fate"], "wait_s": found["wait_s"], "agent": agent, "virtual_s": found["virtual_s"]}
    if more is not None:
        facts |= {"entered_s": world.entered_s, "factor": more.rows["factor"], "took_s": more.rows["took_s"]}
        further = more.pieces[: more.clock["pieces"][0]]
        further = further[np.lexsort((further[:, 1], further[:, 3], further[:, 2]))]
        absent = more.absent[: more.clock["absent"][0]]
        absent = absent[np.lexsort((absent[:, 2], absent[:, 1], absent[:, 0]))]
        return Trace.of(contacts, step_s, world.arrival_s, late, further, absent, **facts)
    return Trace.of(contacts, step_s, world.arrival_s, late, **facts)

"""The world of one replication in flat arrays, as the compiled kernel wants it: what is known beforehand, and room for what happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from simulation.arrivals import Contacts
from simulation.presence import Stint
from simulation.tables import Tables, changes_of
from simulation.timetable import Change
from simulation.trace import Fate, Trace

ANSWERED, ABANDONED, UNANSWERED = map(int, Fate)
GO, COME, CLOSE = int(Change.GO), int(Change.COME), int(Change.CLOSE)

CONTACT = np.dtype([("wait_s", "f8"), ("virtual_s", "f8"), ("agent", "i8"), ("fate", "i8"), ("standing", "i8"), ("behind", "i8")])
AGENT = np.dtype(
    [(name, "i8") for name in ("profile", "queue", "in_hand", "since", "place", "before", "behind")] + [("left_s", "f8")],
)
LINE = np.dtype(
    [(name, "i8") for name in ("head", "front", "tail", "concurrency", "servers", "rooms", "first_closing", "closing")],
)
PLACE = np.dtype([("first", "i8"), ("last", "i8")])
EVENT = np.dtype([("at_s", "f8"), ("contact", "i8")])
CLOCK = np.dtype([("now_s", "f8")] + [(name, "i8") for name in ("contact", "change", "ends", "leaves", "root_free", "stood", "late")])


class World(NamedTuple):
    """One replication.

    arrival_s … patience_s: as in `Contacts`. contacts, agents: what becomes of each. lines: one for each queue, and one more that only
    ends the pointers of the last; head: who came first of those who wait or hung up unnoticed, front: of those who wait. places: where
    agents stand, in the order of coming: the idle by profile, then those who chat by queue and chats in hand. profiles, served, level_of,
    servers, chats: see `Tables`. closings, changes: known beforehand. ends, leaves: heaps of events. late: as in `Trace`. clock: one row of
    counters.
    """

    arrival_s: np.ndarray
    queue: np.ndarray
    handle_s: np.ndarray
    patience_s: np.ndarray
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
    late: np.ndarray
    clock: np.ndarray


def world_of(tables: Tables, contacts: Contacts, stints: tuple[Stint, ...]) -> World:
    """The world before anything has happened."""
    changes, closings, first_closing = changes_of(tables, stints)
    return World(
        *_columns(contacts),
        contacts=_rows(CONTACT, len(contacts), agent=-1, fate=UNANSWERED, virtual_s=np.inf),
        agents=_rows(AGENT, tables.agents, profile=-1, queue=-1, place=-1),
        lines=_lines(tables, first_closing),
        places=_rows(PLACE, tables.places, first=-1, last=-1),
        profiles=tables.profiles,
        served=tables.served,
        level_of=tables.level_of,
        servers=tables.servers,
        chats=tables.chats,
        closings=closings,
        changes=changes,
        ends=np.empty(len(contacts), EVENT),
        leaves=np.empty(len(contacts), EVENT),
        late=np.empty((len(stints), 3)),
        clock=np.zeros(1, CLOCK),
    )


def _columns(contacts: Contacts) -> Iterator[np.ndarray]:
    """One layout always, so that the kernel is compiled once."""
    for column, dtype in ((contacts.arrival_s, "f8"), (contacts.queue, "i8"), (contacts.handle_s, "f8"), (contacts.patience_s, "f8")):
        yield np.require(column, dtype, "CW")


def _rows(dtype: np.dtype, count: int, **values: float) -> np.ndarray:
    blank = np.zeros(1, dtype)
    for name, value in values.items():
        blank[name] = value
    return np.repeat(blank, count)


def _lines(tables: Tables, first_closing: np.ndarray) -> np.ndarray:
    lines = _rows(LINE, len(first_closing), head=-1, front=-1, tail=-1)
    lines["servers"], lines["first_closing"], lines["closing"] = tables.first_server, first_closing, first_closing
    lines["concurrency"][:-1], lines["rooms"][:-1] = tables.concurrency, tables.rooms
    return lines


def trace_of(world: World, contacts: Contacts) -> Trace:
    """What happened in a world that is over."""
    found = world.contacts
    late = world.late[: world.clock["late"][0]]
    late = late[np.lexsort((late[:, 2], late[:, 1], late[:, 0]))]
    took_s = np.where(found["fate"] == ANSWERED, contacts.handle_s, 0.0)
    facts = (found["fate"], found["wait_s"], found["agent"], took_s, found["virtual_s"], late)
    return Trace(contacts.arrival_s, contacts.queue, contacts.interval, *facts)

"""The world of one replication in flat arrays, as the compiled kernel wants it: what is known beforehand, and room for what happens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
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

CONTACT = np.dtype([("behind", "u4"), ("standing", "u4")])
AGENT = np.dtype([("left_s", "f8"), ("since", "i8")] + [(n, "u4") for n in ("profile", "queue", "in_hand", "place", "before", "behind")])
LINE = np.dtype([(n, "u4") for n in ("head", "front", "tail", "concurrency", "servers", "rooms", "first_closing", "closing")])
LATER = np.dtype([("at_s", "f8"), ("contact", "u4"), ("behind", "u4")])
PLACE = np.dtype([("first", "u4"), ("last", "u4")])
HEAPS = ("ends", "later", "put_by", "drawer", "leaves", "redials")
COUNTERS = ("contact", "originals", "change", "late", "looking", "rooms", "joined", "before")
CLOCK = np.dtype([(n, "f8") for n in ("now_s", "horizon_s", "drawers_per_s")] + [("stood", "i8")] + [(n, "u4") for n in HEAPS + COUNTERS])


class Ends(NamedTuple):
    """Completions, see `simulation.kernel.ends`. soon: a heap of the next. later: others; drawers: the first in each, then `behind` it."""

    soon: np.ndarray
    later: np.ndarray
    drawers: np.ndarray


class World(NamedTuple):
    """One replication.

    arrival_s … delay_s: as in `Contacts`; entered_s: when they came to the queue, arrival_s itself where nothing comes before that.
    fate … virtual_s: as in `Trace`. contacts: where they stand in their lines. agents: what becomes of each. lines: one for each queue,
    and one more that only ends the pointers of the last; head: who came first of those who wait or hung up unnoticed, front: of those who
    wait. places: where agents stand, in the order of coming: the idle by profile, then those who chat by queue and chats in hand, then
    those whose work gives way by profile. profiles, served, level_of, servers, chats: see `Tables`. closings, changes: known beforehand.
    leaves, redials: heaps of events. late: as in `Trace`. clock: one row of counters.
    """

    arrival_s: np.ndarray
    entered_s: np.ndarray
    queue: np.ndarray
    handle_s: np.ndarray
    patience_s: np.ndarray
    again: np.ndarray
    delay_s: np.ndarray
    fate: np.ndarray
    wait_s: np.ndarray
    agent: np.ndarray
    virtual_s: np.ndarray
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
    ends: Ends
    leaves: np.ndarray
    redials: np.ndarray
    late: np.ndarray
    clock: np.ndarray


def world_of(tables: Tables, contacts: Contacts, stints: tuple[Stint, ...]) -> World:
    """The world before anything has happened."""
    house = _planned(tables) if stints is tables.setting.stints else _house(tables, stints)
    size, arrival_s, clock = len(contacts), np.array(contacts.arrival_s, "f8"), house.clock.copy()
    ends = _ends(contacts, size * _most_ends(tables.setting))
    clock["originals"], clock["drawers_per_s"] = contacts.originals, len(ends.drawers) / tables.setting.horizon_s
    return World(
        arrival_s,
        arrival_s if tables.setting.rules is None else np.zeros(size),
        *_columns(contacts),
        fate=np.full(size, UNANSWERED),
        wait_s=np.zeros(size),
        agent=np.full(size, -1),
        virtual_s=np.full(size, np.inf),
        contacts=np.zeros(size, CONTACT),
        agents=house.agents.copy(),
        lines=house.lines.copy(),
        places=house.places.copy(),
        profiles=tables.profiles,
        served=tables.served,
        level_of=tables.level_of,
        servers=tables.servers,
        chats=tables.chats,
        closings=house.closings,
        changes=house.changes,
        ends=ends,
        leaves=np.empty(size, EVENT),
        redials=np.empty(size - contacts.originals, EVENT),
        late=np.empty((len(stints), 3)),
        clock=clock,
    )


class House(NamedTuple):
    """The parts of a `World` that do not hang on who will call."""

    agents: np.ndarray
    lines: np.ndarray
    places: np.ndarray
    closings: np.ndarray
    changes: np.ndarray
    clock: np.ndarray


@lru_cache(maxsize=2)
def _planned(tables: Tables) -> House:
    """Where everybody comes it is the same in every replication."""
    return _house(tables, tables.setting.stints)


def _house(tables: Tables, stints: tuple[Stint, ...]) -> House:
    changes, closings, first_closing = changes_of(tables, stints)
    beyond = tables.setting.rules is not None
    return House(
        agents=_rows(AGENT, agents_of(tables, stints), profile=NOBODY, place=NOBODY),
        lines=_lines(tables, first_closing),
        places=_rows(PLACE, tables.places + len(tables.level_of) * beyond, first=NOBODY, last=NOBODY),
        closings=closings,
        changes=changes,
        clock=_rows(CLOCK, 1, looking=NOBODY, joined=NOBODY, horizon_s=tables.setting.horizon_s),
    )


def _ends(contacts: Contacts, most: int) -> Ends:
    """Two drawers to a contact: few hold more than three completions, where a day has its peaks."""
    return Ends(np.empty(most, EVENT), np.empty(most, LATER), np.full(2 * contacts.originals + 1, NOBODY))


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
    facts = {name: getattr(world, name) for name in ("fate", "wait_s", "agent", "virtual_s")}
    for column in (world.arrival_s, *facts.values()):
        column.flags.writeable = False  # nobody writes there any more, so that the trace need not copy them
    if more is not None:
        facts |= {"entered_s": world.entered_s, "factor": more.rows["factor"], "took_s": more.rows["took_s"]}
        further = more.pieces[: more.clock["pieces"][0]]
        further = further[np.lexsort((further[:, 1], further[:, 3], further[:, 2]))]
        absent = more.absent[: more.clock["absent"][0]]
        absent = absent[np.lexsort((absent[:, 2], absent[:, 1], absent[:, 0]))]
        return Trace.of(contacts, step_s, world.arrival_s, late, further, absent, **facts)
    return Trace.of(contacts, step_s, world.arrival_s, late, **facts)

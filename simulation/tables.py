"""Roster and routing as tables of numbers, made once for all replications of a fast run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.floor import Kind
from simulation.more import skills_of
from simulation.presence import Stint
from simulation.setting import Setting
from simulation.timetable import HOUR_S, Change, rests_s
from wfm.model.arrays import FloatArray, IntArray

SERVER = np.dtype([("profile", "u4"), ("rank", "u4")])
SERVED = np.dtype([("queue", "u4"), ("level", "u4")])
CHANGE = np.dtype([("at_s", "f8"), ("change", "u4"), ("number", "u4"), ("profile", "u4"), ("rest_s", "f8")])

Changes = tuple[np.ndarray, FloatArray, IntArray]
"""Rows of the timetable (CHANGE), all closings (from, to), and the first closing of each queue (queues + 1,)."""


@dataclass(frozen=True, eq=False)
class Tables:
    """A profile is a kind of agent (`simulation.floor`): its rows `profiles[p]` to `profiles[p + 1]` of `served` name the queues, by level.

    level_of (profiles, queues): −1 where not served. servers: from `first_server[q]` the profiles that serve queue q, lowest rank first.
    chats: queues in which an agent may hold more than one contact, the first line of each. places: how many lists of standing agents there
    are; those who hold k contacts of line q, or of others of its queue, stand at `rooms[q] + k`.
    """

    setting: Setting
    profile_of: dict[Kind, int]
    profiles: IntArray
    served: np.ndarray
    level_of: IntArray
    first_server: IntArray
    servers: np.ndarray
    concurrency: IntArray
    rooms: IntArray
    chats: IntArray
    places: int

    @cached_property
    def skills(self) -> np.ndarray:
        """How each profile serves each queue, as the kernel wants it."""
        return skills_of(self.setting, list(self.profile_of))

    @property
    def agents(self) -> int:
        return len(self.setting.agents)


def tables_of(setting: Setting) -> Tables:
    """The tables of a setting."""
    kinds = sorted({(stint.queues, setting.trade(stint.agent)) for stint in setting.stints})
    levels = [[(queue, number) for number, level in enumerate(setting.levels(*kind)) for queue in level] for kind in kinds]
    level_of = np.full((len(levels), len(setting.queues)), -1)
    for profile, rows in enumerate(levels):
        for queue, level in rows:
            level_of[profile, queue] = level
    concurrency, base = (np.array([queue.concurrency for queue in some], np.int64) for some in (setting.queues, setting.base))
    servers = [
        [(setting.rank(served, queue, trade), profile) for profile, (served, trade) in enumerate(kinds) if queue in served]
        for queue in range(len(concurrency))
    ]
    return Tables(
        setting=setting,
        profile_of={kind: profile for profile, kind in enumerate(kinds)},
        profiles=_starts([len(rows) for rows in levels]).astype(np.uint32),
        served=np.array([row for rows in levels for row in rows], SERVED),
        level_of=level_of,
        first_server=_starts([len(rows) for rows in servers]),
        servers=np.array([(profile, rank) for rows in servers for rank, profile in sorted(rows)], SERVER),
        concurrency=concurrency,
        rooms=(len(levels) + _starts(base - 1)[:-1])[list(setting.base_of)],
        chats=setting.first_line[:-1][base > 1].astype(np.uint32),
        places=len(levels) + 1 + int((base - 1).sum()),
    )


def _starts(counts: Sequence[int] | IntArray) -> IntArray:
    """Where each of runs of these lengths begins, and where the last ends."""
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)


def changes_of(tables: Tables, stints: tuple[Stint, ...]) -> Changes:
    """The timetable of `simulation.timetable`, and the closings of `Setting.closings`, for the stints really worked."""
    setting = tables.setting
    start_s = np.array([stint.start_s for stint in stints], float)
    end_s = np.array([stint.end_s for stint in stints], float)
    agent = np.array([stint.agent for stint in stints], np.int64)
    profile = np.array([tables.profile_of[stint.queues, setting.trade(stint.agent)] for stint in stints], np.int64)
    closings = [_closings(setting, queue, tables.level_of[profile, queue] >= 0, start_s, end_s) for queue in range(len(setting.queues))]
    hours = np.arange(1, int(setting.horizon_s) // HOUR_S + 1)
    rows = [
        _rows(end_s, Change.GO, agent, profile),
        _rows(start_s, Change.COME, agent, profile, np.array(rests_s(stints))),
        _rows(hours * float(HOUR_S), Change.STRIKE, hours),
    ]
    rows += [_rows(spans[:, 0], Change.CLOSE, np.full(len(spans), queue)) for queue, spans in enumerate(closings)]
    every = np.concatenate(rows)
    order = np.lexsort((every["number"], every["change"], every["at_s"]))
    return every[order], np.concatenate(closings), _starts([len(spans) for spans in closings])


def _rows(at_s: FloatArray, change: Change, number: IntArray, profile: IntArray | int = 0, rest_s: FloatArray | float = 0.0) -> np.ndarray:
    rows = np.empty(len(at_s), CHANGE)
    rows["at_s"], rows["change"], rows["number"], rows["profile"] = at_s, int(change), number, profile
    rows["rest_s"] = rest_s
    return rows


def _closings(setting: Setting, queue: int, serve: np.ndarray, start_s: FloatArray, end_s: FloatArray) -> FloatArray:
    """`Setting.closings` as an array (closings, 2)."""
    if setting.deferred(queue):
        return np.array([[setting.horizon_s, np.inf]])
    order = np.flatnonzero(serve)[np.lexsort((end_s[serve], start_s[serve]))]
    served_to = np.maximum.accumulate(np.concatenate([[0.0], end_s[order]]))
    midnights = setting.day_starts_s.astype(float)
    midnight = midnights[np.searchsorted(midnights, start_s[order], side="right") - 1]
    shut = (start_s[order] > served_to[:-1]) & (midnight >= served_to[:-1])
    return np.append(np.stack([served_to[:-1][shut], midnight[shut]], axis=1), [[served_to[-1], np.inf]], axis=0)

"""What the compiled kernel knows beyond the `World` of a centre in which contacts do more than wait and be served."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from simulation.arrivals import Contacts
from simulation.lives import Lives
from simulation.rules import Rules
from simulation.setting import Setting

NOBODY = np.uint32(2**32 - 1)
"""No agent, no contact, no place. Numbers that serve as an index are unsigned: numba would else look at each whether it is negative."""

LONGEST_IDLE, MOST_IDLE, RANDOM = range(3)
AMONG = {"longest_idle": LONGEST_IDLE, "most_idle": MOST_IDLE, "random": RANDOM}

EVENT = np.dtype([("at_s", "f8"), ("contact", "u4")], align=True)
TIMES = ("menu_s", "wrap_s", "after_u", "after_s", "choice", "factor", "left_s", "done_s", "begun_s", "took_s")
NUMBERS = (
    "after",
    "promise",
    "trunks",
    "tries_again",
    "contained",
    "gives_up",
    "accepts",
    "inside",
    "settled",
    "stage",
    "joined",
    "pieces",
    "server",
    "at_work",
)
ROW = np.dtype([(name, "f8") for name in TIMES] + [(name, "u4") for name in NUMBERS], align=True)
RULE = np.dtype(
    [(name, "f8") for name in ("over_s", "pace_s", "credit_s")]
    + [(name, "i8") for name in ("places", "keep_free", "waiting", "on")]
    + [("first_stage", "u4"), ("end_stage", "u4"), ("gives_way", "u4"), ("family", "u4"), ("slows", "u4")]
)
SKILL = np.dtype([("handle_factor", "f8"), ("resolution", "f8"), ("after_s", "f8")])
REST = np.dtype([(name, "f8") for name in ("free_s", "due_s", "rest_s")] + [(name, "u4") for name in ("back", "profile", "owes")])
PROFILE = np.dtype([("idle", "i8"), ("first_to_go", "u4"), ("last_to_go", "u4")])
COUNTERS = (
    "shifted",
    "returns",
    "coming",
    "absent",
    "give_way",
    "moves",
    "yielding",
    "pieces",
    "joined",
    "steps",
    "entering",
    "further",
    "follower",
    "away",
    "owed",
    "among",
    "head_count",
)
COUNTS = np.dtype([("follows_s", "f8")] + [(name, "u4") for name in COUNTERS])


class More(NamedTuple):
    """rows: one for each attempt, as in `Lives`. rules: one for each line, as in `Rules`, and who waits and works there. stages: of all.

    skills (profiles, lines). profiles: how many stand idle, and the first and last of those who are to go as soon as one is done. trunks:
    free lines. steps: a heap of events, contact × 4 + step. hand: what agents hold where completions may move, (agents, most at a time).
    slowness (lines, most at a time + 1): as in `Rules`. names: in whose place they work.
    pieces: work taken up again, as `Trace.further`. rests: of agents, as in `simulation.floor`; returns: a heap of their numbers, coming:
    whose each is; absent: as in `Trace`. away, to_go: for staffing by head count, agents who are off (the last goes on first), and since
    when somebody is to go with the number of the next. clock: one row of counters.
    """

    rows: np.ndarray
    rules: np.ndarray
    stages: np.ndarray
    skills: np.ndarray
    profiles: np.ndarray
    trunks: np.ndarray
    steps: np.ndarray
    hand: np.ndarray
    slowness: np.ndarray
    names: np.ndarray
    pieces: np.ndarray
    rests: np.ndarray
    returns: np.ndarray
    coming: np.ndarray
    absent: np.ndarray
    away: np.ndarray
    to_go: np.ndarray
    clock: np.ndarray


class Room(NamedTuple):
    """How many agents, stints and places to stand there are in the `World`."""

    agents: int
    stints: int
    places: int


def with_lives(contacts: Contacts) -> Contacts:
    """Contacts that have them, if only plain ones."""
    return contacts if contacts.lives is not None else replace(contacts, lives=Lives.plain(len(contacts)))


def more_of(setting: Setting, skills: np.ndarray, contacts: Contacts, room: Room) -> More | None:
    """Before anything has happened; None where there is nothing more."""
    if setting.rules is None:
        return None
    rules, profiles = setting.rules, np.zeros(len(skills), PROFILE)
    profiles["first_to_go"] = NOBODY
    clock, rests, late_breaks = np.zeros(1, COUNTS), np.zeros(room.agents, REST), room.stints if rules.shifted else 0
    rests["back"] = NOBODY
    clock["entering"] = clock["follower"] = NOBODY
    clock["away"], clock["among"], clock["head_count"] = room.agents, AMONG[rules.among], rules.head_count
    clock["give_way"], clock["yielding"] = any(rules.gives_way), room.places
    clock["moves"], most = any(rules.gives_way) or rules.slows, max((queue.concurrency for queue in setting.queues), default=1)
    clock["shifted"] = rules.shifted
    return More(
        rows=_rows(contacts),
        rules=_rules(rules, setting.base_of),
        stages=np.array([stage for stages in rules.stages for stage in stages], float),
        skills=skills,
        profiles=profiles,
        trunks=np.array(rules.trunks, np.int64),
        steps=np.empty(2 * len(contacts), EVENT),
        hand=np.zeros((room.agents, most), np.uint32),
        slowness=_slowness(rules, most),
        names=np.arange(room.agents, dtype=np.uint32),
        pieces=np.empty((len(contacts) if any(rules.gives_way) else 0, 4)),
        rests=rests,
        returns=np.empty(late_breaks, EVENT),
        coming=np.empty(late_breaks, np.uint32),
        absent=np.empty((late_breaks, 3)),
        away=np.arange(room.agents, dtype=np.uint32)[::-1].copy(),
        to_go=np.empty(room.stints if rules.head_count else 0, EVENT),
        clock=clock,
    )


def _rows(contacts: Contacts) -> np.ndarray:
    lives, rows = contacts.lives, np.zeros(len(contacts), ROW)
    for name in ("menu_s", "wrap_s", "after_u", "after_s", "choice", "tries_again", "contained", "gives_up", "accepts", "inside"):
        rows[name] = getattr(lives, name)
    for name in ("after", "promise", "trunks"):
        rows[name] = getattr(lives, name).astype("u4")  # -1 becomes NOBODY
    rows["factor"], rows["left_s"], rows["took_s"] = 1.0, contacts.handle_s, np.nan
    return rows


def _slowness(rules: Rules, most: int) -> np.ndarray:
    found = np.ones((len(rules.slowness), most + 1))
    for line, row in enumerate(rules.slowness):
        found[line, : len(row)] = row
    return found


def _rules(rules: Rules, family: tuple[int, ...]) -> np.ndarray:
    found = np.zeros(len(rules.places), RULE)
    found["family"], found["slows"] = family, [bool(row) for row in rules.slowness]
    for name in ("over_s", "pace_s", "credit_s", "places", "keep_free", "gives_way"):
        found[name] = getattr(rules, name)
    ends = np.cumsum([len(stages) for stages in rules.stages])
    found["end_stage"], found["first_stage"] = ends, ends - [len(stages) for stages in rules.stages]
    return found


def skills_of(setting: Setting, kinds: list[tuple[tuple[int, ...], int]]) -> np.ndarray:
    """How each kind of agent serves each line, (kinds, lines) of SKILL."""
    found = np.empty((len(kinds), len(setting.queues)), SKILL)
    for number, (_, trade) in enumerate(kinds):
        for queue in range(len(setting.queues)):
            skill = setting.skill(trade, queue)
            found[number, queue] = (skill.handle_factor, setting.resolution(trade, queue), skill.after_s)
    return found

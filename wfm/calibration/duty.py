"""Who was on duty when, from nothing but who served whom.

While somebody waits, an agent who is there and free would take them. So an agent who lets a minute of waiting pass between two calls was
away; while nobody waits nothing shows whether they were, and they are taken to be there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wfm.calibration.spans import Spans
from wfm.model import CallLog
from wfm.model.arrays import BoolArray, FloatArray, IntArray

AWAY_S = 60.0
"""Waiting that an agent who is there may let pass: wrapping up, and a moment between two calls."""

EDGE_S = 900.0
"""Most that somebody is taken to have been there before the first call of a day, or after the last."""

BY_CHANCE = 0.05
"""Least chance of having been there that is still believed."""

FEWEST, USUAL_SHARE = 3, 0.05
"""Calls of a kind from which on it counts as a skill of an agent; share of their calls from which on they would take it any time."""


@dataclass(frozen=True)
class Stint:
    """Agent (their number) on duty from start_s to before end_s."""

    agent: int
    day: int
    start_s: float
    end_s: float


def skills_of(log: CallLog, least_share: float = 0.0) -> tuple[tuple[int, ...], ...]:
    """Kinds each agent serves, those served most first; only those that make up `least_share` of their calls."""
    known = log.served & (log.agent >= 0)
    table = np.zeros((len(log.agents), len(log.kinds)), np.int64)
    np.add.at(table, (log.agent[known], log.kind[known]), 1)
    return tuple(_skills(row, least_share) for row in table)


def _skills(row: IntArray, least_share: float) -> tuple[int, ...]:
    enough = (row >= FEWEST) & (row >= least_share * row.sum())
    return tuple(int(kind) for kind in np.argsort(-row, kind="stable") if enough[kind] or row[kind] == row.max() > 0)


def waiting(log: CallLog, kinds: tuple[int, ...]) -> Spans:
    """When somebody of these kinds was waiting."""
    who = np.isin(log.kind, kinds) & (log.wait_s > 0)
    return Spans(log.asked_s[who], log.begun_s[who])


@dataclass(frozen=True, eq=False)
class Gaps:
    """What lies between an agent's calls, (gaps,), one agent after the other; the last of each goes on for ever, inf.

    agent: number. day: of the call before. from_s: end of all calls before; begun_s: when the call before began; to_s: when the next began.
    over_night: the next call is on another day, or there is none.
    """

    agent: IntArray
    day: IntArray
    begun_s: FloatArray
    from_s: FloatArray
    to_s: FloatArray
    over_night: BoolArray


def gaps(log: CallLog) -> Gaps:
    """All gaps of a log, by agent and time."""
    mine = np.flatnonzero(log.served & (log.agent >= 0))
    mine = mine[np.lexsort((log.begun_s[mine], log.agent[mine]))]
    agent, begun_s = log.agent[mine], log.begun_s[mine]
    day = np.searchsorted(log.axis.day_starts * 60.0, begun_s, side="right") - 1
    shift = agent * (log.axis.minutes * 120.0)  # so that no call of one agent reaches into those of the next
    ended_s = np.maximum.accumulate(log.ended_s[mine] + shift) - shift if len(mine) else begun_s
    last = np.append(agent[1:] != agent[:-1], True)[: len(agent)]
    to_s = np.where(last, np.inf, np.append(begun_s[1:], np.inf)[: len(agent)])
    over_night = last | (np.append(day[1:], -1)[: len(agent)] != day)
    return Gaps(agent, day, begun_s, np.minimum(ended_s, to_s), to_s, over_night)


def stints(log: CallLog) -> tuple[Stint, ...]:
    """Every agent's times on duty: from about the first call of a day to the end of the last, but for the gaps in which they were away."""
    found, waited = gaps(log), waited_through(log, gaps(log))
    away = waited | passed_over(log, found, waited)
    gone_s = found.from_s + np.where(found.over_night, _unseen(_next_waiting(log, found) - found.from_s), 0.0)
    with np.errstate(invalid="ignore"):  # the last gap of each never ends
        before_s = np.where(found.over_night, _unseen(found.to_s - _last_waiting(log, found)), 0.0)
    back_s = np.where(waited & ~found.over_night, np.maximum(_last_waiting(log, found), found.from_s), found.to_s - before_s)
    told: list[Stint] = []
    for agent in range(len(log.agents)):
        rows = np.flatnonzero(found.agent == agent)
        cuts = rows[(away | found.over_night)[rows]]
        starts_s = np.append(found.begun_s[rows[:1]] - EDGE_S, back_s[cuts[:-1]])
        for cut, start_s in zip(cuts, starts_s, strict=True):
            told.append(Stint(agent, int(found.day[cut]), max(float(start_s), 0.0), float(gone_s[cut])))
    return tuple(told)


def _unseen(span_s: FloatArray) -> FloatArray:
    """How much of a time in which nobody waited, at the edge of a day's work, an agent was there for: half of it, up to `EDGE_S`."""
    return np.minimum(span_s / 2, EDGE_S)


def _lines(log: CallLog) -> list[Spans]:
    """For each agent when somebody was waiting whom they would take any time."""
    kept: dict[tuple[int, ...], Spans] = {}
    keys = [tuple(sorted(kinds)) for kinds in skills_of(log, USUAL_SHARE)]
    return [kept.setdefault(kinds, waiting(log, kinds)) if kinds not in kept else kept[kinds] for kinds in keys]


def waited_through(log: CallLog, found: Gaps) -> BoolArray:
    """Gaps in which somebody was waiting for more than `AWAY_S`, (gaps,)."""
    until_s = np.where(found.over_night, found.from_s, found.to_s)
    return _by_agent(log, found, lambda line, rows: line.between(found.from_s[rows], until_s[rows])) > AWAY_S


def _last_waiting(log: CallLog, found: Gaps) -> FloatArray:
    """When somebody was last waiting before the end of each gap, (gaps,)."""
    return _by_agent(log, found, lambda line, rows: line.last_before(found.to_s[rows]))


def _next_waiting(log: CallLog, found: Gaps) -> FloatArray:
    """When somebody was first waiting after the beginning of each gap, (gaps,)."""
    return _by_agent(log, found, lambda line, rows: line.next_from(found.from_s[rows]))


def _by_agent(log: CallLog, found: Gaps, ask: Callable[[Spans, BoolArray], FloatArray]) -> FloatArray:
    told = np.zeros(len(found.agent))
    for agent, line in enumerate(_lines(log)):
        rows = found.agent == agent
        told[rows] = ask(line, rows)
    return told


def passed_over(log: CallLog, found: Gaps, away: BoolArray) -> BoolArray:
    """Gaps in which others were given so many calls at once that chance, had the agent been free too, leaves less than `BY_CHANCE`.

    Each such call goes to any of those free with equal chance; free are those in a gap in which they are not known to be away.
    """
    at_once = np.flatnonzero(log.served & (log.wait_s == 0) & (log.agent >= 0))
    at_once = at_once[np.argsort(log.begun_s[at_once], kind="stable")]
    calls_s, skills = log.begun_s[at_once], skills_of(log, USUAL_SHARE)
    there, total = ~found.over_night & ~away, np.zeros(len(found.agent))
    begin = np.searchsorted(calls_s, found.from_s, side="right")
    end = np.searchsorted(calls_s, found.to_s, side="left")
    for kind in range(len(log.kinds)):
        can = np.isin(found.agent, [agent for agent, kinds in enumerate(skills) if kind in kinds])
        free = _under_way(found.from_s[can & there], found.to_s[can & there], calls_s)
        unlikely = np.where((log.kind[at_once] == kind) & (free > 1), -np.log1p(-1 / np.maximum(free, 2)), 0.0)
        so_far = np.concatenate([[0.0], np.cumsum(unlikely)])
        total += np.where(can, so_far[np.maximum(end, begin)] - so_far[begin], 0.0)
    return np.asarray(there & (total > -np.log(BY_CHANCE)))


def _under_way(from_s: FloatArray, to_s: FloatArray, at_s: FloatArray) -> IntArray:
    """How many of the spans (from_s, to_s] each moment lies in."""
    return np.searchsorted(np.sort(from_s), at_s, side="left") - np.searchsorted(np.sort(to_s), at_s, side="left")


def turn_round_s(log: CallLog) -> float:
    """Mean time from the end of a call until the agent is ready for the next, of those ready within `AWAY_S`.

    Seen only where somebody waits when the call ends: until the agent takes one of them, or (censored) until nobody waits any more. Mean of
    the Kaplan–Meier curve up to `AWAY_S`; 0 where nobody ever waited.
    """
    found = gaps(log)
    took, until = [], []
    for agent, line in enumerate(_lines(log)):
        mine = found.agent == agent
        mine &= line.holds(found.from_s)
        empty_s = line.end_of(found.from_s[mine])
        took.append(found.to_s[mine] <= empty_s + log.grain_s)
        until.append(np.minimum(found.to_s[mine], empty_s) - found.from_s[mine])
    return _restricted_mean(np.concatenate(until), np.concatenate(took)) if took else 0.0


def _restricted_mean(time_s: FloatArray, event: np.ndarray) -> float:
    """Area under the Kaplan–Meier curve up to `AWAY_S`."""
    moments = np.unique(time_s[event & (time_s < AWAY_S)])
    if not len(time_s):
        return 0.0
    at_risk = len(time_s) - np.searchsorted(np.sort(time_s), moments, side="left")
    events = np.array([np.sum(event & (time_s == moment)) for moment in moments], float)
    curve = np.concatenate([[1.0], np.cumprod(1 - events / at_risk)])
    return float(np.diff(np.concatenate([[0.0], moments, [AWAY_S]])) @ curve)

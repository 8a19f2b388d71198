"""Chats: an agent holds up to m at once, each the slower the more there are.

A birth–death chain (see `chat_states`), exact where chats are handed out evenly and moved when an agent runs short of them (Tezcan & Zhang
2014, "Routing and staffing in customer service chat systems with impatient customers"; Luo & Zhang 2013). Who comes when all n·m places
are taken queues, with patience. With one length it is M/M/n·m+G. Worked number: 200 chats an hour of 480, 560 and 700 s while 1, 2 and 3
are in hand, 80 % within 30 s, patience 120 s: 13 agents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.chat_states import free_states
from wfm.queueing.inputs import flat, numbers
from wfm.queueing.law import Law
from wfm.queueing.laws import Exponential
from wfm.queueing.measures import Measures
from wfm.queueing.models import without_agents, without_calls
from wfm.queueing.redials import all_attempts
from wfm.queueing.rows import Rows, by_case, fewest, measures, shaped, wanted, whole_answer
from wfm.queueing.special import Array
from wfm.queueing.system import LEAST_LOAD, Figures, System
from wfm.queueing.virtual_wait import FullHouse, waiting, waiting_for_ever


@dataclass(frozen=True, eq=False)
class ChatMeasures:
    """Shapes as in `evaluate`.

    measures: load is chats per second × handle_s[0], occupancy the share of agents holding at least one chat. chats_per_agent: mean
    number held. concurrency: the same among agents holding any, nan where none ever does. mean_handle_s: mean length of a chat as it
    comes out, nan without chats. total_chats: per interval, those who try again included.
    """

    measures: Measures
    chats_per_agent: Array
    concurrency: Array
    mean_handle_s: Array
    total_chats: Array


def evaluate_chat(
    *,
    chats: ArrayLike,
    interval_s: ArrayLike,
    handle_s: Sequence[ArrayLike],
    agents: ArrayLike,
    patience: Law | float,
    within_s: ArrayLike = 20.0,
    redial_share: ArrayLike = 0.0,
) -> ChatMeasures:
    """All measures of `chats` per interval with agents who hold up to len(handle_s) at once.

    handle_s: seconds a chat takes while its agent holds 1, 2, … of them. patience: mean seconds (exponential; inf: nobody leaves), or a
    law. redial_share: of those who leave, who try again; measures are then per attempt. Arguments broadcast; agents are whole. Patient
    customers whom all agents with full hands cannot keep up with wait for ever. Raises ValueError naming the argument and the first bad
    index.
    """
    shape, system, seconds = _system(chats, interval_s, handle_s, agents, within_s, redial_share, patience=patience)
    figures = system.figures(np.arange(len(system.rate)), system.agents)
    chats_per_s = figures.pop("total_per_s")
    extra = {name: shaped(figures[name], shape) for name in ("chats_per_agent", "concurrency", "mean_handle_s")}
    return ChatMeasures(measures=measures(figures, shape), total_chats=shaped(chats_per_s * seconds, shape), **extra)


def agents_needed_chat(
    *,
    chats: ArrayLike,
    interval_s: ArrayLike,
    handle_s: Sequence[ArrayLike],
    patience: Law | float,
    targets: Mapping[str, ArrayLike],
    within_s: ArrayLike = 20.0,
    redial_share: ArrayLike = 0.0,
) -> Any:
    """The least whole number of agents meeting all targets, such as {"sl_offered": 0.8}; see `rows.wanted`. "chats_per_agent" is one too.

    Where nobody leaves the agents always keep up. The answer meets them and one agent less does not; no number below does either, as
    long as a further chat never raises an agent's speed k/h_k by more than the one before. Errors as in `evaluate_chat`, and for targets
    unknown or out of reach.
    """
    aims = wanted(targets, "chats_per_agent")
    shape, system, _ = _system(chats, interval_s, handle_s, 0.0, within_s, redial_share, *aims.values(), patience=patience)
    values = [np.broadcast_to(value, shape).reshape(-1) for value in aims.values()]
    most = len(system.lengths)
    load = system.rate * system.lengths[-1] / most + 0 * (system.within_s + system.redial)
    answer = fewest(system.figures, load, dict(zip(aims, values, strict=True)))
    # patient customers need agents who keep up, whatever else is asked
    return whole_answer(answer if system.law else np.where(load > 0, np.maximum(answer, np.floor(load) + 1), answer), shape)


def _system(
    chats: ArrayLike,
    interval_s: ArrayLike,
    handle_s: Sequence[ArrayLike],
    agents: ArrayLike,
    within_s: ArrayLike,
    redial_share: ArrayLike,
    *more: ArrayLike,
    patience: Law | float,
) -> tuple[tuple[int, ...], _System, Array]:
    if not len(handle_s):
        raise ValueError("handle_s is empty, expected at least one mean length")
    law = Exponential(float(patience)) if isinstance(patience, (int, float)) and patience != np.inf else patience
    shape, rows = flat(
        numbers("chats", chats),
        numbers("interval_s", interval_s, open_low=True),
        _whole("agents", agents),
        numbers("within_s", within_s),
        numbers("redial_share", redial_share, high=float(np.nextafter(1.0, 0.0))),
        *(numbers(f"handle_s[{i}]", length, open_low=True) for i, length in enumerate(handle_s)),
        *(np.asarray(value, np.float64) for value in more),
    )
    rate, (agents, within_s, redial_share) = rows[0] / rows[1], rows[2:5]
    lengths = np.array(rows[5 : 5 + len(handle_s)])
    return shape, _System(rate, agents, within_s, redial_share, lengths, None if isinstance(law, (int, float)) else law), rows[1]


def _whole(name: str, values: ArrayLike) -> Array:
    array = numbers(name, values)
    broken = ~np.isnan(array) & (array % 1 != 0)
    if broken.any():
        raise ValueError(f"{name} is {array[broken].flat[0]:g}, expected a whole number")
    return array


_EXTRA = ("chats_per_agent", "concurrency", "mean_handle_s", "total_per_s")


@dataclass(frozen=True)
class _System:
    """Rows (rows,): chats per second, agents, T, share that tries again. lengths (m, rows). law: None where nobody leaves."""

    rate: Array
    agents: Array
    within_s: Array
    redial: Array
    lengths: Array
    law: Law | None

    def take(self, rows: Rows, agents: Array) -> _System:
        """The chosen rows with so many agents."""
        return _System(self.rate[rows], agents, self.within_s[rows], self.redial[rows], self.lengths[:, rows], self.law)

    def figures(self, rows: Rows, agents: Array) -> Figures:
        """Every measure of the rows, with so many agents, edge cases included."""
        part = self.take(rows, agents)
        known = ~np.isnan(part.rate + agents + part.within_s + part.redial + part.lengths.sum(axis=0))
        figures = by_case(
            [
                (known & (part.rate == 0), lambda at: part.take(at, agents[at])._idle()),
                (known & (agents == 0), lambda at: part.take(at, agents[at])._unserved()),
                (known, lambda at: part.take(at, agents[at])._redialled()),
            ],
            len(rows),
        )
        load = np.where(known, figures.get("total_per_s", part.rate) * part.lengths[0], np.nan)
        return dict.fromkeys(_EXTRA, np.full_like(part.rate, np.nan)) | figures | {"load": load}

    def _plain(self) -> System:
        """As a queue of calls, for what does not depend on how chats are held."""
        one = np.ones_like(self.rate)
        patience = np.inf if self.law is None else self.law.mean_s
        return System(self.rate * self.lengths[0], self.agents, self.lengths[0], patience * one, np.inf * one, self.within_s)

    def _idle(self) -> Figures:
        return without_calls(self._plain()) | {"chats_per_agent": 0 * self.rate, "total_per_s": self.rate}

    def _unserved(self) -> Figures:
        """Everybody leaves, or waits for ever."""
        if self.law is None:
            return without_agents("C", self._plain()) | {"total_per_s": self.rate}
        total = replace(self, rate=self.rate / (1 - self.redial))
        return without_agents("A", total._plain()) | {"p_abandon_within": self.law.left(self.within_s), "total_per_s": total.rate}

    def _redialled(self) -> Figures:
        """Those who try again included."""
        if self.law is None or not self.redial.any():
            return self._served() | {"total_per_s": self.rate}

        def lost(rows: Rows, rate: Array) -> Array:
            return replace(self.take(rows, self.agents[rows]), rate=rate)._served()["p_abandon"]

        total = all_attempts(self.rate, self.redial, lost)
        return replace(self, rate=total)._served() | {"total_per_s": total}

    def _served(self) -> Figures:
        rate, agents, most = np.maximum(self.rate, LEAST_LOAD / self.lengths[0]), self.agents, len(self.lengths)
        log_free, held, busy = free_states(rate, agents, self.lengths)
        house = FullHouse(rate, agents * most / self.lengths[-1], log_free, self.within_s)
        figures = waiting_for_ever(house) if self.law is None else waiting(house, self.law)
        full = figures["p_wait"]
        chats, holding = (1 - full) * held + full * agents * most, (1 - full) * busy + full * agents
        finished = np.where(np.isinf(figures["asa_all"]), house.drain, rate * (1 - figures["p_abandon"]))
        return figures | {
            "occupancy": np.minimum(holding / agents, 1.0),
            "chats_per_agent": np.minimum(chats / agents, most),
            "concurrency": np.clip(chats / holding, 1.0, most),
            "mean_handle_s": chats / finished,
        }

"""Chats: an agent holds up to m at once, each the slower the more there are.

A birth–death chain. j chats on n agents are spread evenly: r = j mod n agents hold k + 1, the others k = ⌊j/n⌋, so that they finish at the
rate (n − r)·k/h_k + r·(k + 1)/h_{k+1}, with h_k the mean length of a chat while k are held. Who comes when all n·m places are taken
queues, with patience. Exact where chats are handed out evenly and moved when an agent runs short of them (Tezcan & Zhang 2014,
"Routing and staffing in customer service chat systems with impatient customers"; Luo & Zhang 2013). With one length it is M/M/n+G.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from wfm.queueing.inputs import flat, numbers
from wfm.queueing.law import Law, positive
from wfm.queueing.laws import Exponential
from wfm.queueing.measures import Measures
from wfm.queueing.models import without_agents, without_calls
from wfm.queueing.rows import Rows, by_case, fewest, measures, shaped, wanted, whole_answer
from wfm.queueing.special import Array
from wfm.queueing.system import Figures, System
from wfm.queueing.virtual_wait import FullHouse, waiting


@dataclass(frozen=True, eq=False)
class ChatMeasures:
    """Shapes as in `evaluate`.

    measures: load is chats per second × handle_s[0], occupancy the share of agents holding at least one chat. chats_per_agent: mean
    number held. concurrency: the same among agents holding any, nan where none ever does. mean_handle_s: mean length of a chat as it
    comes out, nan without chats.
    """

    measures: Measures
    chats_per_agent: Array
    concurrency: Array
    mean_handle_s: Array


def evaluate_chat(
    *,
    chats: ArrayLike,
    interval_s: ArrayLike,
    handle_s: Sequence[float],
    agents: ArrayLike,
    patience: Law | float,
    within_s: ArrayLike = 20.0,
) -> ChatMeasures:
    """All measures of `chats` per interval with agents who hold up to len(handle_s) at once.

    handle_s: seconds a chat takes while its agent holds 1, 2, … of them, for all rows. patience: mean seconds (exponential), or a law.
    The other arguments broadcast; agents are whole. Raises ValueError naming the argument and the first bad index.
    """
    lengths, law = _lengths(handle_s), _law(patience)
    shape, rows = flat(*_arguments(chats, interval_s, agents, within_s))
    system = _System(rows[0] / rows[1], rows[2], rows[3], lengths, law)
    figures = system.figures(np.arange(len(rows[0])), system.agents)
    extra = (shaped(figures[name], shape) for name in ("chats_per_agent", "concurrency", "mean_handle_s"))
    return ChatMeasures(measures(figures, shape), *extra)


def agents_needed_chat(
    *,
    chats: ArrayLike,
    interval_s: ArrayLike,
    handle_s: Sequence[float],
    patience: Law | float,
    targets: Mapping[str, ArrayLike],
    within_s: ArrayLike = 20.0,
) -> Any:
    """The least whole number of agents meeting all targets, such as {"sl_offered": 0.8}; see `rows.wanted`.

    The answer meets them and one agent less does not; no number below does either, as long as a further chat never raises an agent's speed
    k/h_k by more than the one before. Errors as in `evaluate_chat`, and for targets unknown or out of reach.
    """
    lengths, law, aims = _lengths(handle_s), _law(patience), wanted(targets)
    shape, rows = flat(*_arguments(chats, interval_s, 0.0, within_s), *aims.values())
    system = _System(rows[0] / rows[1], rows[2], rows[3], lengths, law)
    load = system.rate * lengths[-1] / len(lengths) + 0 * system.within_s
    return whole_answer(fewest(system.figures, load, dict(zip(aims, rows[4:], strict=True))), shape)


def _lengths(handle_s: Sequence[float]) -> Array:
    if not len(handle_s):
        raise ValueError("handle_s is empty, expected at least one mean length")
    for length in handle_s:
        positive("handle_s", length)
    return np.asarray(handle_s, np.float64)


def _law(patience: Law | float) -> Law:
    return Exponential(float(patience)) if isinstance(patience, (int, float)) else patience


def _arguments(chats: ArrayLike, interval_s: ArrayLike, agents: ArrayLike, within_s: ArrayLike) -> tuple[Array, ...]:
    whole = numbers("agents", agents)
    broken = whole % 1 != 0
    if (broken & ~np.isnan(whole)).any():
        raise ValueError(f"agents is {whole[broken].flat[0]:g}, expected a whole number")
    return numbers("chats", chats), numbers("interval_s", interval_s, open_low=True), whole, numbers("within_s", within_s)


@dataclass(frozen=True)
class _System:
    """Rows (rows,): chats per second, agents, T; and what all rows share."""

    rate: Array
    agents: Array
    within_s: Array
    lengths: Array
    law: Law

    def figures(self, rows: Rows, agents: Array) -> Figures:
        """Every measure of the rows, with so many agents, edge cases included."""
        rate, within = self.rate[rows], self.within_s[rows]
        known, one = ~np.isnan(rate + agents + within), np.ones_like(rate)
        load = rate * self.lengths[0]
        plain = System(load, agents, one * self.lengths[0], one * self.law.mean_s, one * np.inf, within)
        figures = by_case(
            [
                (known & (rate == 0), lambda at: without_calls(plain.take(at)) | {"chats_per_agent": 0 * rate[at]}),
                (known & (agents == 0), lambda at: self._unserved(plain.take(at))),
                (known, lambda at: self._served(rate[at], agents[at], within[at])),
            ],
            len(rate),
        )
        empty = dict.fromkeys(("chats_per_agent", "concurrency", "mean_handle_s"), np.full_like(rate, np.nan))
        return empty | figures | {"load": np.where(known, load, np.nan)}

    def _unserved(self, plain: System) -> Figures:
        return without_agents("A", plain) | {"p_abandon_within": self.law.left(plain.within_s)}

    def _served(self, rate: Array, agents: Array, within: Array) -> Figures:
        most = len(self.lengths)
        log_free, held, busy = _free_states(rate, agents, self.lengths)
        figures = waiting(FullHouse(rate, agents * most / self.lengths[-1], log_free, within), self.law)
        full = figures["p_wait"]
        chats, holding = (1 - full) * held + full * agents * most, (1 - full) * busy + full * agents
        return figures | {
            "occupancy": np.minimum(holding / agents, 1.0),
            "chats_per_agent": chats / agents,
            "concurrency": chats / holding,
            "mean_handle_s": chats / (rate * (1 - figures["p_abandon"])),
        }


def _free_states(rate: Array, agents: Array, lengths: Array) -> tuple[Array, Array, Array]:
    """Of the states with a place free: ln(sum of π ÷ π of the last), mean chats held, mean agents holding any; each (rows,).

    Climbed like Erlang B: with W the sum in units of the newest state, W_j = 1 + (finish_j/rate)·W_{j−1}.
    """
    log_sum, held, busy = np.zeros_like(rate), np.zeros_like(rate), np.zeros_like(rate)
    places = agents * len(lengths)
    for j in range(1, int(places.max(initial=1.0))):
        at = np.flatnonzero(places > j)
        before = np.log(_finish(j, agents[at], lengths) / rate[at]) + log_sum[at]
        log_sum[at] = np.logaddexp(0.0, before)
        newest = np.exp(-log_sum[at])
        held[at] += newest * (j - held[at])
        busy[at] += newest * (np.minimum(j, agents[at]) - busy[at])
    return log_sum, held, busy


def _finish(chats: int, agents: Array, lengths: Array) -> Array:
    """Chats finished per second while `chats` are spread evenly over the agents."""
    speed = np.append(0.0, np.arange(1, len(lengths) + 1) / lengths)
    each = (chats // agents).astype(np.int64)
    more = chats % agents
    return np.asarray((agents - more) * speed[each] + more * speed[np.minimum(each + 1, len(lengths))])

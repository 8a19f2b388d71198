"""The setting: centre, roster and experiment in numbers, small enough to be sent to another process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from simulation.arrivals import Recorded
from simulation.preferences import PREFERENCES
from simulation.presence import Spans, Stint, stints_of, unserved
from simulation.routing import POLICIES, Levels
from simulation.rules import Rules, lines_of, rules_of, trunks_of
from wfm.model import Agent, Channel, Experiment, Forecast, Queue, Roster, Skill, TimeAxis
from wfm.model.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Setting:
    """What every replication shares.

    queues: what waits in one order: the scenario's queues, or the segments of one that has them. handle_s (queues, intervals): mean handle
    time of contacts arriving then. agents: names, an agent's number is the place here; in the same way a queue's number is its place in
    `queues`. stints: the roster as planned. base: the scenario's queues, None where they are `queues`. trades: kinds of agents by their
    particular skills, trade_of: that of each agent, () where all are alike. late: share of shifts that begin late, and by how much on
    average. warm_up: intervals that are not measured. recorded: see `Forecast.recorded_s`.
    """

    axis: TimeAxis
    queues: tuple[Queue, ...]
    handle_s: FloatArray
    agents: tuple[str, ...]
    stints: tuple[Stint, ...]
    routing: str
    absence: float
    seed: int
    preference: str = "longest_idle"
    among: str = "longest_idle"
    leaving: str = "agent"
    breaks: str = "fixed"
    trades: tuple[tuple[Skill, ...], ...] = ((),)
    trade_of: tuple[int, ...] = ()
    late: tuple[float, float] = (0.0, 0.0)
    warm_up: int = 0
    scenario_queues: tuple[Queue, ...] | None = None
    recorded: Recorded | None = None

    @property
    def base(self) -> tuple[Queue, ...]:
        """The scenario's queues."""
        return self.queues if self.scenario_queues is None else self.scenario_queues

    @cached_property
    def first_line(self) -> IntArray:
        """Number in `queues` of the first line of each of the scenario's queues, and how many lines there are, (base + 1,)."""
        return np.cumsum([0, *(len(lines_of(queue)) for queue in self.base)])

    @cached_property
    def base_of(self) -> tuple[int, ...]:
        """Number of the scenario's queue of each line."""
        return tuple(np.repeat(np.arange(len(self.base)), np.diff(self.first_line)).tolist())

    @property
    def base_handle_s(self) -> FloatArray:
        """`handle_s` of the scenario's queues."""
        return self.handle_s[self.first_line[:-1]]

    @cached_property
    def opening_s(self) -> tuple[float, ...]:
        """When contacts of each of the scenario's queues come that are there from the beginning; inside the axis."""
        return tuple(0.0 if self.deferred(line) else self._first_served_s(line) for line in self.first_line[:-1].tolist())

    def _first_served_s(self, line: int) -> float:
        """0 where nobody serves it on the axis."""
        first_s = min((stint.start_s for stint in self.stints if line in stint.queues), default=0.0)
        return first_s if first_s < self.horizon_s else 0.0

    @cached_property
    def number(self) -> dict[str, int]:
        """Numbers of the scenario's queues by name."""
        return {queue.name: number for number, queue in enumerate(self.base)}

    @cached_property
    def patience_scale(self) -> FloatArray:
        """Mean patience of those who come in an interval ÷ that of the queue, (base, intervals)."""
        scale, minute = np.ones((len(self.base), self.axis.n_intervals)), self.axis.wall_minute
        for number, queue in enumerate(self.base):
            for begin, end, mean_s in queue.journey.patience_by_time if queue.patience_s else ():
                scale[number, (minute >= begin) & (minute < end)] = mean_s / queue.patience_s
        return scale

    @cached_property
    def rules(self) -> Rules | None:
        """What goes beyond waiting and being served, None where nothing does."""
        pace_s = tuple(row.mean() for row in self.base_handle_s)
        return rules_of(self.base, pace_s, self.trades, self.among, self.leaving, self.breaks)

    def trunks_of(self, queue: int) -> int:
        """Number of the trunks that contacts of this queue of the scenario come by, −1 for none."""
        trunks = self.base[queue].journey.trunks
        return list(trunks_of(self.base)).index(trunks.name) if trunks else -1

    def skill(self, trade: int, queue: int) -> Skill:
        """How agents of a trade serve a line."""
        return self._skills[trade][queue]

    @cached_property
    def _skills(self) -> list[list[Skill]]:
        names = [self.base[number].name for number in self.base_of]
        return [[next((skill for skill in trade if skill.queue == name), Skill(name)) for name in names] for trade in self.trades]

    def resolution(self, trade: int, queue: int) -> float:
        """Share of a line's contacts that agents of a trade settle."""
        own, repeat = self.skill(trade, queue).resolution, self.queues[queue].journey.repeat
        return own if own is not None else 1 - repeat.share if repeat else 1.0

    def least_resolution(self, queue: int) -> float:
        """Of a queue of the scenario, by any agent."""
        return min(self.resolution(trade, int(self.first_line[queue])) for trade in range(len(self.trades)))

    def trade(self, agent: int) -> int:
        return self.trade_of[agent] if self.trade_of else 0

    @property
    def step_s(self) -> int:
        return self.axis.step_minutes * 60

    @property
    def horizon_s(self) -> float:
        """Length of the axis in seconds."""
        return self.axis.minutes * 60.0

    @property
    def day_starts_s(self) -> IntArray:
        """Local midnights, shape (days + 1,)."""
        return self.axis.day_starts * 60

    def deferred(self, queue: int) -> bool:
        """Whether the queue's contacts wait across days."""
        return self.queues[queue].channel is Channel.EMAIL

    def closings(self, stints: tuple[Stint, ...], queue: int) -> Spans:
        """Times in which the queue is not served any more; at the start of each, whoever waits is sent away."""
        return ((self.horizon_s, np.inf),) if self.deferred(queue) else unserved(stints, queue, self.day_starts_s)

    def levels(self, served: tuple[int, ...], trade: int = 0) -> Levels:
        """The queues somebody serves, in the order in which the routing policy makes them work."""
        return POLICIES[self.routing](served, self.queues_for(trade))

    def queues_for(self, trade: int) -> tuple[Queue, ...]:
        """The queues with the priorities they have for agents of a trade."""
        own = [self.skill(trade, queue).priority for queue in range(len(self.queues))] if self.trades[trade] else []
        if all(priority is None for priority in own):
            return self.queues
        return tuple(q if p is None else replace(q, priority=p) for q, p in zip(self.queues, own, strict=True))

    def rank(self, served: tuple[int, ...], queue: int, trade: int = 0) -> int:
        """How soon a contact of the queue takes an agent who serves these: the lowest first."""
        own = self.skill(trade, queue).rank if self.trades[trade] else None
        if own is not None:
            return own
        return PREFERENCES[self.preference](tuple(dict.fromkeys(self.base_of[one] for one in served)), self.base_of[queue])


def prepare(predicted: Forecast, queues: tuple[Queue, ...], roster: Roster, experiment: Experiment) -> Setting:
    """The setting of nouns that were checked before. Queues without a handle time in the forecast take their own."""
    rows = [predicted.queues.index(queue.name) for queue in queues]
    own = np.array([[queue.handle_s] for queue in queues]).reshape(-1, 1)
    handle_s = np.where(predicted.handle_s[rows] > 0, predicted.handle_s[rows], own)
    agents = tuple(sorted({shift.agent for shift in roster.shifts}))
    lines = [lines_of(queue) for queue in queues]
    by_name = {queue.name: number for queue, number in zip(queues, _numbers(lines), strict=True)}
    trades, trade_of = _trades(experiment.agents, agents)
    return Setting(
        axis=predicted.axis,
        queues=tuple(line for some in lines for line in some),
        handle_s=np.repeat(handle_s, [len(some) for some in lines], axis=0),
        agents=agents,
        stints=stints_of(roster, agents, by_name),
        routing=experiment.routing,
        absence=experiment.absence,
        seed=experiment.seed,
        preference=experiment.preference,
        among=experiment.among,
        leaving=experiment.leaving,
        breaks=experiment.breaks,
        trades=trades,
        trade_of=trade_of,
        late=(experiment.late_share, experiment.late_s),
        warm_up=experiment.warm_up_minutes // predicted.axis.step_minutes,
        recorded=None if predicted.recorded_s is None else tuple(predicted.recorded_s[row] for row in rows),
        scenario_queues=queues if any(queue.journey.segments for queue in queues) else None,
    )


def _numbers(lines: list[tuple[Queue, ...]]) -> list[tuple[int, ...]]:
    """The lines' numbers, those of the most urgent segment first."""
    begin, found = 0, []
    for some in lines:
        found.append(tuple(begin + k for k in sorted(range(len(some)), key=lambda k: some[k].priority)))
        begin += len(some)
    return found


def _trades(known: tuple[Agent, ...], agents: tuple[str, ...]) -> tuple[tuple[tuple[Skill, ...], ...], tuple[int, ...]]:
    """The kinds of agents, and that of each; the first is of those without anything particular."""
    traits = {agent.name: agent.traits for agent in known}
    trades = tuple(dict.fromkeys([(), *(traits.get(name, ()) for name in agents)]))
    return trades, tuple(trades.index(traits.get(name, ())) for name in agents) if len(trades) > 1 else ()

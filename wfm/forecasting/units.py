"""What is forecast as one: a queue by itself, or the small queues of a family together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from wfm.forecasting.methods import GIVEN, method_named
from wfm.forecasting.sampling import sample_paths
from wfm.forecasting.shares import Shares, any_open, learnt_shares, split_paths, together
from wfm.forecasting.streams import stream
from wfm.forecasting.tasks import prediction_of, task_of
from wfm.forecasting.views import Horizon, Prediction, Task, past_of
from wfm.model import Event, ForecastSettings, History, OpeningHours, Queue
from wfm.model.arrays import FloatArray

RECENT_DAYS = 56


@dataclass(frozen=True, eq=False)
class Unit:
    """name: of its streams and notes. queues: what it is made of, with their horizons. shares: how its contacts fall to them."""

    name: str
    queues: tuple[Queue, ...]
    horizons: tuple[Horizon, ...]
    horizon: Horizon
    prediction: Prediction
    shares: Shares | None = None

    def means(self) -> FloatArray:
        """(queues, intervals); they sum to the unit's."""
        mean = self.prediction.mean * self.horizon.is_open
        return mean[None] if self.shares is None else mean * self.shares.on(list(self.horizons))

    def dealt(self, paths: FloatArray, seed: int) -> FloatArray:
        """The unit's paths (paths, intervals) as those of its queues, (paths, queues, intervals)."""
        if self.shares is None:
            return paths[:, None]
        share = self.shares.on(list(self.horizons))
        return split_paths(paths, share, self.horizon.axis.day, self.shares.scatter, stream(seed, "shares", self.name))


def groups_of(history: History | None, settings: ForecastSettings, before: date) -> list[tuple[Queue, ...]]:
    """The queues of the settings, in their order, small ones of a family together where their first stands.

    Small: fewer contacts a day, over the last eight weeks, than settings.small_below, and without an event of its own. A family needs two
    of them.
    """
    families = dict(settings.families) if history is not None and settings.method not in GIVEN else {}
    busy = {name for event in settings.events for name in event.queues}
    small: dict[str, list[Queue]] = {}
    for queue in settings.queues:
        alike = queue.name in families and queue.name not in busy and queue.contacts_per_hour is None
        if alike and _daily(history, queue, before) < settings.small_below:
            small.setdefault(families[queue.name], []).append(queue)
    groups: list[tuple[Queue, ...]] = []
    for queue in settings.queues:
        mates = small.get(families.get(queue.name, ""), [])
        if len(mates) < 2 or queue not in mates:
            groups.append((queue,))
        elif queue is mates[0]:
            groups.append(tuple(mates))
    return groups


def _daily(history: History, queue: Queue, before: date) -> float:
    """Mean contacts of a day with data in the last eight weeks; infinite for a queue that cannot be a share of anything."""
    past = past_of(history, queue.name, before)
    recent = past.counts[-RECENT_DAYS:][past.seen[-RECENT_DAYS:]]
    return float(np.nansum(recent, axis=1).mean()) if len(recent) else float("inf")


def unit_of(
    history: History | None,
    queues: tuple[Queue, ...],
    settings: ForecastSettings,
    horizons: tuple[Horizon, ...],
    learnt: FloatArray | None = None,
) -> Unit:
    """Forecast a group of `groups_of`."""
    if len(queues) == 1:
        return Unit(queues[0].name, queues, horizons, horizons[0], prediction_of(history, queues[0], settings, horizons[0], learnt))
    name = f"{dict(settings.families)[queues[0].name]} (small queues)"
    tasks = [task_of(history, queue, settings, horizon) for queue, horizon in zip(queues, horizons, strict=True)]
    family, counts = together([task.past for task in tasks])
    horizon = Horizon(horizons[0].axis, any_open(list(horizons)))
    whole = Task(_as_one(name, queues), family, horizon, settings.calendar, learnt, _kept(tasks), _shared(settings))
    prediction = method_named(settings.method)(whole)
    told = f"forecast together and split by their shares: {', '.join(queue.name for queue in queues)}"
    prediction = replace(prediction, notes=(told, *prediction.notes))
    return Unit(name, queues, horizons, horizon, prediction, learnt_shares(family, counts))


def _as_one(name: str, queues: tuple[Queue, ...]) -> Queue:
    week = zip(*(queue.hours.week for queue in queues), strict=True)
    return replace(queues[0], name=name, hours=OpeningHours(tuple(tuple(span for spans in day for span in spans) for day in week)))


def _kept(tasks: list[Task]) -> frozenset[date]:
    return frozenset().union(*(task.kept for task in tasks))


def _shared(settings: ForecastSettings) -> tuple[Event, ...]:
    """Events that move all queues; a queue with others is no part of any family."""
    return tuple(event for event in settings.events if not event.queues)


def drawn(units: list[Unit], settings: ForecastSettings) -> FloatArray:
    """Sample paths of all queues, (paths, queues, intervals), in the order of the units' queues. Units draw their day factors together."""
    names = tuple(unit.name for unit in units)
    paths = sample_paths(names, [unit.horizon for unit in units], [unit.prediction for unit in units], settings.paths, settings.seed)
    return np.concatenate([unit.dealt(paths[:, row], settings.seed) for row, unit in enumerate(units)], axis=1)

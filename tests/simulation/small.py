"""Small centres by hand: rosters from a few numbers, days from a few contacts."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from simulation.arrivals import Contacts
from simulation.centre import Centre
from simulation.setting import Setting, prepare
from simulation.trace import Trace
from wfm.model import Channel, Experiment, Forecast, Kind, Queue, Roster, Segment, Shift, TimeAxis

DAY = TimeAxis(date(2026, 3, 2), 1, 60, "Europe/Berlin")
CALLS = Queue("calls", handle_s=240, patience_s=120)
STEADY = Queue("steady", handle_s=240)
CHATS = Queue("chats", Channel.CHAT, handle_s=600, patience_s=300, concurrency=3)
MAILS = Queue("mails", Channel.EMAIL, handle_s=300, priority=2)
ANN, BOB, CID = "ann", "bob", "cid"

Part = tuple[int, int, Sequence[str]]
"""(start, end) in minutes and the queues served; none for a break."""


def shift(agent: str, *parts: Part, day: int = 0) -> Shift:
    segments = tuple(
        Segment(a, b, Kind.WORK if queues else Kind.BREAK, "work" if queues else "break", tuple(queues)) for a, b, queues in parts
    )
    return Shift(agent, day, "by hand", segments)


def roster(*shifts: Shift, axis: TimeAxis = DAY) -> Roster:
    return Roster(axis, shifts)


def team(size: int, start: int, end: int, queues: Sequence[str], axis: TimeAxis = DAY, day: int = 0) -> tuple[Shift, ...]:
    """`size` agents who all work the same hours on the same queues."""
    return tuple(shift(f"agent {number:04}", (start, end, queues), day=day) for number in range(size))


def forecast_of(queues: Sequence[Queue], paths: np.ndarray, axis: TimeAxis = DAY, handle_s: float = np.nan) -> Forecast:
    """A forecast that is these paths, (paths, queues, intervals)."""
    mean = paths.mean(axis=0)
    names = tuple(queue.name for queue in queues)
    return Forecast(axis, names, mean, paths, np.quantile(paths, (0.1, 0.5, 0.9), axis=0), np.full(mean.shape, handle_s), (0.1, 0.5, 0.9))


def steady(queue: Queue, per_hour: float, replications: int, axis: TimeAxis = DAY, seed: int = 1) -> Forecast:
    """Poisson arrivals at one rate, a path for each replication."""
    mean = np.full((1, axis.n_intervals), per_hour * axis.step_minutes / 60)
    return forecast_of((queue,), np.random.default_rng(seed).poisson(mean, (replications, *mean.shape)).astype(float), axis)


def setting_of(queues: Sequence[Queue], who: Roster, **experiment: object) -> Setting:
    silent = forecast_of(queues, np.zeros((1, len(queues), who.axis.n_intervals)), who.axis)
    return prepare(silent, tuple(queues), who, Experiment(**experiment))


def contacts(*rows: tuple[float, ...], step_s: int = 3600) -> Contacts:
    """Contacts from (arrival_s, queue, handle_s) or (arrival_s, queue, handle_s, patience_s), in the order of arrival."""
    table = np.array([(*row, np.inf)[:4] for row in rows], float).reshape(-1, 4)
    return Contacts(table[:, 0], table[:, 1].astype(int), (table[:, 0] // step_s).astype(int), table[:, 2], table[:, 3])


def story(queues: Sequence[Queue], who: Roster, *rows: tuple[float, ...], routing: str = "priority_longest_wait") -> Trace:
    """What becomes of these contacts with this roster."""
    setting = setting_of(queues, who, routing=routing)
    return Centre(setting, contacts(*rows, step_s=setting.step_s), setting.stints).run()

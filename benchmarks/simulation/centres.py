"""The centres that are measured.

One queue: λ 10 a minute, AHT 5 min, 55 agents, patience 3 min, 10 h. Skills: three queues, four groups, 100 agents, 10 h, as peers can say
it too. Routing: five queues (calls, two of them with priority, chats, mails) and 100 agents on shifts with breaks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from simulation.arrivals import Contacts
from simulation.engines import ENGINES
from simulation.fast import live as by_events
from simulation.run import contacts_of, run_one
from simulation.setting import Setting, prepare
from simulation.tables import tables_of
from wfm.model import Channel, Experiment, Forecast, Kind, Queue, Roster, Segment, Shift, TimeAxis

AXIS = TimeAxis(date(2026, 3, 2), 1, 15, "UTC")


@dataclass(frozen=True)
class Centre:
    """A centre and one day of it. counts (queues, intervals)."""

    setting: Setting
    counts: np.ndarray
    contacts: Contacts

    def draw(self, replication: int = 0) -> Contacts:
        return contacts_of(self.setting, self.counts, replication)

    def live(self, engine: str) -> Callable[[], object]:
        """One day of given contacts."""
        live = ENGINES[engine](self.setting).live
        return lambda: live(self.contacts, self.setting.stints, _deaf)

    def events(self) -> Callable[[], object]:
        """The same by the event kernel, even where the recursion would do."""
        tables = tables_of(self.setting)
        return lambda: by_events(tables, self.contacts, self.setting.stints, _deaf)

    def events_drawn(self) -> Callable[[], object]:
        """The event kernel with its own draws."""
        tables = tables_of(self.setting)
        return lambda: by_events(tables, self.draw(), self.setting.stints, _deaf)

    def drawn(self, engine: str) -> Callable[[], object]:
        """One day with its own draws."""
        live = ENGINES[engine](self.setting).live
        return lambda: live(self.draw(), self.setting.stints, _deaf)

    def day(self, engine: str) -> Callable[[], object]:
        """One whole replication: contacts drawn, lived through, measured."""
        return partial(run_one, self.setting, ENGINES[engine](self.setting).live, 0, self.counts)


def _deaf(_share: float) -> None:
    """A strike that nobody hears."""


def shift(agent: str, *parts: tuple[int, int, tuple[str, ...]]) -> Shift:
    return Shift(agent, 0, "bench", tuple(Segment(a, b, Kind.WORK if q else Kind.BREAK, "part", q) for a, b, q in parts))


def forecast_of(queues: tuple[Queue, ...], mean: np.ndarray, paths: np.ndarray) -> Forecast:
    handle_s = np.full(mean.shape, np.nan)
    return Forecast(AXIS, tuple(queue.name for queue in queues), mean, paths, np.quantile(paths, (0.1, 0.9), axis=0), handle_s, (0.1, 0.9))


def centre_of(queues: tuple[Queue, ...], roster: Roster, mean: np.ndarray, **experiment: str) -> Centre:
    counts = np.random.default_rng(1).poisson(mean)
    setting = prepare(forecast_of(queues, mean, counts[None].astype(float)), queues, roster, Experiment(**experiment))
    return Centre(setting, counts, contacts_of(setting, counts, 0))


def one_queue() -> Centre:
    queue = Queue("calls", handle_s=300, patience_s=180)
    mean = np.zeros((1, 96))
    mean[0, :40] = 150
    return centre_of((queue,), Roster(AXIS, tuple(shift(f"agent {k:03}", (0, 600, ("calls",))) for k in range(55))), mean)


SKILLS = (("a",), ("b",), ("a", "b"), ("a", "b", "c"))
GROUPS = (28, 22, 25, 25)
RATES = {"a": 0.13, "b": 0.10, "c": 0.055}
HANDLE_S, HANDLE_CV, PATIENCE_S = 330.0, 0.9, 180.0
OPEN_S = 36_000.0
"""Of the skills case; calls of a queue ask the groups that serve it in this order."""


def skills() -> Centre:
    """About 10,260 calls a day; peers have the same groups, rates and laws in `peers`."""
    queues = tuple(Queue(name, handle_s=HANDLE_S, handle_cv=HANDLE_CV, patience_s=PATIENCE_S) for name in RATES)
    mean = np.zeros((3, 96))
    mean[:, :40] = np.array(list(RATES.values()))[:, None] * 900
    agents = [served for served, size in zip(SKILLS, GROUPS, strict=True) for _ in range(size)]
    roster = Roster(AXIS, tuple(shift(f"agent {k:03}", (0, 600, served)) for k, served in enumerate(agents)))
    return centre_of(queues, roster, mean, routing="longest_wait", preference="fewest_skills")


LINES = (
    Queue("calls", handle_s=300, handle_cv=0.9, patience_s=180),
    Queue("gold", handle_s=360, handle_cv=0.9, patience_s=240, priority=1),
    Queue("orders", handle_s=240, handle_cv=0.9, patience_s=150, priority=2),
    Queue("chats", Channel.CHAT, handle_s=600, handle_cv=0.8, patience_s=300, concurrency=2, priority=2),
    Queue("mails", Channel.EMAIL, handle_s=400, handle_cv=0.7, priority=3),
)
TEAMS = (("calls", "gold"), ("orders",), ("calls", "orders", "gold"), ("chats", "mails"), ("orders", "calls"))


def roster_of(agents: int) -> Roster:
    shifts = []
    for number in range(agents):
        begin, served = 480 + 30 * (number % 8), TEAMS[number % 5]
        cuts = [begin, begin + 110 + number % 40, begin + 240 + number % 30, begin + 390 + number % 30, begin + 510]
        rests = [0, 15, 30, 15]
        parts = []
        for k in range(4):
            parts += [(cuts[k], cuts[k] + rests[k], ())] if rests[k] else []
            parts.append((cuts[k] + rests[k], cuts[k + 1], served))
        shifts.append(shift(f"agent {number:03}", *parts))
    return Roster(AXIS, tuple(shifts))


def rates() -> np.ndarray:
    """Contacts by queue and quarter hour of the routing case, about 5,300 a day."""
    quarter = np.arange(96)
    day = np.exp(-(((quarter - 48) / 11) ** 2)) * (quarter >= 32) * (quarter < 80)
    return np.outer([60, 25, 70, 28, 20], day)


def routing() -> Centre:
    return centre_of(LINES, roster_of(100), rates())

"""Small centres of every kind, for hypothesis: times on a coarse grid, so that almost everything is tied."""

import numpy as np
from hypothesis import strategies as st

from simulation.arrivals import Contacts
from simulation.setting import Setting
from tests.simulation.small import DAY, contacts, roster, setting_of, shift
from wfm.model import Channel, Queue, TimeAxis

PREFERENCES = ["longest_idle", "fewest_skills", "own_order"]
preferences = st.sampled_from(PREFERENCES)
TWO_DAYS = TimeAxis(DAY.start, 2, 60, DAY.timezone)


class Small:
    """A centre and its contacts. No dataclass: hypothesis would write out all of it."""

    def __init__(self, setting: Setting, contacts: Contacts):
        self.setting, self.contacts = setting, contacts

    def __repr__(self) -> str:
        return f"Small({len(self.setting.queues)} queues, {len(self.setting.stints)} stints, {len(self.contacts)} attempts)"


@st.composite
def queues(draw: st.DrawFn, most_chats: int) -> tuple[Queue, ...]:
    channels = draw(st.lists(st.sampled_from([*Channel, Channel.CHAT]), min_size=1, max_size=3))
    return tuple(_queue(draw, channel, number, most_chats) for number, channel in enumerate(channels))


def _queue(draw: st.DrawFn, channel: Channel, number: int, most_chats: int) -> Queue:
    size = draw(st.integers(1, most_chats)) if channel is Channel.CHAT else 1
    return Queue(f"{channel} {number}", channel, concurrency=size, priority=draw(st.integers(1, 2)))


@st.composite
def shifts(draw: st.DrawFn, agent: str, names: tuple[str, ...], day: int):
    """A shift of up to four parts inside the first eight hours of a day, breaks among them, lengths in steps of five minutes."""
    start = day * 1440 + draw(st.integers(0, 24)) * 5
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        served = draw(st.lists(st.sampled_from(names), max_size=len(names), unique=True))
        end = start + draw(st.integers(1, 18)) * 5
        parts.append((start, end, served))
        start = end
    return shift(agent, *parts, day=day)


@st.composite
def centres(draw: st.DrawFn, most_chats: int = 3) -> Small:
    """A centre and its contacts. most_chats: greatest concurrency of a chat queue."""
    lines = draw(queues(most_chats))
    names = tuple(queue.name for queue in lines)
    days = draw(st.lists(st.sampled_from([(0,), (0,), (1,), (0, 1)]), max_size=4))
    who = [draw(shifts(f"agent {number}", names, day)) for number, on in enumerate(days) for day in on]
    routing = draw(st.sampled_from(["priority_longest_wait", "longest_wait", "skill_order"]))
    grid = draw(st.sampled_from([1.0, 60.0, 60.0, 300.0, 7.3]))
    rows = [_contact(draw, lines, grid) for _ in range(draw(st.integers(0, 40)))]
    rows.sort(key=lambda row: (row[0], row[1]))
    return Small(setting_of(lines, roster(*who, axis=TWO_DAYS), routing=routing, preference=draw(preferences)), contacts(*rows))


def _contact(draw: st.DrawFn, lines: tuple[Queue, ...], grid: float) -> tuple[float, int, float, float]:
    queue = draw(st.integers(0, len(lines) - 1))
    arrival_s = draw(st.integers(0, int(28800 / grid))) * grid + draw(st.sampled_from([0.0, 0.0, 86400.0]))
    handle_s = draw(st.integers(0, int(3600 / grid))) * grid
    leaves = lines[queue].channel is not Channel.EMAIL and draw(st.booleans())
    patience_s = draw(st.integers(0, int(1800 / grid))) * grid if leaves else float("inf")
    return arrival_s, queue, handle_s, patience_s


@st.composite
def crowds(draw: st.DrawFn) -> Small:
    """A larger centre, always short of hands, from one seed: less for hypothesis to shrink, more ties and rivalry in each example."""
    dice = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    channels = dice.choice([*Channel, Channel.CHAT], dice.integers(1, 5))
    lines = tuple(
        Queue(
            f"{channel} {number}",
            Channel(channel),
            concurrency=dice.integers(1, 4) if channel == "chat" else 1,
            priority=dice.integers(1, 3),
        )
        for number, channel in enumerate(channels)
    )
    names = [line.name for line in lines]
    who = [_long_shift(dice, f"agent {number}", names, day) for number in range(dice.integers(1, 7)) for day in (0, 1)]
    routing = dice.choice(["priority_longest_wait", "longest_wait", "skill_order"])
    grid = dice.choice([1.0, 60.0, 300.0, 0.1])
    rows = [(*_crowded(dice, lines, grid, day),) for day in (0, 86400) for _ in range(dice.integers(5, 60))]
    rows.sort(key=lambda row: (row[0], row[1]))
    callers = contacts(*rows)
    if dice.random() < 0.5:
        callers = _calling_again(dice, callers, grid)
    return Small(setting_of(lines, roster(*who, axis=TWO_DAYS), routing=str(routing), preference=str(dice.choice(PREFERENCES))), callers)


def _calling_again(dice: np.random.Generator, callers: Contacts, grid: float) -> Contacts:
    """Up to three attempts more for some of those who may hang up, soon after, on the same grid."""
    size, source, again = len(callers), list(range(len(callers))), [-1] * len(callers)
    for contact in np.flatnonzero(np.isfinite(callers.patience_s)):
        last = contact
        for _ in range(dice.integers(0, 4)):
            again[last], last = len(source), len(source)
            source.append(contact)
            again.append(-1)
    more = len(source) - size
    patience_s = np.append(callers.patience_s, np.round(dice.uniform(0, 1200, more) / grid) * grid)
    delay_s = np.round(dice.uniform(0, 900, len(source)) / grid) * grid
    arrival_s, interval = np.append(callers.arrival_s, np.full(more, np.inf)), np.append(callers.interval, np.full(more, -1))
    return Contacts(arrival_s, callers.queue[source], interval, callers.handle_s[source], patience_s, np.array(again, int), delay_s, size)


def _long_shift(dice: np.random.Generator, agent: str, names: list[str], day: int):
    start = day * 1440 + int(dice.integers(0, 4)) * 15
    parts = []
    for length in dice.integers(1, 8, 3):
        served = dice.permutation(names)[: dice.integers(0 if parts else 1, len(names) + 1)].tolist()
        parts.append((start, start + int(length) * 15, served))
        start += int(length) * 15
    return shift(agent, *parts, day=day)


def _crowded(dice: np.random.Generator, lines: tuple[Queue, ...], grid: float, day_s: int) -> tuple[float, int, float, float]:
    queue = int(dice.integers(0, len(lines)))
    arrival_s, handle_s, patience_s = np.round(dice.uniform(0, (10800, 1500, 1200)) / grid) * grid
    leaves = lines[queue].channel is not Channel.EMAIL and dice.random() < 0.7
    return day_s + arrival_s, queue, handle_s, patience_s if leaves else np.inf

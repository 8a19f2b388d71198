"""Small centres of every kind, for hypothesis: times on a coarse grid, so that almost everything is tied."""

from dataclasses import dataclass

from hypothesis import strategies as st

from simulation.arrivals import Contacts
from simulation.setting import Setting
from tests.simulation.small import contacts, roster, setting_of, shift
from wfm.model import Channel, Queue

MINUTE_S = 60.0


@dataclass(frozen=True)
class Small:
    setting: Setting
    contacts: Contacts


@st.composite
def queues(draw: st.DrawFn, most_chats: int) -> tuple[Queue, ...]:
    channels = draw(st.lists(st.sampled_from(Channel), min_size=1, max_size=3))
    return tuple(_queue(draw, channel, number, most_chats) for number, channel in enumerate(channels))


def _queue(draw: st.DrawFn, channel: Channel, number: int, most_chats: int) -> Queue:
    size = draw(st.integers(1, most_chats)) if channel is Channel.CHAT else 1
    return Queue(f"{channel} {number}", channel, concurrency=size, priority=draw(st.integers(1, 2)))


@st.composite
def shifts(draw: st.DrawFn, agent: str, names: tuple[str, ...]):
    """A shift of up to four parts inside the first eight hours, breaks among them, lengths in steps of five minutes."""
    start = draw(st.integers(0, 24)) * 5
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        served = draw(st.lists(st.sampled_from(names), max_size=len(names), unique=True))
        end = start + draw(st.integers(1, 18)) * 5
        parts.append((start, end, served))
        start = end
    return shift(agent, *parts)


@st.composite
def centres(draw: st.DrawFn, most_chats: int = 3) -> Small:
    """A centre and its contacts. most_chats: greatest concurrency of a chat queue."""
    lines = draw(queues(most_chats))
    names = tuple(queue.name for queue in lines)
    who = [draw(shifts(f"agent {number}", names)) for number in range(draw(st.integers(0, 4)))]
    routing = draw(st.sampled_from(["priority_longest_wait", "longest_wait", "skill_order"]))
    grid = draw(st.sampled_from([60.0, 300.0, 7.3]))
    rows = [_contact(draw, lines, grid) for _ in range(draw(st.integers(0, 40)))]
    rows.sort(key=lambda row: (row[0], row[1]))
    return Small(setting_of(lines, roster(*who), routing=routing), contacts(*rows))


def _contact(draw: st.DrawFn, lines: tuple[Queue, ...], grid: float) -> tuple[float, int, float, float]:
    queue = draw(st.integers(0, len(lines) - 1))
    arrival_s, handle_s = draw(st.integers(0, int(28800 / grid))) * grid, draw(st.integers(0, int(3600 / grid))) * grid
    leaves = lines[queue].channel is not Channel.EMAIL and draw(st.booleans())
    patience_s = draw(st.integers(0, int(1800 / grid))) * grid if leaves else float("inf")
    return arrival_s, queue, handle_s, patience_s

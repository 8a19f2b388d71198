"""Centres in which contacts do more than wait and be served, from one seed: everything in any combination, with and without a grid."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from simulation.arrivals import Contacts
from simulation.lives import Columns
from simulation.trace import BLOCKED, HUNG_UP, Cause
from tests.simulation.small import roster, setting_of
from tests.simulation.strategies import PREFERENCES, TWO_DAYS, Small, _long_shift
from wfm.model import Agent, Channel, CustomerSegment, Journey, Offer, Queue, Skill, Trunks

CHANNELS = [Channel.VOICE, Channel.VOICE, Channel.CHAT, Channel.EMAIL]


@st.composite
def rich_centres(draw: st.DrawFn, leaving: str | None = None) -> Small:
    dice = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    by_head_count = dice.random() < 0.3 if leaving is None else leaving == "head_count"
    queues = tuple(_queue(dice, number, by_head_count) for number in range(dice.integers(1, 4)))
    names = [queue.name for queue in queues]
    agents = tuple(Agent(f"agent {number}", "any", tuple(names), traits=_traits(dice, names)) for number in range(dice.integers(1, 7)))
    who = [_long_shift(dice, agent.name, names, day) for agent in agents for day in (0, 1)]
    grid = dice.choice([0.0, 1.0, 60.0, 300.0])
    setting = setting_of(
        queues,
        roster(*who, axis=TWO_DAYS),
        routing=str(dice.choice(["priority_longest_wait", "longest_wait", "skill_order"])),
        preference=str(dice.choice(PREFERENCES)),
        among=str(dice.choice(["longest_idle", "most_idle", "random"])),
        leaving="head_count" if by_head_count else "agent",
        breaks="shifted" if not by_head_count and dice.random() < 0.5 else "fixed",
        agents=agents if dice.random() < 0.8 else (),
    )
    if setting.rules is None:  # nothing special came up
        setting = replace(setting, among="most_idle")
    return Small(setting, _contacts(dice, setting, grid))


def _queue(dice: np.random.Generator, number: int, by_head_count: bool) -> Queue:
    channel = CHANNELS[dice.integers(0, 2 if by_head_count else 4)]
    chats = channel is Channel.CHAT
    gold = CustomerSegment("gold", 0.4, int(dice.integers(1, 3)), credit_s=float(dice.choice([0, 300, 600])))
    journey = Journey(
        trunks=Trunks("abc"[dice.integers(0, 2)], int(dice.integers(1, 8))) if dice.random() < 0.6 else None,
        places=int(dice.integers(0, 5)) if dice.random() < 0.5 else None,
        offer=Offer(float(dice.choice([0, 300, 900])), 0.5) if dice.random() < 0.6 else None,
        keep_free=int(dice.integers(1, 3)) if dice.random() < 0.5 else 0,
        gives_way=not chats and dice.random() < 0.3,
        segments=(gold, CustomerSegment("rest", 0.6)) if dice.random() < 0.5 else (),
    )
    size = int(dice.integers(1, 4)) if chats else 1
    slowdown = float(dice.choice([0, 0.5, 1])) if chats else 0.0
    return Queue(f"queue {number}", channel, concurrency=size, priority=int(dice.integers(1, 3)), journey=journey, chat_slowdown=slowdown)


def _traits(dice: np.random.Generator, names: list[str]) -> tuple[Skill, ...]:
    """On the half of the queues, one of a few kinds, so that some agents are alike."""
    return tuple(
        Skill(
            name,
            handle_factor=float(dice.choice([0.5, 1, 2])),
            resolution=float(dice.choice([0.3, 0.9])),
            after_s=float(dice.choice([0, 300, 600])),
            rank=[None, 0, 1][dice.integers(0, 3)],
            priority=[None, 1, 2][dice.integers(0, 3)],
        )
        for name in names
        if dice.random() < 0.5
    )


def _contacts(dice: np.random.Generator, setting, grid: float) -> Contacts:
    """Originals in the order of arrival, then up to three generations of whatever may follow them."""

    def times(most_s: float, size: int) -> np.ndarray:
        found = dice.uniform(0, most_s, size)
        return np.round(found / grid) * grid if grid else found

    count = int(dice.integers(10, 100))
    columns, trunks = Columns(count), len(setting.rules.trunks)
    queue = dice.integers(0, len(setting.queues), count)
    arrival_s = times(10800, count) + 86400.0 * dice.integers(0, 2, count)
    order = np.lexsort((queue, arrival_s))
    for name, values in (
        ("arrival_s", arrival_s[order]),
        ("queue", queue[order]),
        ("interval", arrival_s[order] // 3600),
        ("origin", np.arange(count)),
    ):
        columns.put(name, np.arange(count), values)
    line = dice.integers(-1, trunks, count) if trunks else np.full(count, -1)
    _describe(columns, np.arange(count), dice, times, setting, line)
    rows = np.arange(count)
    for _ in range(3):
        rows, line = _followers(columns, rows, line, dice, times, setting)
    names = ("arrival_s", "queue", "interval", "handle_s", "patience_s", "again", "delay_s")
    return Contacts(**{name: columns.column(name) for name in names}, originals=count, lives=columns.lives())


def _describe(columns: Columns, rows: np.ndarray, dice, times, setting, line: np.ndarray) -> None:
    size, put = len(rows), columns.put
    handle_s = times(1500, size)
    put("handle_s", rows, handle_s)
    slow = np.array([queue.chat_slowdown > 0 for queue in setting.queues])[columns.column("queue")[rows]]  # refused beside a wrap
    put("wrap_s", rows, np.where((dice.random(size) < 0.4) & ~slow, np.minimum(times(300, size), handle_s), 0))
    put("patience_s", rows, np.where(dice.random(size) < 0.7, times(1200, size), np.inf))
    put("menu_s", rows, np.where(dice.random(size) < 0.4, times(300, size), 0))
    put("contained", rows, dice.random(size) < 0.15)
    put("gives_up", rows, dice.random(size) < 0.1)
    put("choice", rows, dice.random(size))
    put("accepts", rows, dice.random(size) < 0.6)
    put("trunks", rows, line)


def _followers(columns: Columns, rows: np.ndarray, line: np.ndarray, dice, times, setting) -> tuple[np.ndarray, np.ndarray]:
    found, lines = [rows[:0]], [line[:0]]
    for link, share in (("again", 0.4), ("after", 0.3), ("promise", 0.3)):
        who = dice.random(len(rows)) < share
        new, size = columns.more(int(who.sum())), int(who.sum())
        passed_on = dice.random(size) < 0.5 if link == "after" else np.zeros(size, bool)
        theirs = np.where(passed_on, line[who], dice.integers(-1, len(setting.rules.trunks), size))
        columns.put(link, rows[who], new)
        columns.put("queue", new, dice.integers(0, len(setting.queues), size))
        _describe(columns, new, dice, times, setting, theirs)
        columns.put("inside", new, passed_on)
        columns.put("cause", new, int(Cause.REDIAL))
        if link != "promise":
            columns.put("delay_s" if link == "again" else "after_s", rows[who], np.where(passed_on, 0.0, times(900, size)))
        found.append(new)
        lines.append(theirs)
    columns.put("tries_again", rows, dice.choice([0, HUNG_UP, BLOCKED, HUNG_UP | BLOCKED], len(rows)))
    columns.put("after_u", rows, dice.choice([0.2, 0.5, 0.95, 2.0], len(rows)))
    return np.concatenate(found), np.concatenate(lines)

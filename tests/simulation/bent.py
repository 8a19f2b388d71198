"""The kernel with one rule bent, run as plain Python: its text is changed and nothing is compiled. And a busy week for it to fail on."""

import sys
import types
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from simulation import world
from simulation.arrivals import Contacts
from simulation.tables import Tables
from simulation.trace import Trace
from tests.simulation.small import roster, setting_of, shift
from tests.simulation.strategies import Small
from wfm.model import Channel, Queue, TimeAxis

SOURCE = Path(sys.modules["simulation.world"].__file__).with_name("kernel.py").read_text(encoding="utf-8")

RULES = {
    "the newest idle agent first": ("w.agents[agent].since < w.agents[best].since", "w.agents[agent].since > w.agents[best].since"),
    "preference ignored": ("if best != NOBODY and server.rank != rank:", "if False:"),
    "priority ignored": ("if best != NOBODY and served.level != level:", "if False:"),
    "last come first served across queues": (
        "(best == NOBODY or came_before(w, front, best))",
        "(best == NOBODY or came_before(w, best, front))",
    ),
    "overflow reversed": (
        "for k in range(w.profiles[profile], w.profiles[profile + 1]):",
        "for k in reversed(range(w.profiles[profile], w.profiles[profile + 1])):",
    ),
    "abandonment before completion": ("if clock.now_s == end_s:", "if clock.now_s == end_s and end_s != leave_s:"),
    "shift changes before completions": ("if clock.now_s == end_s:", "if clock.now_s == end_s and end_s != change_s:"),
    "abandonments before shift changes": ("elif clock.now_s == change_s:", "elif clock.now_s == change_s and change_s != leave_s:"),
    "ties of completions in any order": ("heap[place].contact < contact)", "heap[place].contact > contact)"),
    "going home forgotten by the clock": ("w.agents[agent].left_s = w.clock[0].now_s", "w.agents[agent].left_s += 0"),
    "one chat too few": ("return a.in_hand < w.lines[a.queue].concurrency and", "return a.in_hand < w.lines[a.queue].concurrency - 1 and"),
    "chats to whoever holds most": (
        "for room in range(line.rooms + 1, line.rooms + line.concurrency):",
        "for room in range(line.rooms + line.concurrency - 1, line.rooms, -1):",
    ),
    "chats of two queues at a time": ("if a.in_hand and first != NOBODY and w.queue[first] != a.queue:", "if False:"),
    "closing forgotten": ("elif closed(w, w.queue[contact]):", "elif False:"),
    "nobody sent away at closing": (
        "    elif row.change == CLOSE:\n        close(w, row.number)",
        "    elif row.change == CLOSE:\n        w.clock[0].rooms = 1",
    ),
    "the virtual wait ends at the next arrival too": ("served.level > last", "served.level >= last"),
    "somebody chatting notices all who hung up": ("if not (a.in_hand and served.queue != a.queue):", "if True:"),
    "a redial comes at once": ("w.again[contact], w.clock[0].now_s + w.delay_s[contact]", "w.again[contact], w.clock[0].now_s"),
    "a redial keeps its old place in the line": (
        "    at_s, other_s = w.arrival_s[contact], w.arrival_s[other]\n",
        "    at_s = other_s = 0.0\n",
    ),
    "redials before those who come for the first time": ("arrival_s <= redial_s))", "arrival_s < redial_s))"),
    "lateness counted from nothing": ("if clock.now_s > left_s:", "if clock.now_s >= left_s:"),
}


def live_with(rule: str | None) -> Callable[..., Trace]:
    """`fast.live` with this rule bent."""
    source = SOURCE.replace(*RULES[rule]) if rule else SOURCE
    module = types.ModuleType("bent")
    numba = types.ModuleType("numba")
    numba.njit = lambda **_: lambda function: function
    with _instead("numba", numba):
        exec(compile(source, "bent kernel", "exec"), module.__dict__)

    def live(tables: Tables, contacts: Contacts, stints: tuple) -> Trace:
        before = world.world_of(tables, contacts, stints)
        module.live(type(before)(*(part.view(np.recarray) if part.dtype.names else part for part in before)), 10**9)
        return world.trace_of(before, contacts, tables.setting.step_s)

    return live


class _instead:  # noqa: N801
    """For a while, `import name` finds this module."""

    def __init__(self, name: str, module: types.ModuleType):
        self.name, self.module, self.before = name, module, sys.modules.get(name)

    def __enter__(self) -> None:
        sys.modules[self.name] = self.module

    def __exit__(self, *_: object) -> None:
        sys.modules.pop(self.name)
        if self.before is not None:
            sys.modules[self.name] = self.before


LINES = (
    Queue("calls", patience_s=60, handle_s=240),
    Queue("gold", patience_s=300, handle_s=300, priority=1),
    Queue("steady", handle_s=200, priority=2),
    Queue("chats", Channel.CHAT, handle_s=600, patience_s=300, concurrency=3, priority=2),
    Queue("mails", Channel.EMAIL, handle_s=400, priority=3),
)
TEAMS = (("calls", "gold"), ("gold", "chats"), ("chats", "mails"), ("steady", "calls"), ("chats", "steady", "gold"))


def busy_week(grid_s: float | None, routing: str, hours: int = 60) -> Small:
    """Three days of five queues and nine agents, always a little short of hands; times rounded to the grid."""
    draw = np.random.default_rng(5)
    size = 60 * hours
    arrival_s = np.sort(draw.uniform(7 * 3600, (7 + hours) * 3600, size))
    queue = draw.integers(0, len(LINES), size)
    handle_s = draw.exponential(np.array([line.handle_s for line in LINES])[queue])
    patience_s = draw.exponential(np.array([line.patience_s or np.inf for line in LINES])[queue])
    if grid_s:
        arrival_s, handle_s = np.round(arrival_s / grid_s) * grid_s, np.ceil(handle_s / grid_s) * grid_s
        patience_s = np.round(patience_s / grid_s) * grid_s
    axis = TimeAxis(date(2026, 3, 2), 3, 60, "UTC")
    order = np.lexsort((queue, arrival_s))
    contacts = Contacts(arrival_s[order], queue[order], (arrival_s[order] // 3600).astype(int), handle_s[order], patience_s[order])
    shifts = [_shift(number, day) for number in range(9) for day in range(3)]
    return Small(setting_of(LINES, roster(*shifts, axis=axis), routing=routing), contacts)


def _shift(number: int, day: int):
    start = day * 1440 + 480 + 15 * (number % 7)
    served = TEAMS[(number + day) % len(TEAMS)]
    rest = start + 150 + 5 * number
    return shift(f"agent {number:02}", (start, rest, served), (rest, rest + 15, ()), (rest + 15, start + 500, served), day=day)

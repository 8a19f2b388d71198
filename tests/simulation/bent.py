"""The kernel with one rule bent, run as plain Python: its text is changed and nothing is compiled. And a busy week for it to fail on."""

import sys
import types
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from simulation import fast
from simulation.arrivals import Contacts
from simulation.tables import Tables
from simulation.trace import Trace
from tests.simulation.small import roster, setting_of, shift
from tests.simulation.strategies import Small
from wfm.model import Channel, Queue, TimeAxis

FOLDER = Path(sys.modules["simulation.world"].__file__).with_name("kernel")
ORDER = ("parts", "heap", "ends", "floor", "lines", "service", "contact", "who", "agent", "live")
"""Each file needs only those before it."""
TEXTS = {name: (FOLDER / f"{name}.py").read_text(encoding="utf-8") for name in ORDER}
SOURCE = "".join(TEXTS.values())

RULES = {
    "the newest idle agent first": ("w.agents[agent].since < w.agents[best].since", "w.agents[agent].since > w.agents[best].since"),
    "preference ignored": ("if best != NOBODY and server.rank != rank:", "if False:"),
    "priority ignored": ("if best != NOBODY and served.level != level:", "if False:"),
    "last come first served across queues": (
        "(best == NOBODY or came_before(w, m, front, best))",
        "(best == NOBODY or came_before(w, m, best, front))",
    ),
    "overflow reversed": (
        "for k in range(w.profiles[profile], w.profiles[profile + 1]):",
        "for k in reversed(range(w.profiles[profile], w.profiles[profile + 1])):",
    ),
    "abandonment before completion": ("if clock.now_s == end_s:", "if clock.now_s == end_s and end_s != leave_s:"),
    "shift changes before completions": ("if clock.now_s == end_s:", "if clock.now_s == end_s and end_s != change_s:"),
    "abandonments before shift changes": ("elif clock.now_s == change_s:", "elif clock.now_s == change_s and change_s != leave_s:"),
    "ties of completions in any order": ("heap[place].contact < contact)", "heap[place].contact > contact)"),
    "completions of the next drawer before those that lie there": ("if drawer < clock[0].drawer:", "if drawer <= clock[0].drawer:"),
    "going home forgotten by the clock": ("w.agents[agent].left_s = w.clock[0].now_s", "w.agents[agent].left_s += 0"),
    "one chat too few": ("return a.in_hand < w.lines[a.queue].concurrency and", "return a.in_hand < w.lines[a.queue].concurrency - 1 and"),
    "chats to whoever holds most": (
        "for room in range(line.rooms + 1, line.rooms + line.concurrency):",
        "for room in range(line.rooms + line.concurrency - 1, line.rooms, -1):",
    ),
    "chats of two queues at a time": ("if a.in_hand and first != NOBODY and not alike(m, w.queue[first], a.queue):", "if False:"),
    "each queue of chats looked at once": (
        "                stand(w, m, agent)\n            chat = 0",
        "                stand(w, m, agent)\n            chat += 0",
    ),
    "closing forgotten": ("if w.patience_s[contact] == np.inf and closed(w, w.queue[contact]):", "if False:"),
    "nobody sent away at closing": (
        "    elif row.change == CLOSE:\n        close(w, m, row.number)",
        "    elif row.change == CLOSE:\n        w.clock[0].rooms = 1",
    ),
    "the virtual wait ends at the next arrival too": ("served.level > last", "served.level >= last"),
    "somebody chatting notices all who hung up": ("if not a.in_hand or alike(m, served.queue, a.queue):", "if True:"),
    "a redial comes at once": ("w.again[contact], w.clock[0].now_s + w.delay_s[contact]", "w.again[contact], w.clock[0].now_s"),
    "a redial keeps its old place in the line": (
        "    at_s, other_s = w.entered_s[contact], w.entered_s[other]\n",
        "    at_s = other_s = 0.0\n",
    ),
    "redials before those who come for the first time": ("arrival_s <= redial_s))", "arrival_s < redial_s))"),
    "lateness counted from nothing": ("if clock.now_s > left_s:", "if clock.now_s >= left_s:"),
}


JOURNEY_RULES = {
    "a line is not given back": ("m.trunks[m.rows[contact].trunks] += 1", "m.trunks[m.rows[contact].trunks] += 0"),
    "one line is never used": ("if not m.trunks[row.trunks]:", "if m.trunks[row.trunks] <= 1:"),
    "everybody tries again": ("if m is not None and not m.rows[contact].tries_again & after:", "if False:"),
    "the menu takes no time": ("if row.menu_s > 0:", "if False:"),
    "nobody is done in the menu": ("if m.rows[contact].contained:", "if False:"),
    "who hangs up in the menu goes on to the queue": ("if m.rows[contact].gives_up:", "if False:"),
    "nobody tries again who hung up in the menu": (
        "leave_without(w, m, contact, GIVEN_UP)\n            call_again(w, m, contact, AFTER_HANGING_UP)",
        "leave_without(w, m, contact, GIVEN_UP)",
    ),
    "a chat does not slow the others down": ("(rows[contact].done_s - now_s) * factor", "(rows[contact].done_s - now_s)"),
    "a chat is as fast beside others as alone": ("return m.slowness[queue, in_hand]", "return m.slowness[queue, 1]"),
    "the others stay slow when a chat is over": ("m.slowness[queue, in_hand - 1] / m.slowness[queue, in_hand])\n\n", "1.0)\n\n"),
    "a chat that slowed down is over when it would have been": ("or m.rows[contact].done_s != w.clock[0].now_s:", "or False:"),
    "who chats notices hang-ups of one segment only": (
        "if not a.in_hand or alike(m, served.queue, a.queue):",
        "if not a.in_hand or served.queue == a.queue:",
    ),
    "rooms are filled from the first segment only": ("return line == len(m.rules) or not alike(m, line, queue)", "return line != queue"),
    "one place to wait too few": ("if 0 <= rule.places < rule.waiting:", "if 0 <= rule.places <= rule.waiting:"),
    "an offer a little too soon": ("predicted_s(rule) > rule.over_s:", "predicted_s(rule) >= rule.over_s:"),
    "a prediction that forgets who is before": ("return rule.waiting * rule.pace_s / rule.on", "return rule.pace_s / rule.on"),
    "a prediction that forgets who has gone": (
        "m.rules[w.served[k].queue].on += change",
        "m.rules[w.served[k].queue].on += max(change, 0)",
    ),
    "no head start": ("at_s - m.rules[w.queue[contact]].credit_s", "at_s"),
    "one too few kept free": (
        "idle > m.rules[w.queue[contact]].keep_free and waited",
        "idle > max(m.rules[w.queue[contact]].keep_free - 1, 0) and waited",
    ),
    "one more kept free by who looks for work": (
        "m.profiles[profile].idle >= m.rules[w.queue[contact]].keep_free",
        "m.profiles[profile].idle > m.rules[w.queue[contact]].keep_free",
    ),
    "further agents a moment late": (
        "w.entered_s[contact] + after_s <= w.clock[0].now_s",
        "w.entered_s[contact] + after_s < w.clock[0].now_s",
    ),
    "every second stage forgotten": ("row.stage += 1", "row.stage += 2"),
    "all as fast": ("return row.left_s * row.factor", "return row.left_s"),
    "the customer stays for the after-call work": ("(w.handle_s[contact] - row.wrap_s) * row.factor", "w.handle_s[contact] * row.factor"),
    "nobody is ever settled": ("row.settled = row.after_u < skill.resolution", "row.settled = 0"),
    "a line is lost when passed on": ("w.clock[0].horizon_s or not m.rows[follower].inside:", "w.clock[0].horizon_s:"),
    "a second line when passed on": ("if row.trunks != NOBODY and not row.inside:", "if row.trunks != NOBODY:"),
    "fewest idle first": (
        "return m.profiles[a.profile].idle > m.profiles[b.profile].idle",
        "return m.profiles[a.profile].idle < m.profiles[b.profile].idle",
    ),
    "the next by chance": ("if number < idle:", "if number <= idle:"),
    "rank ignored": ("if best != NOBODY and rank != server.rank:", "if False:"),
    "the last who came goes": ("agent = w.places[profile].first\n        if agent", "agent = w.places[profile].last\n        if agent"),
    "who should go stays on": ("m.clock[0].head_count and m.profiles[a.profile].first_to_go != NOBODY:", "False:"),
    "work never gives way": ("if m.rules[w.queue[contact]].gives_way:", "if True:"),
    "work never gives way to who has waited": (
        "if m is not None and m.clock[0].give_way and agent == NOBODY:",
        "if m is not None and m.clock[0].give_way and agent == NOBODY and not m.clock[0].further:",
    ),
    "work gives way to its own kind": ("if m.rules[w.queue[contact]].gives_way:", "if False:"),
    "laid aside to the end of the line": ("contact].behind = WAITING, line.head", "contact].behind = WAITING, NOBODY"),
    "work laid aside is begun anew": ("row.left_s = (row.done_s - w.clock[0].now_s) / row.factor", "row.left_s += 0"),
    "the newest work gives way": ("w.agents[best].since > w.agents[agent].since", "w.agents[best].since < w.agents[agent].since"),
    "late breaks end as planned": ("if rest.free_s > w.agents[agent].left_s:", "if False:"),
    "a break owed is forgotten": ("        if rest.owes:\n", "        if False:\n"),
    "abandonments after steps": ("elif clock.now_s == leave_s:", "elif clock.now_s == leave_s and leave_s != step_s:"),
    "arrivals before steps": ("elif clock.now_s == step_s:", "elif clock.now_s == step_s and step_s != min(arrival_s, redial_s):"),
    "hanging up noticed by who might not take it": ("if not allowed(w, m, profile, line.head):", "if False:"),
}
"""Of what only some centres have; each bent alone as well."""


def live_with(rule: str | None) -> Callable[..., Trace]:
    """`fast.live` with this rule bent."""
    kernel = types.SimpleNamespace(live=_bent_live((RULES | JOURNEY_RULES)[rule] if rule else None))

    def live(tables: Tables, contacts: Contacts, stints: tuple) -> Trace:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fast, "kernel", kernel)
            return fast.live(tables, contacts, stints)

    return live


def _bent_live(change: tuple[str, str] | None) -> Callable[..., bool]:
    """The kernel's `live` as plain Python, with one piece of its text changed."""
    numba = types.ModuleType("numba")
    numba.njit = lambda **_: lambda function: function
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "numba", numba)
        for name in ORDER:
            module = types.ModuleType(f"simulation.kernel.{name}")
            module.__file__ = str(FOLDER / f"{name}.py")
            patch.setitem(sys.modules, module.__name__, module)
            text = TEXTS[name].replace(*change) if change else TEXTS[name]
            exec(compile(text, f"bent {name}", "exec"), module.__dict__)
    return lambda world, more, events: module.live(_as_records(world), _as_records(more), events)


def _as_records(arrays: tuple | None) -> tuple | None:
    """Arrays whose rows have attributes, as they have in compiled code."""
    return arrays and type(arrays)(*(_as_record(part) for part in arrays))


def _as_record(part: np.ndarray | tuple) -> np.ndarray | tuple:
    if isinstance(part, tuple):
        return _as_records(part)
    return part.view(np.recarray) if part.dtype.names else part


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

"""One event after the other."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numba import njit

from simulation.kernel.agent import change, come_back, finish
from simulation.kernel.contact import arrive, leave, leave_menu, look_further, settle
from simulation.kernel.ends import open_drawers
from simulation.kernel.heap import drop_root
from simulation.kernel.parts import part
from simulation.kernel.service import come_again, depart
from simulation.kernel.who import fill_rooms, look_for_work
from simulation.world import MENU_OVER, NOBODY, TALK_OVER, WAITED_LONG, More, World


@part
def happen(w, m):
    """Let the next event happen: the earliest, of those completion, shift change, abandonment, step, arrival. False when all is over."""
    open_drawers(w.clock, w.ends)
    clock = w.clock[0]
    end_s = w.ends.soon[0].at_s if clock.ends else np.inf
    change_s = w.changes[clock.change].at_s if clock.change < len(w.changes) else np.inf
    leave_s = w.leaves[0].at_s if clock.leaves else np.inf
    return_s, step_s = next_s(m, 0), next_s(m, 1)
    arrival_s = w.arrival_s[clock.contact] if clock.contact < clock.originals else np.inf
    redial_s = w.redials[0].at_s if clock.redials else np.inf
    clock.now_s = min(end_s, change_s, return_s, leave_s, step_s, arrival_s, redial_s)
    if clock.now_s == np.inf:
        return False
    if clock.now_s == end_s:
        next_end(w, m)
    elif clock.now_s == change_s:
        clock.change += 1
        change(w, m, w.changes[clock.change - 1])
    elif clock.now_s == return_s:
        back(w, m)
    elif clock.now_s == leave_s:
        contact = w.leaves[0].contact
        clock.leaves = drop_root(w.leaves, clock.leaves)
        leave(w, m, contact)
    elif clock.now_s == step_s:
        step(w, m)
    else:
        arrive(w, m, next_arrival(w, arrival_s <= redial_s))
    follow(w, m)
    return True


@part
def next_s(m, step):
    """When the next step of a contact, or else the next return from a late break, is to happen."""
    if m is None:
        return np.inf
    elif step:  # noqa: RET505 (the two are never compiled together)
        return m.steps[0].at_s if m.clock[0].steps else np.inf
    return m.returns[0].at_s if m.clock[0].returns else np.inf


@part
def back(w, m):
    if m is not None:
        come_back(w, m)


@part
def step(w, m):
    if m is not None:
        contact, what = m.steps[0].contact >> 2, m.steps[0].contact & 3
        m.clock[0].steps = drop_root(m.steps, m.clock[0].steps)
        if what == MENU_OVER:
            m.clock[0].entering = contact
        elif what == WAITED_LONG:
            look_further(w, m, contact)
        elif what == TALK_OVER:
            depart(w, m, contact)


@part
def follow(w, m):
    """What follows from the event: noted by it and done here, once for all kinds, since every part is written out where it is called."""
    clock = w.clock[0]
    if m is not None and m.clock[0].entering != NOBODY:
        leave_menu(w, m, m.clock[0].entering)
        m.clock[0].entering = NOBODY
    if clock.looking != NOBODY:
        look_for_work(w, m, clock.looking)
        clock.looking = NOBODY
    if clock.rooms:
        fill_rooms(w, m)
        clock.rooms = 0
    if clock.joined != NOBODY:
        settle(w, m, clock.joined, clock.before)
        clock.joined = NOBODY
    if m is not None and m.clock[0].follower != NOBODY:
        come_again(w, m.clock[0].follower, m.clock[0].follows_s)
        m.clock[0].follower = NOBODY


@part
def next_arrival(w, original):
    clock = w.clock[0]
    if original:
        clock.contact += 1
        return clock.contact - 1
    contact = w.redials[0].contact
    clock.redials = drop_root(w.redials, clock.redials)
    return contact


@part
def next_end(w, m):
    contact = w.ends.soon[0].contact
    w.clock[0].ends = drop_root(w.ends.soon, w.clock[0].ends)
    finish(w, m, contact)


def _spell(text: int) -> Callable[[World, More | None, int], bool]:
    """`live`, not yet compiled. text: what all files of the kernel say; numba keeps compiled code by the value of this number too."""

    def live(w: World, m: More | None, events: int) -> bool:
        """Let up to this many events happen; returns whether there may be more."""
        going = text == text
        while going and events:
            going = happen(w, m)
            events -= 1
        return going

    return live


def text_of(folder: Path) -> int:
    """A number for what all files of the kernel in this folder, and those with its data beside it, say."""
    files = (*sorted(folder.glob("*.py")), folder.parent / "world.py", folder.parent / "more.py")
    return int.from_bytes(blake2b(b"".join(file.read_bytes() for file in files), digest_size=7).digest(), "little")


try:
    live = njit(nogil=True, cache=True, _nrt=False)(_spell(text_of(Path(__file__).parent)))
except RuntimeError:  # nowhere to keep what was compiled: neither beside this file nor in the user's home
    live = njit(nogil=True, _nrt=False)(_spell(text_of(Path(__file__).parent)))

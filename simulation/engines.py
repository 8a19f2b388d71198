"""The engines by name. All live through the same centre and return the same trace; they differ in time only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from simulation import centre, dedicated
from simulation.arrivals import Contacts
from simulation.centre import Strike
from simulation.presence import Stint
from simulation.setting import Setting
from simulation.trace import Trace

Live = Callable[[Contacts, tuple[Stint, ...], Strike], Trace]
"""Lives through one replication."""


@dataclass(frozen=True)
class Engine:
    """live: one replication of a setting. in_threads: whether threads can do the work. task: contacts worth a task of their own."""

    live: Live
    in_threads: bool
    task: int


def simpy(setting: Setting) -> Engine:
    """The readable one."""
    return Engine(partial(centre.live, setting), in_threads=False, task=10_000)


def fast(setting: Setting) -> Engine:
    """The compiled one, or the recursion where that is enough.

    Where numba cannot be imported the readable one takes its place, with the same figures.
    """
    try:
        import numba  # noqa: F401
    except ImportError:
        return simpy(setting)
    if dedicated.fits(setting):
        return Engine(partial(dedicated.live, setting), in_threads=True, task=200_000)
    from simulation.fast import live
    from simulation.tables import tables_of

    return Engine(partial(live, tables_of(setting)), in_threads=True, task=200_000)


ENGINES = {"fast": fast, "simpy": simpy}

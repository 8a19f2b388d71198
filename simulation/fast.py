"""The compiled engine: the trace of `simulation.centre`, much sooner."""

from __future__ import annotations

from simulation import kernel
from simulation.arrivals import Contacts
from simulation.centre import Strike, quiet
from simulation.presence import Stint
from simulation.tables import Tables
from simulation.trace import Trace
from simulation.world import trace_of, world_of

SPELL = 1_000_000
"""Events between two strikes: a fraction of a second."""


def live(tables: Tables, contacts: Contacts, stints: tuple[Stint, ...], strike: Strike = quiet) -> Trace:
    """Live through the whole axis as `Centre.run` does. What `strike` raises passes through."""
    world = world_of(tables, contacts, stints)
    horizon_s = tables.setting.horizon_s
    while kernel.live(world, SPELL):
        strike(min(world.clock["now_s"][0] / horizon_s, 1.0))
    return trace_of(world, contacts, tables.setting.step_s)

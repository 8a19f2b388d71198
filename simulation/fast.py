"""The compiled engine: the trace of `simulation.centre`, much sooner."""

from __future__ import annotations

from simulation import kernel
from simulation.arrivals import Contacts
from simulation.centre import Strike, quiet
from simulation.more import Room, more_of, with_lives
from simulation.presence import Stint
from simulation.tables import Tables
from simulation.trace import Trace
from simulation.world import agents_of, trace_of, world_of

SPELL = 1_000_000
"""Events between two strikes: a fraction of a second."""


def live(tables: Tables, contacts: Contacts, stints: tuple[Stint, ...], strike: Strike = quiet) -> Trace:
    """Live through the whole axis as `Centre.run` does. What `strike` raises passes through."""
    setting = tables.setting
    contacts = contacts if setting.rules is None else with_lives(contacts)
    world = world_of(tables, contacts, stints)
    more = more_of(setting, tables.skills, contacts, Room(agents_of(tables, stints), len(stints), tables.places))
    while kernel.live(world, more, SPELL):
        strike(min(world.clock["now_s"][0] / setting.horizon_s, 1.0))
    return trace_of(world, more, contacts, setting.step_s)

"""The search, compiled: cover, the exact best plan of one person in some days, moves, and annealing over them.

The specification of the cover is `scheduling.cover`, that of a plan `scheduling.tours` and `scheduling.breaks`. All chance comes from one
state of a generator, so that the same seed makes the same moves. `i` and `f` are the whole numbers and floats of a `Memory`, in which every
array has its place.
"""

from scheduling.engines.kernel.anneal import anneal, construct, fresh
from scheduling.engines.kernel.cover import values
from scheduling.engines.kernel.parts import ALL, NONE
from scheduling.engines.kernel.plan import propose
from scheduling.engines.kernel.worth import everybody

__all__ = ["ALL", "NONE", "anneal", "construct", "everybody", "fresh", "propose", "values"]

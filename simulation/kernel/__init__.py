"""The centre once more, compiled: the rules of `simulation.centre`, the same trace to the last bit.

The specification is `simulation/centre.py`; functions here bear the names they have there. w, the `World`, holds what every centre has;
m, the `More`, what only some have, and is None in the others: numba leaves out whatever hangs on it then, so that a centre pays only for
what it uses. All state lies in their arrays, so that the work can be cut into spells.
"""

from simulation.kernel.live import live

__all__ = ["live"]

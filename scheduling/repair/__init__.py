"""A published roster mended with the fewest changes, and swaps checked."""

from scheduling.repair.changes import Change, changes
from scheduling.repair.mend import Repaired, repair
from scheduling.repair.published import named
from scheduling.repair.swaps import Swap, swap_allowed

__all__ = ["Change", "Repaired", "Swap", "changes", "named", "repair", "swap_allowed"]

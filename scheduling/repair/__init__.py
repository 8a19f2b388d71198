"""A published roster mended with the fewest changes, and swaps checked."""

from scheduling.repair.away import Away
from scheduling.repair.changes import Change, changes
from scheduling.repair.mend import Repaired, repair
from scheduling.repair.offers import Offer
from scheduling.repair.published import named
from scheduling.repair.swaps import Swap, swap_allowed

__all__ = ["Away", "Change", "Offer", "Repaired", "Swap", "changes", "named", "repair", "swap_allowed"]

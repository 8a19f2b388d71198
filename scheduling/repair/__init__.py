"""A published roster mended with the fewest changes, and swaps checked."""

from scheduling.repair.away import Away, idle_absences, until
from scheduling.repair.changes import Change, changes
from scheduling.repair.mend import Repaired, repair
from scheduling.repair.offers import Offer
from scheduling.repair.published import named
from scheduling.repair.swaps import Swap, swap_allowed, verify_swap

__all__ = [
    "Away",
    "Change",
    "Offer",
    "Repaired",
    "Swap",
    "changes",
    "idle_absences",
    "named",
    "repair",
    "swap_allowed",
    "until",
    "verify_swap",
]

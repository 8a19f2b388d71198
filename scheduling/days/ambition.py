"""How near the bound a dive or a tree is to look: a low cutoff ends fruitless ones early, and the next may cost more."""

from __future__ import annotations

from dataclasses import dataclass

GAP = 0.003  # over the bound: what the first of a row looks for


@dataclass(eq=False)
class Ambition:
    """looser: factor on the gap after one in vain; past what already stands, the row begins again."""

    looser: float
    gap: float = GAP

    def cutoff(self, bound: float, most: float, step: float) -> float:
        """Between the bound and `most`, the least that is of no use; step: least difference between two costs."""
        scale = max(abs(bound), most - bound)
        return min(most, max(bound + self.gap * scale, bound + step + min(1e-3, step / 2)))

    def learn(self, found: bool, cutoff: float, most: float) -> None:
        self.gap = GAP if found or cutoff >= most else self.gap * self.looser

"""The service a queue promises, and by which definition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ServiceLevel(StrEnum):
    """Which share is meant by *service level*; T is the target's `within_s`, always inclusive.

    offered: served within T ÷ offered. answered: served within T ÷ served. abandons_met: (served + abandoned within T) ÷
    offered. abandons_excluded: served within T ÷ (offered − abandoned within T). virtual: share of contacts for which
    somebody who never hangs up would wait at most T.
    """

    OFFERED = "offered"
    ANSWERED = "answered"
    ABANDONS_MET = "abandons_met"
    ABANDONS_EXCLUDED = "abandons_excluded"
    VIRTUAL = "virtual"


@dataclass(frozen=True)
class Target:
    """`share` of contacts served within `within_s` seconds, by the named definition; for e-mail `within_s` is the due time.

    max_occupancy: cap on busy ÷ present, 0–1, 1 for none. asa_s: most seconds the answered may wait on average, None for no such target.
    abandonment: largest share of contacts that may abandon, None for no such target. All must hold together.
    """

    share: float = 0.8
    within_s: float = 20.0
    definition: ServiceLevel = ServiceLevel.OFFERED
    max_occupancy: float = 1.0
    asa_s: float | None = None
    abandonment: float | None = None

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise ValueError(f"target share must lie between 0 and 1, got {self.share}")
        if self.within_s < 0:
            raise ValueError(f"target within_s must not be negative, got {self.within_s}")
        if not 0 < self.max_occupancy <= 1:
            raise ValueError(f"max_occupancy must lie in (0, 1], got {self.max_occupancy}")
        if self.asa_s is not None and not self.asa_s > 0:
            raise ValueError(f"target asa_s must be above 0 or left out, got {self.asa_s}")
        if self.abandonment is not None and not 0 < self.abandonment < 1:
            raise ValueError(f"target abandonment must lie between 0 and 1 or be left out, got {self.abandonment}")

    def __str__(self) -> str:
        return f"{100 * self.share:.12g}% within {_duration(self.within_s)} ({self.definition})"


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:g} s"
    return f"{seconds / 60:g} min" if seconds < 7200 else f"{seconds / 3600:g} h"

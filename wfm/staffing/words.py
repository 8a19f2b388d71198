"""The definition every figure carries."""

from __future__ import annotations

from wfm.model import Shrinkage, StaffingSettings, Target
from wfm.model.arrays import FloatArray
from wfm.staffing.workload import Workload


def definition(work: Workload, model: str, modified: bool, settings: StaffingSettings, shrinkage: FloatArray) -> str:
    """Of one queue's requirement. model: in words. shrinkage: the shares used, (intervals,)."""
    load = ", modified offered load (contacts are long against the interval)" if modified else ""
    absence = f"absence {settings.absence:.1%}"
    volume = f"{_volume(settings)}{_moved(work)}"
    return f"{asked(work.queue.target)}; {model}{load}; {volume}; {absence}; {_shrinkage(settings.shrinkage, shrinkage)}"


def asked(target: Target) -> str:
    """Every target, all of which hold together."""
    parts = [str(target)]
    if target.asa_s is not None:
        parts.append(f"ASA of the answered at most {target.asa_s:g} s")
    if target.abandonment is not None:
        parts.append(f"abandoned at most {target.abandonment:.1%}")
    if target.max_occupancy < 1:
        parts.append(f"occupancy at most {target.max_occupancy:.0%}")
    return ", ".join(parts)


def _moved(work: Workload) -> str:
    """What menus, transfers and repeats make of the forecast."""
    if work.forecast is None:
        return ""
    reach = float(work.contacts.sum())
    share = f"{reach / work.forecast:.1%} of those forecast" if work.forecast else f"{reach:.4g} where none are forecast"
    return f", contacts that reach agents {share} (menu, transfers, repeats)"


def _volume(settings: StaffingSettings) -> str:
    if settings.risk is None:
        return "mean volume"
    if settings.risk_of == "volume":
        return f"volume at the {settings.risk:.0%} quantile"
    return f"each {settings.risk_of} meets the target with {settings.risk:.0%} chance, its rate being as doubtful as the day's total"


def _shrinkage(shrinkage: Shrinkage, used: FloatArray) -> str:
    low, high = (float(used.min()), float(used.max())) if len(used) else (shrinkage.share, shrinkage.share)
    share = f"{low:.1%}" if low == high else f"{low:.1%} to {high:.1%} by the time of day"
    parts = ", ".join(f"{name} {part:.1%}" for name, part in shrinkage.categories)
    return f"shrinkage {share} ({shrinkage.basis}){': ' if parts else ''}{parts}"

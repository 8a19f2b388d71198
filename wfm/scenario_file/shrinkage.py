"""Shrinkage as it is written: {basis = "additive", sickness = 0.05, breaks = {usual = 0.02, "12:00-14:00" = 0.15}}."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from wfm.model import Shrinkage, ShrinkageWindow
from wfm.scenario_file.kinds import name
from wfm.scenario_file.week import window, write_window
from wfm.scenario_file.wrong import Part, Wrong, shown, wrong

USUAL = "usual"


def shrinkage(value: Any) -> Shrinkage:
    """The noun. Raises Wrong with every fault."""
    if not isinstance(value, dict):
        raise wrong(value, 'a table such as {basis = "additive", sickness = 0.05}')
    basis = value.get("basis", "additive")
    shares = {key: share for key, share in value.items() if key != "basis"}
    parts = [Part(shown(basis), '"additive" or "compound"', at=".basis")] if basis not in ("additive", "compound") else []
    for key, share in shares.items():
        parts += _faults(key, share)
    if parts:
        raise Wrong(*parts)
    usual = tuple((key, float(share.get(USUAL, 0.0) if isinstance(share, dict) else share)) for key, share in shares.items())
    found = Shrinkage(usual, basis, tuple(_windows(shares)))
    if found.largest >= 1:
        raise wrong(value, "shares that leave somebody at work: less than 1 together", f"they come to {found.largest:g}")
    return found


def write_shrinkage(value: Shrinkage) -> dict[str, Any]:
    """As it may be read again."""
    written: dict[str, Any] = {"basis": value.basis, **dict(value.categories)}
    for one in value.windows:
        if not isinstance(written[one.category], dict):
            written[one.category] = {USUAL: written[one.category]}
        written[one.category][write_window((one.from_minute, one.to_minute))] = one.share
    return written


def _faults(key: str, share: Any) -> Iterator[Part]:
    try:
        name(key)
    except Wrong as error:
        yield from error.parts
    if not isinstance(share, dict):
        yield from _share_faults(share, f".{key}")
        return
    for span, part in share.items():
        yield from _share_faults(part, f".{key}.{span}")
        try:
            if span != USUAL:
                window(span)
        except Wrong:
            yield Part(shown(span), f'"{USUAL}" or a span of the day, such as "12:00-14:00"', at=f".{key}")


def _share_faults(share: Any, at: str) -> Iterator[Part]:
    number = isinstance(share, int | float) and not isinstance(share, bool) and math.isfinite(share)
    if not number or not 0 <= share < 1:
        yield Part(shown(share), "a share, 0 to below 1", "write 0.05 for 5 %", at)


def _windows(shares: dict[str, Any]) -> Iterator[ShrinkageWindow]:
    for key, share in shares.items():
        for span, part in share.items() if isinstance(share, dict) else ():
            if span != USUAL:
                yield ShrinkageWindow(key, *window(span), float(part))

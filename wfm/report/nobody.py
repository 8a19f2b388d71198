"""Queues to which nobody came: their shares and waits stand by an edge rule (all were served at once) and say nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from wfm.model import Measure
from wfm.report import journeys
from wfm.report.ratios import RATIOS

NONE = "–"
WORDS = "no contacts"
OF_CONTACTS = frozenset(ratio.name for ratio in RATIOS if ratio.unit in ("share", "s") and ratio.fits("queue")) | {*journeys.SHARES}
"""Measures that divide by contacts, so that without any there is no figure; occupancy is of the agents' time."""


def nobody_came(measures: Iterable[Measure]) -> frozenset[str]:
    """Queues without a contact in any run, "" where that is the whole centre."""
    return frozenset(m.queue for m in measures if m.name == "offered" and m.value == 0)


def says_nothing(measure: Measure, empty: Collection[str]) -> bool:
    """Whether there is no figure to show. empty: queues to which nobody came."""
    return measure.queue in empty and measure.name in OF_CONTACTS

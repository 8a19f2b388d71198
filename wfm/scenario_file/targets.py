"""A promised service from its table."""

from __future__ import annotations

from typing import Any

from wfm.model import ServiceLevel, Target


def target_of(table: Any) -> Target:
    return Target(table.share, table.within, ServiceLevel(table.definition), table.max_occupancy, table.asa, table.abandonment)

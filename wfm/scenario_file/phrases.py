"""Durations, targets and opening hours as one types them on a command line."""

from __future__ import annotations

from wfm.model import OpeningHours, ServiceLevel, Target
from wfm.scenario_file.durations import seconds
from wfm.scenario_file.tables.target import TargetTable, target
from wfm.scenario_file.week import opening


def parse_duration(text: str) -> float:
    """Seconds of "20", "20s", "4m", "1h30m" or "mm:ss". Raises ValueError in plain words."""
    plain = text.strip().replace(".", "", 1).isdigit()
    return seconds(float(text) if plain else text)


def parse_target(text: str) -> Target:
    """ "80/20" (80 % within 20 seconds) or "90/4h". Raises ValueError in plain words."""
    table = TargetTable.model_validate(target(text))
    return Target(table.share, table.within, ServiceLevel(table.definition), table.max_occupancy)


def parse_opening(text: str) -> OpeningHours:
    """ "24/7" or "mon-fri 08:00-20:00; sat 09:00-14:00". Raises ValueError in plain words."""
    return opening(text)

"""The plan on screen as something that can be mended: its people, its roster and its requirement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import streamlit as st

from wfm.model import Progress, Requirement, Roster, Scenario, Solved
from wfm.store import published_roster, requirement_of
from wfm.ui import scenarios
from wfm.ui.parts.text import name_key, plain
from wfm.ui.view import View


@dataclass(frozen=True, eq=False)
class Published:
    """A run with its nouns."""

    run: View
    scenario: Scenario
    roster: Roster
    required: Requirement

    @property
    def people(self) -> list[str]:
        return sorted((agent.name for agent in self.scenario.workforce.agents), key=name_key)

    def shift(self, agent: str, day: str) -> str:
        """Somebody's shift of a day (ISO) in words; "" where they are off."""
        local, dates = self.roster.axis.local, self.roster.axis.dates
        mine = (shift for shift in self.roster.of(agent) if dates[shift.day].isoformat() == day)
        return ", ".join(f"{local(shift.start):%H:%M}–{local(shift.end):%H:%M}" for shift in mine)

    @cached_property
    def short(self) -> dict[str, float]:
        """Agent-hours that lack as published, by queue."""
        rows, hours = self.run.intervals, self.scenario.axis.step_minutes / 60
        return {queue: float(rows.loc[rows["queue"] == queue, "missing"].sum()) * hours for queue in self.run.queues}

    def now(self) -> datetime:
        """The centre's own time."""
        return datetime.now(self.scenario.axis.zone)

    @property
    def short_hours(self) -> float:
        """Agent-hours that lack as published."""
        return sum(self.short.values())


def published(run: View) -> Published | None:
    """None where the run's scenario can no longer be read. Raises InputError for a roster that cannot."""
    found = scenarios.read(run.run.path / "scenario.toml").loaded
    if found is None:
        return None
    return Published(run, found.scenario, published_roster(run.run, found.scenario.workforce), requirement_of(run.run))


@contextmanager
def told(text: str) -> Iterator[Progress]:
    """A bar for work of seconds that is done while the page waits."""
    bar = st.progress(0.0, text=text)

    def show(message: str, share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=plain(message))

    yield show
    bar.empty()


def short_hours(solved: Solved) -> dict[str, float]:
    """Agent-hours that lack of the requirement, by queue."""
    lack = np.maximum(np.nan_to_num(solved.required.rostered) - solved.present, 0.0).sum(axis=1)
    return dict(zip(solved.required.queues, (lack * solved.required.axis.step_minutes / 60).tolist(), strict=True))

"""The plan on screen as something that can be mended: its people, its roster and its requirement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import streamlit as st

from wfm.model import Progress, Requirement, Roster, Scenario, Solved
from wfm.store import published_roster, requirement_of
from wfm.ui import scenarios
from wfm.ui.parts.text import plain
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
        return sorted(agent.name for agent in self.scenario.workforce.agents)

    @property
    def short_hours(self) -> float:
        """Agent-hours that lack as published."""
        return float(self.run.intervals["missing"].sum()) * self.scenario.axis.step_minutes / 60


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


def short_hours(solved: Solved) -> float:
    """Agent-hours that lack of the requirement."""
    lack = np.maximum(np.nan_to_num(solved.required.rostered) - solved.present, 0.0)
    return float(lack.sum()) * solved.required.axis.step_minutes / 60

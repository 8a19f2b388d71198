"""Bundled scenarios planned once for all tests, also across parallel test processes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from wfm.cli.runner import plan_into, read
from wfm.model import Scenario
from wfm.store import Run, read_run, safe_name


@dataclass(frozen=True)
class Planned:
    scenario: Scenario
    run: Run


@pytest.fixture(scope="session")
def planned(plans: Path) -> Callable[[str], Planned]:
    """Plan a bundled scenario by its name, or give the run that stands already."""

    def plan(name: str) -> Planned:
        loaded = read(name)
        folder = safe_name(loaded.scenario.name)
        with FileLock(plans / f"{folder}.wait"):
            done = plan_into(loaded, plans / folder, force=False)
        return Planned(loaded.scenario, read_run(done.out))

    return plan

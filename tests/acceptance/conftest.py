"""Bundled scenarios planned once for all tests, also across parallel test processes."""

from collections.abc import Callable
from dataclasses import dataclass

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
def planned(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Planned]:
    """Plan a bundled scenario by its name, or give the run that stands already."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / "plans"

    def plan(name: str) -> Planned:
        loaded = read(name)
        folder.mkdir(exist_ok=True)
        with FileLock(folder / f"{safe_name(name.replace('/', '-'))}.wait"):
            done = plan_into(loaded, folder / safe_name(name.replace("/", "-")), force=False)
        return Planned(loaded.scenario, read_run(done.out))

    return plan

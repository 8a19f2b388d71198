"""Run folders to look at, written by the store itself."""

from pathlib import Path

from tests.report import made
from wfm.model import Result
from wfm.store import write_run

SCENARIO = '[centre]\nname = "small"\ncurrency = "EUR"\n\n[[queue]]\nname = "calls"\n\n[queue.target]\nshare = 0.8\n'


def write(
    data: Path, name: str, result: Result | None = None, scenario: str = "small", scenario_toml: str = SCENARIO, **told: object
) -> Path:
    """A run folder in a data folder. told: more for its manifest."""
    given = {"scenario": scenario, "seed": 1, "digest": name, **told}
    return write_run(data / "runs" / name, scenario_toml, result or made.result(), given)

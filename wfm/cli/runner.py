"""Plan one scenario into a run folder: what `plan`, `batch` and `compare` share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wfm.cli.writing import make_folder, writing_to
from wfm.errors import Fault, InputError
from wfm.model import Conflict, History, Progress, Result, silent
from wfm.pipeline import plan
from wfm.scenario_file import Loaded, load, read_edits
from wfm.scenario_file.bundled import locate
from wfm.store import digest, is_done, lock, publish, safe_name, write_run
from wfm.store.manifest import read_manifest


@dataclass(frozen=True)
class Planned:
    """out: the run folder. changed: False when an identical run stood there already. result: None when unchanged."""

    out: Path
    digest: str
    changed: bool
    result: Result | None = None

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return self.result.solved.conflicts if self.result else ()


def read(scenario: str, seed: int | None = None, edits: Path | None = None, **run: Any) -> Loaded:
    """Load a scenario named on the command line, its seed and other keys of [run] replaced and edits added where they are given.

    Raises ScenarioError.
    """
    given = {name: value for name, value in {"seed": seed, **run}.items() if value is not None}
    changes: dict[str, Any] = {"run": given} if given else {}
    return load(locate(scenario), changes | ({"edit": read_edits(edits)} if edits else {}))


def plan_into(
    loaded: Loaded,
    out: Path,
    progress: Progress = silent,
    *,
    force: bool = True,
    archive: Path | None = None,
    history: History | None = None,
) -> Planned:
    """Plan and write the run folder, whole or not at all; an identical run is left alone unless `force`.

    archive: where published forecasts are kept, None to keep none. history: of the scenario, where it has been read already.

    Raises InputError, BusyError when another run writes the same folder, and whatever `progress` raises.
    """
    key = digest(loaded.resolved, loaded.files)
    make_folder(out.parent)
    with lock(out.parent, out.name):
        if not force and is_done(out, key):
            return Planned(out, key, changed=False)
        result = plan(loaded.scenario, progress, history)
        with writing_to(out):
            write_run(out, loaded.resolved, result, manifest(loaded, key))
            if archive:
                publish(archive / safe_name(loaded.scenario.name), result.forecast)
    return Planned(out, key, True, result)


def check_place(out: Path, loaded: Loaded) -> None:
    """Raises InputError where a finished run of another scenario stands in `out`."""
    found, name = read_manifest(out), loaded.scenario.name
    if found is not None and found.get("scenario") != name:
        hint = "name another folder with --out, or replace it with --replace"
        there, expected = f'a run of the scenario "{found.get("scenario", "")}"', f'no run, or one of the scenario "{name}"'
        raise InputError(Fault(str(out), "", there, expected, hint))


def manifest(loaded: Loaded, key: str) -> dict[str, Any]:
    """What the run folder's manifest holds beside what the store adds itself."""
    return {
        "scenario": loaded.scenario.name,
        "seed": loaded.scenario.experiment.seed,
        "digest": key,
        "files": [str(f) for f in loaded.files],
    }

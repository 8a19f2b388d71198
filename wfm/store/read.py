"""Runs read back from their folders."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from wfm.errors import Fault, InputError
from wfm.model import Roster, Summary, TimeAxis
from wfm.report import RunFigures
from wfm.report.documents import summary_of
from wfm.report.exports.roster_csv import parse_roster
from wfm.store import manifest as manifests
from wfm.store.write import REPLICATIONS, SCENARIO, SUMMARY

_TRIES = 20


@dataclass(frozen=True, eq=False)
class Listed:
    """A run folder and its manifest."""

    path: Path
    manifest: Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Run:
    """A run as it stood in its folder at one moment.

    summary: the document of summary.json (measures, ledger, shortfalls, conflicts, …). scenario_toml: the scenario as resolved. texts: the
    CSVs by their name. replications: day totals, empty where there was no simulation.
    """

    path: Path
    manifest: Mapping[str, Any]
    summary: Mapping[str, Any]
    scenario_toml: str
    texts: Mapping[str, str]
    replications: pd.DataFrame

    def frame(self, name: str) -> pd.DataFrame:
        """One of the CSVs, "forecast", "requirement", "roster" or "intervals". Raises KeyError for others."""
        return pd.read_csv(io.StringIO(self.texts[f"{name}.csv"]), keep_default_na=False, na_values=[""])

    @property
    def axis(self) -> TimeAxis:
        return manifests.axis_of(self.manifest)

    @cached_property
    def measured(self) -> Summary:
        """The summary as a noun."""
        return summary_of(self.summary)

    @property
    def roster(self) -> Roster:
        """The roster; what is a break and what is paid is not in the file, see `read_roster_csv`."""
        return parse_roster(self.texts["roster.csv"], str(self.path / "roster.csv"), self.axis)


def read_run(path: Path) -> Run:
    """Read a run folder whole, even while another run is taking its place. Raises InputError where there is none."""
    path = Path(path)
    for _ in range(_TRIES):
        before = manifests.read_manifest(path)
        if before is None:
            break
        try:
            run = _read(path, before)
        except FileNotFoundError:
            continue  # replaced while we read: the next look finds the new one whole
        if manifests.read_manifest(path) == before:
            return run
    raise InputError(Fault(str(path), "", "no run", "a run folder (one with a manifest.json that `wfm plan` wrote)"))


def _read(path: Path, manifest: Mapping[str, Any]) -> Run:
    try:
        names = [name for name in manifest["written"] if name.endswith(".csv")]
        return Run(
            path,
            manifest,
            json.loads((path / SUMMARY).read_text("utf-8")),
            (path / SCENARIO).read_text("utf-8"),
            {name: (path / name).read_text("utf-8") for name in names},
            _parquet(path / REPLICATIONS) if REPLICATIONS in manifest["written"] else pd.DataFrame(),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(Fault(str(path), "", str(error), "the files as the run wrote them")) from error


def _parquet(path: Path) -> pd.DataFrame:
    """Read in one go: pyarrow opens a path more than once, and another run may take its place between."""
    return pd.read_parquet(io.BytesIO(path.read_bytes()))


def list_runs(folder: Path) -> tuple[Listed, ...]:
    """Every run folder directly inside `folder`, the newest first; none where the folder is not there."""
    folders = [path for path in folder.iterdir() if path.is_dir() and not path.name.startswith(".")] if folder.is_dir() else []
    found = [Listed(path, told) for path in sorted(folders) if (told := manifests.read_manifest(path)) is not None]
    return tuple(sorted(found, key=lambda run: str(run.manifest["created"]), reverse=True))


def figures(run: Run) -> RunFigures:
    """What `compare` needs of a run. Raises InputError for a run that ended without a roster."""
    if run.replications.empty:
        raise InputError(
            Fault(str(run.path), "", f"a run that ended {run.summary.get('reason')}", "a run with a roster that was simulated")
        )
    told = run.measured
    return RunFigures(
        name=str(run.manifest["scenario"]) or run.path.name,
        totals=run.replications,
        targets=dict(run.summary["targets"]),
        paid_hours=told.find("paid_hours").value,
        cost=told.find("cost").value,
        under_cover_hours=told.find("under_cover_hours").value,
        over_cover_hours=next((m.value for m in told.measures if (m.name, m.queue) == ("over_cover_hours", "")), math.nan),
        ledger=told.ledger,
        seed=run.manifest["seed"],
        timezone=run.axis.timezone,
        currency=str(run.manifest["currency"]) or "currency",
    )

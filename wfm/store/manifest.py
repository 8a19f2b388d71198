"""manifest.json: what made a run, and the mark by which a folder is known to be one."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from wfm.model import Result, TimeAxis
from wfm.report.documents import plain

NAME = "manifest.json"
FORMAT = "wfm-run 1"
PACKAGES = ("open-wfm", "numpy", "pandas", "scipy", "ortools", "simpy", "plotly", "holidays")


def build(result: Result, given: Mapping[str, Any], written: list[str]) -> dict[str, Any]:
    """What the store knows of a run, with what the caller adds (scenario, seed, digest, …), which wins."""
    solved, axis = result.solved, result.requirement.axis
    solver = {"reason": solved.reason.value, "objective": solved.objective, "bound": solved.bound, "gap": solved.gap}
    known = {
        "format": FORMAT,
        "scenario": "",
        "digest": "",
        "seed": None,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": versions(),
        "seconds": dict(result.seconds),
        "solver": {**solver, "cost_parts": dict(solved.cost_parts), "notes": list(solved.notes)},
        "ended_early": solved.ended_early,
        "axis": {"start": axis.start.isoformat(), "days": axis.days, "step_minutes": axis.step_minutes, "timezone": axis.timezone},
        "replications": result.outcome.replications if result.outcome else 0,
        "written": written,
    }
    document: dict[str, Any] = plain({**known, **given, "format": FORMAT, "written": written})
    return document


def versions() -> dict[str, str]:
    """Versions of what the numbers depend on."""
    found = {"python": platform.python_version(), "platform": sys.platform}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "unknown"
    return found


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a run folder, None where there is none or it was not written by us."""
    try:
        found = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("format") == FORMAT else None


def axis_of(manifest: Mapping[str, Any]) -> TimeAxis:
    """The axis of the run. Raises KeyError, TypeError or ValueError for a manifest that somebody changed."""
    told = manifest["axis"]
    return TimeAxis(date.fromisoformat(told["start"]), told["days"], told["step_minutes"], told["timezone"])

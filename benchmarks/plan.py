"""Seconds of each stage of the whole job: `python -m benchmarks.plan [SCENARIO ...]` (default: the bundled bank)."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from wfm.cli.runner import plan_into, read
from wfm.store import read_run


def measure(name: str, folder: Path) -> list[str]:
    """One row: wall seconds per stage, in all, processor seconds with those of the workers, price against bound."""
    begun = time.perf_counter()
    out = plan_into(read(name), folder / name.replace("/", "-")).out
    wall = time.perf_counter() - begun
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    manifest = read_run(out).manifest
    stages = [f"{manifest['seconds'][stage]:.1f}" for stage in ("history", "forecast", "requirement", "schedule", "simulation")]
    return [name, *stages, f"{wall:.1f}", f"{sum(u.ru_utime + u.ru_stime for u in usage):.1f}", f"{manifest['solver']['gap']:.1%}"]


def main(names: list[str]) -> None:
    shown = Table("scenario", "history", "forecast", "requirement", "schedule", "simulation", "in all", "CPU so far", "gap")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            shown.add_row(*measure(name, Path(folder)))
    Console().print(shown)


if __name__ == "__main__":
    main(sys.argv[1:] or ["retail_bank"])

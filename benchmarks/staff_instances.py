"""Staff instances: `python -m benchmarks.staff_instances SECONDS SEED FILE ...` prints cost, bound, CPU seconds of both processes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from scheduling.days import breaches, cost_of, read_problem, solve


def measure(path: Path, seconds: float, seed: int) -> list[str]:
    """One row; the cost is counted by the plain evaluator."""
    problem, begun = read_problem(path), sum(os.times()[:4])
    found = solve(problem, seed, seconds, workers=2)
    spent = sum(os.times()[:4]) - begun
    if found.rota is None:
        return [path.stem, found.reason, "", "", f"{spent:.1f}"]
    broken = len(breaches(problem, found.rota))
    return [path.stem, f"{cost_of(problem, found.rota).total:g}", f"{found.bound:g}", str(broken), f"{spent:.1f}"]


def main(seconds: float, seed: int, files: list[str]) -> None:
    shown = Table("instance", "cost", "bound", "rules broken", "CPU s")
    for file in files:
        shown.add_row(*measure(Path(file), seconds, seed))
    Console().print(shown)


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])

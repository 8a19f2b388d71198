"""How far the scheduler stays from its bound: `python -m benchmarks.scheduling [--effort X] [AGENTS,SKILLS,WEEKS,SEED[,activities] ...]`.

Every case runs in a process of its own, so that its peak memory is its own. Rosters are priced and checked by the independent checker.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from benchmarks.scheduling.centres import make_centre

CASES = (
    "20,1,1,0",
    "50,1,1,0",
    "50,3,1,0",
    "200,1,1,0",
    "200,3,1,0",
    "200,3,1,0,activities",
    "50,3,4,0",
    "50,3,4,0,activities",
    "1000,1,1,0",
    "1000,5,1,0",
    "5000,3,1,0",
)
COLUMNS = ("agents", "skills", "weeks", "seed", "cost", "bound", "gap", "missing", "idle", "CPU s", "wall s", "first s", "MB")


def measure(case: str, effort: float) -> dict[str, object]:
    """One case, in this process: figures by column. `first s`: wall seconds until there was a roster that keeps every rule."""
    from scheduling import check, objective, schedule

    numbers = case.split(",")
    centre = make_centre(*map(int, numbers[:4]), activities=len(numbers) > 4)
    begun, processor, first = time.perf_counter(), time.process_time(), 0.0

    def progress(message: str, _share: float) -> None:
        nonlocal first
        if not first and message.startswith("improving"):
            first = time.perf_counter() - begun

    solved = schedule(centre.required, centre.workforce, replace(centre.settings, effort=effort), progress)
    wall, cpu = time.perf_counter() - begun, time.process_time() - processor
    price = objective(solved.roster, centre.workforce, centre.required, centre.settings)
    if check(solved.roster, centre.workforce) or abs(price.total - solved.objective) > 1e-6 or solved.bound > price.total + 1e-6:
        raise SystemExit(f"{case}: a rule is broken, or price and bound do not agree")
    hours = (
        price.parts["under"] / centre.settings.under_price + price.parts["deep_under"] / centre.settings.deep_under_price,
        price.parts["over"] / centre.settings.over_price,
    )
    figures = (
        f"{price.total:,.0f}",
        f"{solved.bound:,.0f}",
        f"{1 - solved.bound / price.total:.2%}",
        f"{hours[0]:,.0f} h",
        f"{hours[1]:,.0f} h",
        f"{cpu:.0f}",
        f"{wall:.0f}",
        f"{first or wall:.1f}",
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}",
    )
    names = (numbers[0], numbers[1], numbers[2] + (" + activities" if len(numbers) > 4 else ""), numbers[3])
    return dict(zip(COLUMNS, (*names, *figures), strict=True))


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(arguments[1], float(arguments[2]))))
        return
    effort = float(arguments.pop(arguments.index("--effort") + 1)) if "--effort" in arguments else 1.0
    shown = Table(*COLUMNS)
    for case in [a for a in arguments if not a.startswith("--")] or CASES:
        command = [sys.executable, "-m", "benchmarks.scheduling", "--one", case, str(effort)]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(" | ".join(map(str, row.values())), file=sys.stderr, flush=True)
        shown.add_row(*row.values())
    Console(width=160).print(shown)


if __name__ == "__main__":
    main(sys.argv[1:])

"""`wfm schedule`: a roster with its bound, without simulating it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wfm.cli import options
from wfm.cli.exits import report_conflicts
from wfm.cli.stopping import keeping_the_best
from wfm.cli.watching import watching


@click.command("schedule")
@options.scenario
@options.out
@options.seed
@options.effort
@options.common
def command(scenario: str, out: Path | None, as_json: bool, quiet: bool, **how: Any) -> None:
    """Schedule the people of SCENARIO; --out writes forecast.csv, requirement.csv and roster.csv there.

    The first Ctrl-C keeps the best roster so far, the second stops.
    """
    from scheduling import schedule
    from wfm.cli.runner import read
    from wfm.cli.tables.solved import show_solved
    from wfm.cli.writing import export_into
    from wfm.forecasting import forecast
    from wfm.model import part
    from wfm.pipeline import history_of
    from wfm.staffing import require

    loaded = read(scenario, **how).scenario
    with watching("auto", quiet) as show, keeping_the_best(show, show.at_once) as told:
        predicted = forecast(history_of(loaded), loaded.axis, loaded.forecasting, part(show, 0, 0.15))
        required = require(predicted, loaded.queues, loaded.staffing)
        solved = schedule(required, loaded.workforce, loaded.scheduling, part(told, 0.15, 1))
    if solved.conflicts:
        raise click.exceptions.Exit(report_conflicts(solved.conflicts, as_json))
    written = export_into(out, {"forecast.csv": predicted, "requirement.csv": required, "roster.csv": solved.roster}) if out else []
    document = {
        "reason": solved.reason,
        "objective": solved.objective,
        "bound": solved.bound,
        "gap": solved.gap,
        "cost_parts": dict(solved.cost_parts),
        "shifts": len(solved.roster.shifts),
        "notes": solved.notes,
        "written": written,
    }
    if as_json or not quiet:
        options.emit(document, as_json, lambda: show_solved(solved, written))

"""`wfm plan`: the whole job, into a run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wfm.cli import options
from wfm.cli.exits import Exit, report_conflicts
from wfm.cli.numbers import Whole
from wfm.cli.stopping import keeping_the_best
from wfm.cli.watching import event, watching
from wfm.errors import InputError


@click.command("plan")
@options.scenario
@options.out
@options.seed
@options.effort
@options.edits
@options.archive
@click.option("--loop", type=Whole(0, 50), help="Most corrections of the requirement by simulation; overrides the scenario's.")
@click.option("--replace", "replacing", is_flag=True, help="Replace the run in --out even if it is of another scenario.")
@options.common
@options.progress
def command(scenario: str, out: Path | None, as_json: bool, quiet: bool, progress: str, **how: Any) -> None:
    """Do the whole job for SCENARIO and leave a run folder (default: runs/NAME); the first Ctrl-C keeps the best roster so far."""
    from wfm.cli.runner import check_place, plan_into, read
    from wfm.scenario_file.cautions import cautions
    from wfm.store import safe_name

    try:
        loaded = read(scenario, how["seed"], how["edits"], effort=how["effort"], loop=how["loop"])
        for note in () if quiet else cautions(loaded.scenario):
            event("caution", text=note) if progress == "json" else click.echo(f"caution: {note}", err=True)
        target = out or Path("runs") / safe_name(loaded.scenario.name)
        if not how["replacing"]:
            check_place(target, loaded)
        with watching(progress, quiet) as show, keeping_the_best(show, show.at_once) as told:
            planned = plan_into(loaded, target, told, archive=how["archive"])
    except InputError as error:
        for fault in error.faults if progress == "json" else ():
            event("fault", text=str(fault))
        raise
    if progress == "json":
        for conflict in planned.conflicts:
            event("conflict", text=conflict.text)
        event("done", out=str(planned.out))
    _tell(planned.out, as_json, quiet)
    if planned.conflicts:
        raise click.exceptions.Exit(report_conflicts(planned.conflicts))
    if planned.result and planned.result.outcome is None:
        click.echo(f"no roster found: {', '.join(planned.result.solved.notes)}", err=True)
        raise click.exceptions.Exit(Exit.CONTRADICTION)


def _tell(out: Path, as_json: bool, quiet: bool) -> None:
    from wfm.cli.tables.run import show_run
    from wfm.store import read_run

    if as_json or not quiet:
        run = read_run(out)
        options.emit({"out": str(out.resolve()), "manifest": run.manifest, "summary": run.summary}, as_json, lambda: show_run(run))

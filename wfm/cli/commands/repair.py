"""`wfm repair`: a published roster around absences and locks, with few changes, into a new run folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wfm.cli import options
from wfm.cli.exits import Exit, report_conflicts
from wfm.cli.numbers import Number
from wfm.cli.stopping import keeping_the_best
from wfm.cli.watching import event, watching

AWAY = "Somebody away for part of a day; repeat. The end may be on the day after only where their shift goes on past midnight."


@click.command("repair")
@click.argument("run", type=click.Path(path_type=Path, file_okay=False))
@click.option("--absent", multiple=True, metavar="NAME:DATE", help="Somebody away on a whole day; repeat.")
@click.option("--away", multiple=True, metavar="NAME:DATETHH:MM-HH:MM", help=AWAY)
@click.option("--lock", "locked", multiple=True, metavar="NAME:DATE", help="A day of somebody's that must not change; repeat.")
@click.option(
    "--from", "begun", type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"]), help="Local time before which all stands."
)
@click.option("--change-price", type=Number(0), default=20.0, show_default=True, help="Price of a changed day of somebody's.")
@options.out
@options.seed
@options.common
@options.progress
def command(run: Path, out: Path | None, seed: int | None, as_json: bool, quiet: bool, progress: str, **how: Any) -> None:
    """Mend the roster of the run folder RUN; the new run (default: RUN-repaired) is simulated too, and the changes are printed."""
    from scheduling import idle_absences
    from wfm.cli.repairing import read_wanted, repair_into
    from wfm.cli.tables.repair import show_repaired

    target = out or run.with_name(f"{run.resolve().name}-repaired")
    (folder, loaded, roster), wanted = read_wanted(run, seed, target, how)
    notes = idle_absences(roster, wanted.absent, wanted.away)
    with watching(progress, quiet) as show, keeping_the_best(show, show.at_once) as told:
        done, result = repair_into(target, loaded, (folder, roster), wanted, told)
    solved = done.solved
    for conflict in solved.conflicts if progress == "json" else ():
        event("conflict", text=conflict.text)
    if solved.conflicts:
        raise click.exceptions.Exit(report_conflicts(solved.conflicts, as_json))
    if result is None:
        click.echo(f"no roster found: {', '.join(solved.notes)}", err=True)
        raise click.exceptions.Exit(Exit.CONTRADICTION)
    changed = [{"day": c.day, "agent": c.agent, "before": c.before, "after": c.after} for c in done.changes]
    document = {"out": str(target.resolve()), "changes": changed, "objective": solved.objective, "cost_parts": dict(solved.cost_parts)}
    document["notes"] = notes
    document["offers"] = [vars(offer) for offer in done.offers]
    if as_json or not quiet:
        options.emit(document, as_json, lambda: show_repaired(done, result, target, notes))

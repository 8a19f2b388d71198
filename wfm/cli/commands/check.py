"""`wfm check`: every fault of a scenario at once, or the reference of the format."""

from __future__ import annotations

from pathlib import Path

import click

from wfm.cli import options
from wfm.cli.exits import Exit, lines_of


@click.command("check")
@click.argument("scenario", required=False)
@click.option("--fields", is_flag=True, help="Print the reference of every section and key.")
@click.option("--list", "listing", is_flag=True, help="List the bundled scenarios.")
@options.as_json
def command(scenario: str | None, fields: bool, listing: bool, as_json: bool) -> None:
    """Check SCENARIO and its CSVs, without running anything."""
    from wfm.scenario_file import bundled
    from wfm.scenario_file import fields as reference

    if fields:
        text = reference()
        options.emit({"fields": text}, as_json, lambda: click.echo(text))
    elif listing:
        known = bundled.bundled()
        options.emit({name: str(path) for name, path in known.items()}, as_json, lambda: _list(known))
    elif scenario:
        _check(scenario, as_json)
    else:
        raise click.UsageError("name a scenario, or ask for --fields or --list")


def _list(known: dict[str, Path]) -> None:
    for name, path in known.items():
        click.echo(f"{name:30} {path}")


def _check(scenario: str, as_json: bool) -> None:
    from wfm.errors import Fault, InputError
    from wfm.intake import read_history
    from wfm.scenario_file import load
    from wfm.scenario_file.bundled import locate
    from wfm.scenario_file.cautions import cautions

    path = locate(scenario)
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    try:
        loaded = load(path).scenario
        notes = cautions(loaded)
        if loaded.history:
            read_history(loaded.history, loaded.queues, loaded.calendar, loaded.axis.timezone)
    except InputError as error:
        faults = error.faults
    for line in lines_of(faults):
        click.echo(line, err=True)
    for note in notes:
        click.echo(f"caution: {note}", err=True)
    verdict = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}" if faults else "no fault"
    document = {"scenario": str(path), "faults": [vars(f) for f in faults], "cautions": notes}
    options.emit(document, as_json, lambda: click.echo(f"{path}: {verdict} found"))
    if faults:
        raise click.exceptions.Exit(Exit.INPUT)

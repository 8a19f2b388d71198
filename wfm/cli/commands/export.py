"""`wfm export`: a run's roster for calendars and spreadsheets."""

from __future__ import annotations

from pathlib import Path

import click

from wfm.cli import options


@click.command("export")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--to", "form", required=True, help="Form of the export, e.g. ics or xlsx.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File or folder to write.")
@options.common
def command(run: Path, form: str, out: Path, as_json: bool, quiet: bool) -> None:
    """Export the roster of the run folder RUN: `ics` (a calendar for each agent, into a folder) or `xlsx` (one workbook)."""
    from wfm.report import export_run_as
    from wfm.store import read_run

    written = export_run_as(form, read_run(run), out)
    if as_json or not quiet:
        names = [str(path) for path in written]
        options.emit({"written": names}, as_json, lambda: click.echo("\n".join(names)))

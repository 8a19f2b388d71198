"""`wfm report`: what a finished run says."""

from __future__ import annotations

from pathlib import Path

import click

from wfm.cli import options


@click.command("report")
@click.argument("run", type=click.Path(path_type=Path))
@options.as_json
def command(run: Path, as_json: bool) -> None:
    """Show the figures of the run folder RUN and where its report.html lies."""
    from wfm.cli.tables.run import show_run
    from wfm.store import read_run

    found = read_run(run)
    options.emit({"out": str(run.resolve()), "manifest": found.manifest, "summary": found.summary}, as_json, lambda: show_run(found))

"""`wfm backtest`: how far a forecast of this history is to be trusted, by lead time, beside the planner's own average."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wfm.cli import options
from wfm.cli.frames import calendar_of, history_options, read_counts
from wfm.cli.watching import watching


@click.command("backtest")
@click.argument("history", type=click.Path(path_type=Path))
@history_options
@click.option("--method", "methods", multiple=True, default=("profile", "mean4", "mean8"), show_default=True, help="A method; repeat.")
@click.option(
    "--lead", "leads", multiple=True, type=click.IntRange(1, 365), default=(1, 7, 28), show_default=True, help="Days ahead; repeat."
)
@click.option("--origins", type=click.IntRange(1, 200), default=8, show_default=True, help="Origins for each lead, counted from the end.")
@click.option("--aht", "handle_s", type=click.FloatRange(1), default=300.0, show_default=True, help="Handle time in seconds, for agents.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="CSV to write.")
@options.seed
@options.common
def command(history: Path, out: Path | None, seed: int | None, as_json: bool, quiet: bool, **how: Any) -> None:
    """Forecast the last weeks of HISTORY (a CSV `interval_start, contacts`) again from what was known before, and compare."""
    from wfm.cli.tables.forecast import show_backtest
    from wfm.cli.writing import put
    from wfm.forecasting import backtest_frame

    what = {name: how[name] for name in ("methods", "leads", "origins", "handle_s")}
    with watching("auto", quiet) as show:
        table = backtest_frame(read_counts(history), **calendar_of(how), **what, seed=seed or 0, progress=show)
    if out:
        put(out, table.to_csv(index=False, lineterminator="\n", float_format="%.6g").encode())
    if as_json or not quiet:
        document = {"rows": table.to_dict("records"), "written": [str(out)] if out else []}
        options.emit(document, as_json, lambda: show_backtest(document["rows"], document["written"]))

"""`wfm backtest`: how far a forecast of this history is to be trusted, by lead time, beside the planner's own average."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wfm.cli import options
from wfm.cli.frames import calendar_of, faults_of, history_options, read_counts
from wfm.cli.numbers import Number, Whole
from wfm.cli.watching import watching

if TYPE_CHECKING:
    import pandas as pd

ORIGINS = 8


@click.command("backtest")
@click.argument("source", metavar="SCENARIO|HISTORY.csv")
@history_options
@click.option("--method", "methods", multiple=True, default=("profile", "mean4", "mean8"), show_default=True, help="A method; repeat.")
@click.option("--lead", "leads", multiple=True, type=Whole(1, 365), default=(1, 7, 28), show_default=True, help="Days ahead; repeat.")
@click.option(
    "--origins", type=Whole(1, 200), help="Origins, counted from the end of the history; 8 for a HISTORY.csv, else the scenario's."
)
@click.option("--aht", "handle_s", type=Number(1), default=300.0, show_default=True, help="Handle time in seconds, for agents.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="CSV to write.")
@options.seed
@options.common
def command(source: str, out: Path | None, seed: int | None, as_json: bool, quiet: bool, **how: Any) -> None:
    """Forecast the last weeks of SCENARIO's queues, or of a CSV `interval_start, contacts`, again from what was known then, and compare.

    Columns: WAPE of intervals and of days, bias, MASE, pinball loss, share of intervals and of days (d) inside the 80 and 95 % bands,
    agents too many and too few.
    """
    if source.lower().endswith(".csv"):
        _history(Path(source), out, seed, as_json, quiet, how)
    else:
        _scenario(source, out, seed, as_json, quiet, how)


def _history(history: Path, out: Path | None, seed: int | None, as_json: bool, quiet: bool, how: dict[str, Any]) -> None:
    from wfm.cli.tables.forecast import show_backtest
    from wfm.forecasting import backtest_frame

    what = {name: how[name] for name in ("methods", "leads", "handle_s")}
    with watching("auto", quiet) as show, faults_of(history):
        table = backtest_frame(
            read_counts(history), **calendar_of(how), **what, origins=how["origins"] or ORIGINS, seed=seed or 0, progress=show
        )
    written = _put(table, out)
    if as_json or not quiet:
        document = {"rows": table.to_dict("records"), "written": written}
        options.emit(document, as_json, lambda: show_backtest(document["rows"], written))


def _scenario(scenario: str, out: Path | None, seed: int | None, as_json: bool, quiet: bool, how: dict[str, Any]) -> None:
    """By the scenario's own method, queues, events and decisions about the history."""
    import pandas as pd

    from wfm.cli.runner import read
    from wfm.cli.tables.forecast import show_leads
    from wfm.forecasting import backtest_by_lead
    from wfm.pipeline import history_of

    loaded = read(scenario, seed).scenario
    with watching("auto", quiet) as show:
        found = backtest_by_lead(history_of(loaded), loaded.axis, loaded.forecasting, how["leads"], how["origins"], show)
    written = _put(pd.DataFrame([vars(row) for row in found.leads]), out)
    if as_json or not quiet:
        document = {"rows": [vars(row) for row in found.leads], "notes": found.notes, "written": written}
        options.emit(document, as_json, lambda: show_leads(found.leads, [*found.notes, *(f"wrote {path}" for path in written)]))


def _put(table: pd.DataFrame, out: Path | None) -> list[str]:
    from wfm.cli.writing import put

    if out:
        put(out, table.to_csv(index=False, lineterminator="\n", float_format="%.6g").encode())
    return [str(out)] if out else []

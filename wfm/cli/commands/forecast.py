"""`wfm forecast`: a scenario's queues → forecast.csv, or a bare history → one CSV of means and quantiles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wfm.cli import options
from wfm.cli.frames import calendar_of, faults_of, history_options, read_counts
from wfm.cli.numbers import Whole
from wfm.cli.watching import watching


@click.command("forecast")
@click.argument("source", metavar="SCENARIO|HISTORY.csv")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write forecast.csv to; for a HISTORY.csv the CSV itself.")
@click.option("--days", type=Whole(1, 1100), default=28, show_default=True, help="HISTORY.csv: days to forecast.")
@history_options
@click.option("--method", default="profile", show_default=True, help="HISTORY.csv: name of the method.")
@click.option("--paths", type=click.Path(path_type=Path, dir_okay=False), help="HISTORY.csv: Parquet file for the sample paths.")
@click.option("--workers", type=Whole(1, 64), default=2, show_default=True, help="HISTORY.csv of many queues: processes.")
@click.option("--today", type=click.Path(path_type=Path), help="SCENARIO: CSV of today's actuals; reforecasts the rest of the day.")
@click.option("--at", type=click.DateTime(["%H:%M"]), help="With --today: look only at what came before this time of day.")
@options.archive
@options.edits
@options.seed
@options.common
def command(source: str, out: Path | None, seed: int | None, as_json: bool, quiet: bool, **how: Any) -> None:
    """Forecast the queues of SCENARIO, or the days behind HISTORY.csv (columns `interval_start, contacts`).

    With --out the forecast of a SCENARIO is also published: kept in --archive, else in `archive` inside --out.
    """
    if how["today"]:
        from wfm.cli.today import rest_of_the_day

        rest_of_the_day(source, out, seed, as_json, quiet, how)
    elif source.lower().endswith(".csv"):
        _from_history(Path(source), out, seed, as_json, quiet, how)
    else:
        _from_scenario(source, out, seed, as_json, quiet, how)


def _from_scenario(scenario: str, out: Path | None, seed: int | None, as_json: bool, quiet: bool, how: dict[str, Any]) -> None:
    from wfm.cli.runner import read
    from wfm.cli.tables.forecast import show_forecast
    from wfm.cli.writing import export_into
    from wfm.forecasting import forecast
    from wfm.pipeline import history_of
    from wfm.store import publish, safe_name
    from wfm.store.archive import FOLDER

    loaded = read(scenario, seed, how["edits"]).scenario
    with watching("auto", quiet) as show:
        predicted = forecast(history_of(loaded), loaded.axis, loaded.forecasting, show)
    written = export_into(out, {"forecast.csv": predicted}) if out else []
    if archive := how["archive"] or (out and out / FOLDER):
        written.append(str(publish(archive / safe_name(loaded.name), predicted)))
    document = {
        "queues": {name: float(row.sum()) for name, row in zip(predicted.queues, predicted.mean, strict=True)},
        "accuracy": [vars(row) for row in predicted.accuracy],
        "notes": predicted.notes,
        "flags": [vars(flag) for flag in predicted.flags],
        "written": written,
    }
    if as_json or not quiet:
        options.emit(document, as_json, lambda: show_forecast(predicted, written))


def _from_history(history: Path, out: Path | None, seed: int | None, as_json: bool, quiet: bool, how: dict[str, Any]) -> None:
    from wfm.cli.tables.forecast import show_frame
    from wfm.cli.writing import put
    from wfm.forecasting import forecast_frame, open_intervals
    from wfm.forecasting.frames.writing import forecast_csv, paths_parquet

    counts, calendar = read_counts(history), calendar_of(how)
    if "queue" in counts.columns and counts["queue"].nunique() > 1:
        from wfm.cli.many import forecast_many

        forecast_many(counts, calendar, out, as_json, quiet, {**how, "seed": seed or 0})
        return
    with faults_of(history):
        horizon = open_intervals(counts, how["days"], **calendar)
        predicted = forecast_frame(counts, horizon, **calendar, method=how["method"], seed=seed or 0)
    files = {out: forecast_csv, how["paths"]: paths_parquet}
    written = [path for path in files if path]
    for path in written:
        put(path, files[path](predicted))
    names = [str(path) for path in written]
    document = {
        "contacts": float(predicted.mean.sum()),
        "intervals": len(horizon),
        "notes": predicted.caveats,
        "flags": [vars(flag) for flag in predicted.flags],
        "written": names,
    }
    if as_json or not quiet:
        options.emit(document, as_json, lambda: show_frame(predicted, names))

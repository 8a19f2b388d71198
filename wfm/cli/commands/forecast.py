"""`wfm forecast`: history → forecast.csv, with its backtest beside the planner's baseline."""

from __future__ import annotations

from pathlib import Path

import click

from wfm.cli import options
from wfm.cli.watching import watching


@click.command("forecast")
@options.scenario
@options.out
@options.seed
@options.common
def command(scenario: str, out: Path | None, seed: int | None, as_json: bool, quiet: bool) -> None:
    """Forecast the queues of SCENARIO; --out writes forecast.csv there."""
    from wfm.cli.runner import read
    from wfm.cli.tables.forecast import show_forecast
    from wfm.cli.writing import export_into
    from wfm.forecasting import forecast
    from wfm.pipeline import history_of

    loaded = read(scenario, seed).scenario
    with watching("auto", quiet) as show:
        predicted = forecast(history_of(loaded), loaded.axis, loaded.forecasting, show)
    written = export_into(out, {"forecast.csv": predicted}) if out else []
    document = {
        "queues": {name: float(row.sum()) for name, row in zip(predicted.queues, predicted.mean, strict=True)},
        "accuracy": [vars(row) for row in predicted.accuracy],
        "notes": predicted.notes,
        "written": written,
    }
    if as_json or not quiet:
        options.emit(document, as_json, lambda: show_forecast(predicted, written))

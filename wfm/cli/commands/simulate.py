"""`wfm simulate`: what a given roster would give."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from wfm.cli import options
from wfm.cli.watching import watching


@click.command("simulate")
@options.scenario
@click.option(
    "--roster", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), help="roster.csv of a run of this scenario."
)
@click.option("--replications", type=click.IntRange(1, 100_000), help="Independent runs; overrides the scenario's.")
@click.option("--precision", type=click.FloatRange(0, min_open=True), help="Half-width that is enough; --replications are the most then.")
@click.option("--engine", type=click.Choice(["fast", "simpy"]), help="Compiled or readable, same figures; overrides the scenario's.")
@options.seed
@options.common
def command(scenario: str, roster: Path, seed: int | None, as_json: bool, quiet: bool, **changes: float | str | None) -> None:
    """Simulate a roster of SCENARIO against its forecast; nothing is written."""
    from simulation import simulate
    from wfm.cli.runner import read
    from wfm.cli.tables.run import show_measures
    from wfm.forecasting import forecast
    from wfm.model import part
    from wfm.pipeline import history_of
    from wfm.report import measures, read_roster_csv

    loaded = read(scenario, seed).scenario
    experiment = replace(loaded.experiment, **{name: value for name, value in changes.items() if value is not None})
    with watching("auto", quiet) as show:
        placed = read_roster_csv(roster, loaded.axis)
        predicted = forecast(history_of(loaded), loaded.axis, loaded.forecasting, part(show, 0, 0.2))
        outcome = simulate(predicted, loaded.queues, placed, experiment, part(show, 0.2, 1))
    found = measures(outcome)
    if as_json or not quiet:
        options.emit({"measures": [vars(m) for m in found]}, as_json, lambda: show_measures(found))

"""`wfm forecast HISTORY.csv` where the history has a queue column: one forecast each, one CSV of all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wfm.cli import options
from wfm.cli.exits import Exit
from wfm.cli.tables.base import say, table
from wfm.cli.watching import watching
from wfm.cli.writing import put
from wfm.errors import Fault, InputError
from wfm.forecasting import forecast_frames, open_intervals
from wfm.forecasting.frames.writing import forecasts_csv

if TYPE_CHECKING:
    import pandas as pd

MOST_SHOWN = 40


def forecast_many(
    counts: pd.DataFrame, calendar: dict[str, Any], out: Path | None, as_json: bool, quiet: bool, how: dict[str, Any]
) -> None:
    """Forecast every queue of the column `queue`; what is at fault is told once all others are written."""
    if how["paths"]:
        raise InputError(Fault(str(how["paths"]), "--paths", "a history of several queues", "a history of one queue for sample paths"))
    histories, horizons, faults = {}, {}, []
    for name, rows in counts.groupby("queue", sort=False):
        try:
            horizons[str(name)] = open_intervals(rows, how["days"], **calendar)
            histories[str(name)] = rows
        except InputError as error:
            faults += [f"queue {name}: {fault}" for fault in error.faults]
    done = []
    with watching("auto", quiet) as show:
        try:
            shared = {"workers": how["workers"], "seed": how["seed"], "method": how["method"], "progress": show, **calendar}
            for name, predicted in forecast_frames(histories, horizons, **shared):
                done.append((name, predicted.mean, predicted.quantiles, predicted.caveats))
        except InputError as error:
            faults += [str(fault) for fault in error.faults]
    _tell(done, faults, out, as_json, quiet)


def _tell(done: list[tuple[Any, ...]], faults: list[str], out: Path | None, as_json: bool, quiet: bool) -> None:
    """Write and print what was made; then, with exit status 2, what could not be."""
    if out and done:
        put(out, forecasts_csv([(name, mean, quantiles) for name, mean, quantiles, _ in done]))
    totals = {name: float(mean.sum()) for name, mean, _, _ in done}
    document = {"queues": totals, "notes": _notes(done), "faults": faults, "written": [str(out)] if out and done else []}
    if as_json or not quiet:
        options.emit(document, as_json, lambda: _show(document))
    for fault in faults:
        click.echo(f"fault: {fault}", err=True)
    if faults:
        click.echo(f"{len(totals)} queues forecast; those above were not", err=True)
        raise click.exceptions.Exit(Exit.INPUT)


def _notes(done: list[tuple[Any, ...]]) -> list[str]:
    return [f"{name}: {caveat}" for name, _, _, caveats in done for caveat in caveats]


def _show(document: dict[str, Any]) -> None:
    queues = list(document["queues"].items())
    table("Forecast", ["queue", "contacts"], [[name, f"{contacts:,.0f}"] for name, contacts in queues[:MOST_SHOWN]])
    more = [f"and {len(queues) - MOST_SHOWN} more queues"] if len(queues) > MOST_SHOWN else []
    say([*more, *(f"note: {note}" for note in document["notes"][:MOST_SHOWN]), *(f"wrote {path}" for path in document["written"])])

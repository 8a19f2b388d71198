"""`wfm staff`: agents needed, for a scenario or for one calculator question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from wfm.cli import options
from wfm.cli.numbers import Number
from wfm.cli.watching import watching


@click.command("staff")
@click.argument("scenario", required=False)
@click.option("--calls", metavar="NUMBER", help="Calculator: contacts in one interval.")
@click.option("--interval", default="30m", show_default=True, help="Calculator: length of the interval.")
@click.option("--aht", default="180s", show_default=True, help="Calculator: average handle time.")
@click.option("--target", default="80/20", show_default=True, help="Calculator: percent / seconds.")
@click.option("--patience", help='Calculator: mean patience (Erlang A); without it, or "never": nobody leaves (Erlang C).')
@options.out
@options.seed
@options.common
def command(scenario: str | None, out: Path | None, seed: int | None, as_json: bool, quiet: bool, **question: str | None) -> None:
    """Requirement of SCENARIO (--out writes requirement.csv), or one calculator question.

    The question: `wfm staff --calls 100 --interval 30m --aht 180s --target 80/20 --patience 120s`.
    """
    if (scenario is None) == (question["calls"] is None):
        raise click.UsageError("name a scenario, or ask the calculator with --calls (not both)")
    if scenario is None:
        _calculate(question, as_json)
    else:
        _require(scenario, out, seed, as_json, quiet)


def _require(scenario: str, out: Path | None, seed: int | None, as_json: bool, quiet: bool) -> None:
    from wfm.cli.runner import read
    from wfm.cli.tables.staff import requirement_document, show_requirement
    from wfm.cli.writing import export_into
    from wfm.forecasting import forecast
    from wfm.pipeline import history_of
    from wfm.staffing import pooled, require

    loaded = read(scenario, seed).scenario
    with watching("auto", quiet) as show:
        predicted = forecast(history_of(loaded), loaded.axis, loaded.forecasting, show)
        required = require(predicted, loaded.queues, loaded.staffing)
        bound = pooled(predicted, loaded.queues, loaded.staffing)
    written = export_into(out, {"forecast.csv": predicted, "requirement.csv": required}) if out else []
    if as_json or not quiet:
        document = requirement_document(required, bound, written)
        options.emit(document, as_json, lambda: show_requirement(document))


def _calculate(question: dict[str, Any], as_json: bool) -> None:
    from wfm.cli.tables.staff import show_calculator
    from wfm.scenario_file import parse_duration, parse_target
    from wfm.staffing import calculator

    parsers: dict[str, Callable[[str], object]] = {"target": parse_target, "interval": parse_duration, "aht": parse_duration}
    parsers["calls"] = _calls
    if question["patience"] not in (None, "never"):
        parsers["patience"] = parse_duration
    read = _read_all(question, parsers)
    patience_s = read.get("patience")
    try:
        rows = calculator(read["calls"], read["interval"], read["aht"], read["target"], patience_s)
    except ValueError as error:
        raise click.UsageError(f"--calls {read['calls']:g} with --aht and --interval: {error}") from None
    document = {
        "calls": read["calls"],
        "target": str(read["target"]),
        "model": "A" if patience_s else "C",
        "rows": [vars(row) for row in rows],
    }
    options.emit(document, as_json, lambda: show_calculator(document))


def _calls(text: str) -> float:
    """Raises ValueError in words."""
    try:
        return Number(0).convert(text, None, None)
    except click.BadParameter as error:
        raise ValueError(error.message) from None


def _read_all(question: dict[str, Any], parsers: dict[str, Callable[[str], object]]) -> dict[str, Any]:
    """The options of the question; all that cannot be read is told at once, each under its name."""
    read, wrong = {}, []
    for name, parse in parsers.items():
        try:
            read[name] = parse(question[name])
        except ValueError as error:
            wrong.append(f"--{name}: {error}")
    if wrong:
        raise click.UsageError("\n".join(wrong))
    return read

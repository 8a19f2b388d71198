"""Options that several commands share."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from wfm.cli.numbers import Number, Whole
from wfm.errors import InputError, WfmError

F = TypeVar("F", bound=Callable[..., Any])


def stacked(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    return lambda function: functools.reduce(lambda inner, decorate: decorate(inner), reversed(decorators), function)


scenario = click.argument("scenario", type=str)
out = click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder to write to.")


def _tells_faults(function: F) -> F:
    """With --json what went wrong is the document: every fault of the input, or the error."""

    @functools.wraps(function)
    def told(*args: Any, as_json: bool, **options: Any) -> Any:
        try:
            return function(*args, as_json=as_json, **options)
        except InputError as error:
            if as_json:
                emit({"faults": [vars(fault) for fault in error.faults]}, True, lambda: None)
            raise
        except (WfmError, OSError) as error:
            if as_json:
                emit({"error": str(error) or type(error).__name__}, True, lambda: None)
            raise

    return told  # type: ignore[return-value]


as_json = stacked(
    click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout and nothing else there."), _tells_faults
)
quiet = click.option("--quiet", is_flag=True, help="No progress and no tables.")
edits = click.option(
    "--edits",
    type=click.Path(path_type=Path, dir_okay=False),
    help="CSV of edits of the forecast, laid over those of the scenario: day, action and optionally hours, value, queue, author, reason.",
)
archive = click.option(
    "--archive",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of published forecasts: each version is kept there, and --today of `wfm forecast` learns from them.",
)
seed = click.option("--seed", type=Whole(0), help="Seed of all randomness; overrides the scenario's.")
effort = click.option(
    "--effort",
    type=Number(0, 100, min_open=True),
    help="Amount of work in the search for a roster, 1 is usual; overrides the scenario's. Little is enough for a first look.",
)
progress = click.option(
    "--progress",
    type=click.Choice(["auto", "bar", "lines", "json", "none"]),
    default="auto",
    show_default=True,
    help="How to show progress on stderr.",
)
common = stacked(as_json, quiet)


def emit(document: Any, as_json: bool, text: Callable[[], None]) -> None:
    """Print the document as JSON, or call `text` to print it for people."""
    if as_json:
        from wfm.report.documents import plain

        click.echo(json.dumps(plain(document), indent=2, ensure_ascii=False, default=str, allow_nan=False))
    else:
        text()

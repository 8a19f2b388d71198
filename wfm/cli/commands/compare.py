"""`wfm compare`: scenarios or finished runs side by side, on the same simulated days."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wfm.cli import options
from wfm.cli.watching import watching
from wfm.model import History, Progress

if TYPE_CHECKING:
    from wfm.report import RunFigures


@click.command("compare")
@click.argument("scenarios", nargs=-1, required=True)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("runs"),
    show_default=True,
    help="Where scenarios are planned to.",
)
@options.seed
@options.effort
@options.common
def command(scenarios: tuple[str, ...], out: Path, as_json: bool, quiet: bool, **how: Any) -> None:
    """Compare SCENARIOS (scenario files, names of bundled ones, or run folders) with the first of them.

    Scenarios are planned first unless an identical run stands in --out. All meet the same simulated contacts where seed, plan and
    history agree; where no --seed is given, those planned here take the seed of the first.
    """
    from wfm.cli.tables.comparison import show_comparison
    from wfm.model import part
    from wfm.report import compare

    if len(scenarios) < 2:
        raise click.UsageError("name at least two scenarios or run folders")
    known = _read_all(scenarios, how)
    runs: list[RunFigures] = []
    with watching("auto", quiet) as show:
        for i, name in enumerate(scenarios):
            common = runs[0].seed if how["seed"] is None and runs else how["seed"]
            here = part(show, i / len(scenarios), (i + 1) / len(scenarios))
            runs.append(_figures(name, known[i], out, how | {"seed": common}, here, as_json))
    comparison = compare(runs)
    if as_json or not quiet:
        options.emit(comparison.document(), as_json, lambda: show_comparison(comparison))


def _read_all(scenarios: tuple[str, ...], how: dict[str, Any]) -> list[RunFigures | History | None]:
    """The figures of the run folders, and the histories of the others where they have any, each read once.

    Raises InputError with the faults of all of them, before the first is planned.
    """
    from wfm.cli.gathering import Faults
    from wfm.cli.runner import read
    from wfm.pipeline import history_of
    from wfm.store import figures, read_run

    faults = Faults()
    found: list[RunFigures | History | None] = []
    for name in scenarios:
        with faults.gather():
            found.append(figures(read_run(Path(name))) if _is_run(name) else history_of(read(name, **how).scenario))
    faults.tell()
    return found


def _is_run(name: str) -> bool:
    return (Path(name) / "manifest.json").is_file()


def _figures(name: str, known: RunFigures | History | None, out: Path, how: dict[str, Any], show: Progress, as_json: bool) -> RunFigures:
    """known: as `_read_all` tells it."""
    from wfm.cli.exits import report_conflicts
    from wfm.cli.runner import plan_into, read
    from wfm.report import RunFigures
    from wfm.store import figures, read_run, safe_name

    if isinstance(known, RunFigures):
        return known
    loaded = read(name, **how)
    planned = plan_into(loaded, out / safe_name(loaded.scenario.name), show, force=False, history=known)
    if planned.conflicts:
        raise click.exceptions.Exit(report_conflicts(planned.conflicts, as_json))
    return figures(read_run(planned.out))

"""`wfm compare`: scenarios or finished runs side by side, on the same simulated days."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wfm.cli import options
from wfm.cli.watching import watching
from wfm.model import Progress


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
    from wfm.report import RunFigures, compare
    from wfm.store import figures, read_run

    if len(scenarios) < 2:
        raise click.UsageError("name at least two scenarios or run folders")
    _check_all(scenarios, how)
    runs: list[RunFigures] = []
    with watching("auto", quiet) as show:
        for i, name in enumerate(scenarios):
            common = runs[0].seed if how["seed"] is None and runs else how["seed"]
            folder = _run_folder(name, out, how | {"seed": common}, part(show, i / len(scenarios), (i + 1) / len(scenarios)), as_json)
            runs.append(figures(read_run(folder)))
    comparison = compare(runs)
    if as_json or not quiet:
        options.emit(comparison.document(), as_json, lambda: show_comparison(comparison))


def _check_all(scenarios: tuple[str, ...], how: dict[str, Any]) -> None:
    """Raises InputError with the faults of all of them, before the first is planned."""
    from wfm.cli.gathering import Faults
    from wfm.cli.runner import read
    from wfm.pipeline import history_of
    from wfm.store import figures, read_run

    faults = Faults()
    for name in scenarios:
        with faults.gather():
            if _is_run(name):
                figures(read_run(Path(name)))
            else:
                history_of(read(name, **how).scenario)
    faults.tell()


def _is_run(name: str) -> bool:
    return (Path(name) / "manifest.json").is_file()


def _run_folder(name: str, out: Path, how: dict[str, Any], show: Progress, as_json: bool) -> Path:
    from wfm.cli.exits import report_conflicts
    from wfm.cli.runner import plan_into, read
    from wfm.store import safe_name

    if _is_run(name):
        return Path(name)
    loaded = read(name, **how)
    planned = plan_into(loaded, out / safe_name(loaded.scenario.name), show, force=False)
    if planned.conflicts:
        raise click.exceptions.Exit(report_conflicts(planned.conflicts, as_json))
    return planned.out

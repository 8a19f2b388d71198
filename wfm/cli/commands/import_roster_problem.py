"""`wfm import-roster-problem`: read a staff scheduling instance, solve it, say cost, bound and seconds."""

from __future__ import annotations

from pathlib import Path

import click

from wfm.cli import options
from wfm.cli.exits import Exit
from wfm.cli.numbers import Number
from wfm.cli.watching import watching


@click.command("import-roster-problem")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seconds", type=Number(0.1), default=120.0, show_default=True, help="Wall seconds to search at most.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Roster to write: .csv is person,day,shift, else the grid.")
@options.seed
@options.progress
@options.common
def command(file: Path, seconds: float, out: Path | None, seed: int | None, progress: str, as_json: bool, quiet: bool) -> None:
    """Solve the staff scheduling instance in FILE (Curtois–Qu text layout); Ctrl-C keeps the best roster so far."""
    from scheduling.days import breaches, cost_of, read_problem, rota_csv, rota_grid, solve
    from wfm.cli.stopping import until_interrupted
    from wfm.cli.writing import make_folder, put

    problem = read_problem(file)
    with watching(progress, quiet) as show, until_interrupted(show.at_once) as pressed:
        found = solve(problem, 1 if seed is None else seed, seconds, None, show, lambda: pressed() > 0, workers=2)
    if found.rota is None:
        who = f": no days keep the rules of {found.person}" if found.person else ""
        options.emit({"reason": found.reason, "person": found.person}, as_json, lambda: click.echo(f"{found.reason}{who}", err=True))
        raise click.exceptions.Exit(Exit.CONTRADICTION)
    cost, broken = cost_of(problem, found.rota), breaches(problem, found.rota)
    if out:
        make_folder(out.parent)
        text = rota_csv if out.suffix == ".csv" or max(len(shift.name) for shift in problem.shifts) > 2 else rota_grid
        put(out, text(problem, found.rota).encode())
    document = {"reason": found.reason, "cost": cost.total, "cover": cost.cover, "wishes": cost.wishes, "bound": found.bound}
    document |= {"broken_rules": len(broken), "seconds": round(found.seconds, 2), "out": str(out) if out else None}
    lines = [
        f"{found.reason}: cost {cost.total:,g} (cover {cost.cover:,g}, wishes {cost.wishes:,g}), bound {found.bound:,g}",
        f"{found.seconds:.1f} s, {len(broken)} rules broken",
        *([f"roster written to {out}"] if out else []),
    ]
    if as_json or not quiet:
        options.emit(document, as_json, lambda: click.echo("\n".join(lines)))

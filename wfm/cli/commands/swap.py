"""`wfm swap`: may two people exchange shifts?"""

from __future__ import annotations

from pathlib import Path

import click

from wfm.cli import options
from wfm.cli.exits import Exit
from wfm.errors import Fault, InputError


@click.command("swap")
@click.argument("run", type=click.Path(path_type=Path, file_okay=False))
@click.argument("give", metavar="NAME:DATE")
@click.argument("take", metavar="NAME:DATE")
@options.common
def command(run: Path, give: str, take: str, as_json: bool, quiet: bool) -> None:
    """Whether the first may hand over the shift of that day for the second's, what rule it would break, and what it does to cover.

    Exit status 3 where a rule forbids it; nothing is written.
    """
    from scheduling import swap_allowed
    from wfm.cli.people import days_of, read_published, required_in
    from wfm.cli.tables.repair import show_swap

    first, second = days_of((give, take), "swap")
    if first[0] == second[0]:
        raise InputError(Fault("", "swap", f"{first[0]} twice", "two different people"))
    folder, loaded, roster = read_published(run)
    scenario = loaded.scenario
    found = swap_allowed(roster, scenario.workforce, first, second, required_in(folder, loaded)[1], scenario.scheduling)
    document = {
        "allowed": found.allowed,
        "violations": [vars(violation) for violation in found.violations],
        "price": found.price,
        "short_hours": found.short_hours,
    }
    if as_json or not quiet:
        options.emit(document, as_json, lambda: show_swap(found))
    if not found.allowed:
        raise click.exceptions.Exit(Exit.CONTRADICTION)

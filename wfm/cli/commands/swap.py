"""`wfm swap`: may two people exchange shifts?"""

from __future__ import annotations

from pathlib import Path

import click

from wfm.cli import options
from wfm.cli.exits import Exit
from wfm.errors import Fault


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
    from scheduling.repair import verify_swap
    from wfm.cli.gathering import Faults
    from wfm.cli.people import days_of, read_published, required_in
    from wfm.cli.tables.repair import show_swap

    faults, published = Faults(), None
    days = days_of((give, take), "NAME:DATE", faults)
    if len(days) == 2 and days[0][0] == days[1][0]:
        faults.found.append(Fault("", "NAME:DATE", f"{days[0][0]} twice", "two different people"))
    with faults.gather({"swap": "NAME:DATE"}):
        published = read_published(run)
        verify_swap(published[2], published[1].scenario.workforce, days)
    faults.tell()
    assert published is not None
    folder, loaded, roster = published
    first, second = days
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

"""`wfm hire`: what newcomers would save, told by the bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from wfm.cli import options
from wfm.cli.exits import report_conflicts
from wfm.cli.numbers import Whole
from wfm.cli.watching import watching
from wfm.model import Progress, part

if TYPE_CHECKING:
    from scheduling import WhatIf


@click.command("hire")
@options.scenario
@click.option("--contract", required=True, help="Contract of the newcomers.")
@click.option("--count", type=Whole(0, 500), default=5, show_default=True, help="Most newcomers.")
@click.option("--skills", help="Queues they serve, parted by commas; all where left out.")
@options.seed
@options.common
def command(scenario: str, contract: str, count: int, skills: str | None, seed: int | None, as_json: bool, quiet: bool) -> None:
    """What 0 to COUNT newcomers would save, and the agent-hours that stay short: what is proven, and what a roster in hand shows.

    Takes some minutes for a large centre; Ctrl-C stops it.

    Savings are in units of price, as under_price of the scenario: what an agent-hour short counts in the search for a roster.
    """
    able = tuple(name.strip() for name in skills.split(",")) if skills else ()
    with watching("auto", quiet) as show:
        show("reading the scenario", 0.0)
        able, found = _work_out(scenario, seed, contract, count, able, show)
    if found.solved.conflicts:
        raise click.exceptions.Exit(report_conflicts(found.solved.conflicts, as_json))
    if as_json or not quiet:
        from wfm.cli.tables.repair import show_hires

        options.emit({"contract": contract, "skills": able, "rows": found.rows}, as_json, lambda: show_hires(found))


def _work_out(
    scenario: str, seed: int | None, contract: str, count: int, skills: tuple[str, ...], show: Progress
) -> tuple[tuple[str, ...], WhatIf]:
    """The skills of the newcomers (all queues where none is named), and what they would bring."""
    from scheduling import verify_hire, what_if_hire
    from wfm.aside import aside
    from wfm.cli.gathering import under_options
    from wfm.cli.people import required_by
    from wfm.cli.runner import read

    loaded = read(scenario, seed)
    workforce, prices = loaded.scenario.workforce, loaded.scenario.scheduling
    queues = tuple(queue.name for queue in loaded.scenario.queues)
    able = skills or queues
    with under_options({"contract": "--contract", "skills": "--skills", "count": "--count"}):
        verify_hire(queues, workforce, contract, able, count)
    _, required = required_by(loaded, part(show, 0.0, 0.1))
    return able, aside(what_if_hire, required, workforce, prices, contract, count, able, progress=part(show, 0.1, 1.0))

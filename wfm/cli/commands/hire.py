"""`wfm hire`: what newcomers would save, told by the bound in seconds."""

from __future__ import annotations

import click

from wfm.cli import options
from wfm.cli.exits import report_conflicts
from wfm.cli.numbers import Whole
from wfm.cli.watching import watching


@click.command("hire")
@options.scenario
@click.option("--contract", required=True, help="Contract of the newcomers.")
@click.option("--count", type=Whole(0, 500), default=5, show_default=True, help="Most newcomers.")
@click.option("--skills", help="Queues they serve, parted by commas; all where left out.")
@options.seed
@options.common
def command(scenario: str, contract: str, count: int, skills: str | None, seed: int | None, as_json: bool, quiet: bool) -> None:
    """What 0 to COUNT newcomers would save, and the agent-hours that stay short: what is proven, and what a roster in hand shows.

    Savings are in units of price, as under_price of the scenario: what an agent-hour short counts in the search for a roster.
    """
    from scheduling import verify_hire, what_if_hire
    from wfm.cli.gathering import under_options
    from wfm.cli.people import required_by
    from wfm.cli.runner import read
    from wfm.cli.tables.repair import show_hires

    loaded = read(scenario, seed)
    queues = tuple(queue.name for queue in loaded.scenario.queues)
    able = tuple(name.strip() for name in skills.split(",")) if skills else queues
    with under_options({"contract": "--contract", "skills": "--skills", "count": "--count"}):
        verify_hire(queues, loaded.scenario.workforce, contract, able, count)
    _, required = required_by(loaded)
    with watching("auto", quiet) as show:
        found = what_if_hire(required, loaded.scenario.workforce, loaded.scenario.scheduling, contract, count, able, show)
    if found.solved.conflicts:
        raise click.exceptions.Exit(report_conflicts(found.solved.conflicts, as_json))
    if as_json or not quiet:
        options.emit({"contract": contract, "skills": able, "rows": found.rows}, as_json, lambda: show_hires(found))

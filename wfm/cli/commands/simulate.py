"""`wfm simulate`: what a given roster would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from wfm.cli import options
from wfm.cli.numbers import Number, Whole
from wfm.cli.watching import watching
from wfm.errors import Fault, InputError
from wfm.model import Kind, Outcome, Roster, Scenario, Shift, Workforce, part


@click.command("simulate")
@options.scenario
@click.option(
    "--roster",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="roster.csv of a run of this scenario; where left out, the numbers on duty that the scenario gives.",
)
@click.option("--replications", type=Whole(1, 100_000), help="Independent runs; overrides the scenario's.")
@click.option("--precision", type=Number(0, min_open=True), help="Half-width that is enough; --replications are the most then.")
@click.option("--engine", type=click.Choice(["fast", "simpy"]), help="Compiled or readable, same figures; overrides the scenario's.")
@click.option("--detail", type=click.Path(path_type=Path, dir_okay=False), help="CSV to write: every measure at every threshold.")
@click.option("--by", type=click.Choice(["day", "interval", "plan"]), help="What a row of --detail is about; day where left out.")
@options.seed
@options.common
def command(scenario: str, roster: Path | None, seed: int | None, as_json: bool, quiet: bool, **changes: Any) -> None:
    """Simulate a roster of SCENARIO against its forecast; nothing is written unless asked for."""
    from simulation import simulate
    from wfm.cli.runner import read
    from wfm.cli.tables.run import show_measures
    from wfm.forecasting import forecast
    from wfm.pipeline import history_of
    from wfm.report import measures, read_roster_csv

    detailed, by = changes.pop("detail"), changes.pop("by")
    if by and not detailed:
        raise click.UsageError(f"--by {by} says what a row of --detail is about: add --detail FILE.csv")
    loaded = read(scenario, seed).scenario
    experiment = replace(loaded.experiment, **{name: value for name, value in changes.items() if value is not None})
    with watching("auto", quiet) as show:
        placed = given_roster(loaded, scenario) if roster is None else read_roster_csv(roster, loaded.axis)
        if roster is not None:
            check_belongs(placed, loaded.workforce, roster)
        predicted = forecast(history_of(loaded), loaded.axis, loaded.forecasting, part(show, 0, 0.2))
        outcome = simulate(predicted, loaded.queues, placed, experiment, part(show, 0.2, 1))
    found = measures(outcome)
    if detailed:
        write_detail(outcome, by or "day", detailed)
    if as_json or not quiet:
        options.emit({"measures": [vars(m) for m in found]}, as_json, lambda: show_measures(found))


def write_detail(outcome: Outcome, by: str, file: Path) -> None:
    """The long table of every measure. Raises InputError where it cannot be written."""
    from wfm.cli.writing import make_folder, put
    from wfm.report.detail import detail

    make_folder(file.parent)
    put(file, detail(outcome, by).to_csv(index=False, lineterminator="\n").encode())


def given_roster(scenario: Scenario, file: str) -> Roster:
    """The roster that the scenario gives itself. Raises InputError where it gives none."""
    if scenario.roster is None:
        raise InputError(Fault(file, "", "no roster", "--roster roster.csv", "or numbers `on_duty` in its groups"))
    return scenario.roster


def check_belongs(roster: Roster, workforce: Workforce, file: Path) -> None:
    """Raises InputError where a roster names agents, activities or queues that its people do not have."""
    skills = {agent.name: agent.skills for agent in workforce.agents}
    breaks = {rest.name for shift in workforce.shifts for rest in shift.breaks}
    known = {Kind.WORK.value, *breaks, *(activity.name for activity in workforce.activities)}
    faults = [
        Fault(str(file), f"{shift.agent}, {roster.axis.dates[shift.day]}", found, expected)
        for shift in roster.shifts
        for found, expected in _strangers(shift, skills, known)
    ]
    if faults:
        raise InputError(dict.fromkeys(faults))


def _strangers(shift: Shift, skills: dict[str, tuple[str, ...]], known: set[str]) -> Iterator[tuple[str, str]]:
    if shift.agent not in skills:
        yield f"agent {shift.agent}", "an agent of the scenario"
        return
    for segment in shift.segments:
        if segment.name not in known:
            yield f"activity {segment.name}", f"one of {', '.join(sorted(known))}"
        for queue in set(segment.queues) - set(skills[shift.agent]):
            yield f"queue {queue}", f"a skill of the agent: {', '.join(skills[shift.agent])}"

"""`wfm calibrate`: from a log of calls to a scenario that can be simulated, and how well that meets the log."""

from __future__ import annotations

from pathlib import Path

import click

from wfm.cli import options
from wfm.cli.numbers import Whole
from wfm.cli.watching import watching


@click.command("calibrate")
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--timezone", required=True, help="Time zone of the log's times, e.g. Europe/Berlin.")
@click.option("--target", default="80/20", show_default=True, help="Service promised: percent / seconds.")
@click.option("--replications", type=Whole(2, 1000), default=10, show_default=True, help="Simulations of the whole log.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Scenario folder to write.")
@options.seed
@options.common
def command(log: Path, timezone: str, out: Path | None, seed: int | None, as_json: bool, quiet: bool, **how: str | int) -> None:
    """Estimate from LOG, call by call with agents, patience, handle times and who was on duty when; then simulate its calls again.

    Prints real against simulated waits, abandonment and service level, by day, by kind of call and over the whole log.
    """
    from simulation import simulate
    from wfm.calibration import Calibrated, calibrate, compare, fit
    from wfm.cli.tables.calibration import calibration_document, show_calibration
    from wfm.intake import read_call_log
    from wfm.model import Outcome, part
    from wfm.scenario_file import parse_target

    try:
        target = parse_target(str(how["target"]))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--target") from None
    with watching("auto", quiet) as show:
        show("reading the log", 0.0)
        seen = calibrate(read_call_log(log, timezone), target)
        experiment = seen.experiment(int(how["replications"]), 1 if seed is None else seed)

        def live(centre: Calibrated) -> Outcome:
            return simulate(centre.forecast, centre.queues, centre.roster, experiment)

        centre = fit(seen, live, target.within_s, part(show, 0.1, 0.9))
        rows = compare(centre.log, live(centre), target.within_s)
    written = _write(centre, out, log.name.split(".")[0]) if out else []
    if as_json or not quiet:
        document = calibration_document(centre, rows, written)
        options.emit(document, as_json, lambda: show_calibration(centre, rows, written))


def _write(centre, out: Path, name: str) -> list[str]:  # type: ignore[no-untyped-def]
    from wfm.calibration.folder import CALLS, calls_csv, on_duty_csv, scenario_toml
    from wfm.cli.writing import export_into, put

    written = export_into(out, {"roster.csv": centre.roster})
    texts = {"scenario.toml": scenario_toml(centre, name), CALLS: calls_csv(centre), "on_duty.csv": on_duty_csv(centre)}
    for file, text in texts.items():
        put(out / file, text.encode())
    return [*(str(out / file) for file in texts), *written]

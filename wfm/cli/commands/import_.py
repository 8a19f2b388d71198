"""`wfm import`: any history layout → one clean interval table."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wfm.cli import options
from wfm.cli.numbers import Whole

if TYPE_CHECKING:
    from wfm.model import OpeningHours


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--timezone", required=True, help="Time zone of the centre, e.g. Europe/Berlin.")
@click.option("--queue", "queues", multiple=True, required=True, help="Name of a queue in the file; repeat for several.")
@click.option("--missing", type=click.Choice(["zero", "closed", "lost"]), help="What an interval without a row means.")
@click.option(
    "--open", "opening", help='Opening hours, which --missing is about: "mon-fri 08:00-20:00; sat 09:00-14:00"; 24/7 if left out.'
)
@click.option("--columns", multiple=True, metavar="HEADER=FIELD", help='A header that is not recognised: "Calls In=offered"; repeat.')
@click.option("--closed", multiple=True, type=click.DateTime(["%Y-%m-%d"]), help="A date on which the centre was shut; repeat.")
@click.option("--step", type=Whole(1), help="Minutes of an interval; asked for call-by-call logs.")
@click.option("--layout", help="Name of the layout, if it is not recognised.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="CSV to write.")
@options.common
def command(file: Path, timezone: str, queues: tuple[str, ...], out: Path, as_json: bool, quiet: bool, **how: Any) -> None:
    """Read FILE (CSV, XLSX, interval export or call log) and write `interval_start,queue,contacts,handle_s,state`."""
    from wfm.cli.writing import write_history
    from wfm.errors import Fault, InputError
    from wfm.intake import read_history
    from wfm.model import Calendar, HistorySource, Queue

    closed: frozenset[date] = frozenset(moment.date() for moment in how["closed"])
    only = queues[0] if len(queues) == 1 else None
    columns, hours = _columns(how["columns"]), _opening(how["opening"])
    source = HistorySource(file, missing=how["missing"], columns=columns, queue=only, layout=how["layout"], step_minutes=how["step"])
    history = read_history(source, tuple(Queue(name, hours=hours) for name in queues), Calendar(closed), timezone)
    if out.exists() and out.samefile(file):
        raise InputError(Fault(str(out), "--out", "the file to import", "another file", "the source would be lost"))
    rows = write_history(history, out)
    document = {"out": str(out), "rows": rows, "from": str(history.axis.start), "days": history.axis.days, "notes": history.notes}
    if as_json or not quiet:
        options.emit(document, as_json, lambda: click.echo("\n".join([f"{rows} intervals written to {out}", *history.notes])))


def _columns(pairs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Header and field of every pair. Raises InputError with all that are none."""
    from wfm.errors import Fault, InputError

    parts = [pair.rpartition("=") for pair in pairs]
    wrong = [pair for pair, (header, _, field) in zip(pairs, parts, strict=True) if not header.strip() or not field.strip()]
    if wrong:
        raise InputError([Fault("", "--columns", pair, 'HEADER=FIELD, such as "Calls In=offered"') for pair in wrong])
    return tuple((header.strip(), field.strip()) for header, _, field in parts)


def _opening(text: str | None) -> OpeningHours:
    from wfm.errors import Fault, InputError
    from wfm.model import OpeningHours
    from wfm.scenario_file import parse_opening

    try:
        return OpeningHours.always() if text is None else parse_opening(text)
    except ValueError as error:
        raise InputError(Fault("", "--open", str(text), str(error))) from error

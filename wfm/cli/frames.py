"""Options and files of the commands that work on a bare history `interval_start, contacts`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wfm.cli.numbers import Whole
from wfm.cli.options import stacked

if TYPE_CHECKING:
    import pandas as pd

STEP = 30

history_options = stacked(
    click.option("--step", type=Whole(1), default=STEP, show_default=True, help="Minutes of an interval; 1440 for days."),
    click.option("--timezone", help="Time zone of the centre, e.g. Europe/Berlin; without it the stamps are taken as they stand."),
    click.option("--country", help="Country whose public holidays matter, e.g. DE."),
    click.option("--region", help="Region of the country, e.g. BY."),
    click.option("--closed", multiple=True, type=click.DateTime(["%Y-%m-%d"]), help="A date on which the centre is or was shut; repeat."),
)


def calendar_of(how: dict[str, Any]) -> dict[str, Any]:
    """The shared options as the frame functions spell them."""
    closed = tuple(moment.date() for moment in how["closed"])
    return {"step_minutes": how["step"], "timezone": how["timezone"], "country": how["country"], "region": how["region"], "closed": closed}


def read_counts(path: Path) -> pd.DataFrame:
    """A CSV of counts, its stamps as text. Raises HistoryError for what is no such CSV."""
    import pandas as pd

    from wfm.errors import Fault, HistoryError

    try:
        return pd.read_csv(path, dtype={"interval_start": str}, encoding="utf-8-sig")
    except OSError as error:
        raise HistoryError(Fault(str(path), "", error.strerror or str(error), "a CSV that can be read")) from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        hint = "`wfm import` reads other layouts"
        raise HistoryError(Fault(str(path), "", str(error), "a CSV with the columns interval_start, contacts", hint)) from error


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Faults of the history name the file it came from."""
    from wfm.errors import HistoryError

    try:
        yield
    except HistoryError as error:
        raise HistoryError(replace(fault, file=str(path)) if fault.file == "history" else fault for fault in error.faults) from None

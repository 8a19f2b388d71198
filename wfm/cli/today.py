"""`wfm forecast SCENARIO --today ACTUALS.csv`: the rest of the day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from wfm.cli import options
from wfm.cli.frames import read_counts
from wfm.cli.runner import read
from wfm.cli.tables.today import show_rests
from wfm.cli.writing import make_folder, put
from wfm.errors import Fault, InputError
from wfm.forecasting.frames.writing import reforecast_csv
from wfm.pipeline import reforecast
from wfm.store import read_archive, safe_name
from wfm.store.archive import FOLDER


def rest_of_the_day(scenario: str, out: Path | None, seed: int | None, as_json: bool, quiet: bool, how: dict[str, Any]) -> None:
    """Reforecast, write reforecast.csv where a folder is given, and print what changed."""
    if scenario.lower().endswith(".csv"):
        raise InputError(Fault(scenario, "--today", "a history", "a scenario, whose queues and opening hours are known"))
    loaded = read(scenario, seed, how["edits"]).scenario
    archive = how["archive"] or (out or Path()) / FOLDER
    at_minute = how["at"].hour * 60 + how["at"].minute if how["at"] else None
    today, rests = reforecast(loaded, read_counts(how["today"]), read_archive(archive / safe_name(loaded.name)), at_minute)
    written = []
    if out:
        make_folder(out)
        put(out / "reforecast.csv", reforecast_csv(rests))
        written = [str(out / "reforecast.csv")]
    document = {
        "day": today.day,
        "known_until": f"{today.at_minute // 60:02d}:{today.at_minute % 60:02d}",
        "queues": [
            {
                "queue": rest.queue,
                "actual_so_far": rest.actual_so_far,
                "published_so_far": rest.published_so_far,
                "published_rest": float(rest.published.sum()),
                "mean_rest": float(rest.mean.sum()),
                "notes": rest.notes,
            }
            for rest in rests
        ],
        "written": written,
    }
    if as_json or not quiet:
        options.emit(document, as_json, lambda: show_rests(document))

"""Everything that leaves as a file. `RUN_FILES`: the CSVs of a run folder. `FORMS`: a finished run's roster for other programs."""

from __future__ import annotations

from collections.abc import Callable

from wfm.model import Result
from wfm.report.exports import forecast_csv, requirement_csv, roster_csv
from wfm.report.exports.forms import FORMS, HasRoster, export_run_as
from wfm.report.exports.intervals_csv import intervals_csv
from wfm.report.exports.roster_csv import read_roster_csv

RUN_FILES: dict[str, Callable[[Result], bytes]] = {
    "forecast.csv": forecast_csv.of_result,
    "requirement.csv": requirement_csv.of_result,
    "roster.csv": roster_csv.of_result,
    "intervals.csv": intervals_csv,
}
"""A file of the run folder by its name. A new one is a new line here."""

__all__ = ["FORMS", "RUN_FILES", "HasRoster", "export_run_as", "read_roster_csv"]

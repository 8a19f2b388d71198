"""NAME:DATE on the command line, and the run folder that a command mends or asks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

from wfm.cli.gathering import Faults
from wfm.errors import Fault, InputError
from wfm.model import Progress, silent

if TYPE_CHECKING:
    from wfm.model import Forecast, Requirement, Roster
    from wfm.scenario_file import Loaded
    from wfm.store import Run

Day = tuple[str, date]
Away = tuple[str, date, int, int]
_AWAY = re.compile(r"(?P<name>.+):(?P<day>\d{4}-\d\d-\d\d)T(?P<first>\d\d:\d\d)-(?P<last>\d\d:\d\d)")


def days_of(texts: Iterable[str], option: str, faults: Faults) -> tuple[Day, ...]:
    """Each NAME:DATE; the name may itself have colons. What is none goes to `faults`."""
    found: list[Day] = []
    for text in texts:
        name, _, day = text.rpartition(":")
        try:
            found.append((name, date.fromisoformat(day)))
        except ValueError:
            faults.found.append(Fault("", option, text, "NAME:DATE, as in ann:2026-03-02"))
        else:
            faults.found += [] if name else [Fault("", option, text, "NAME:DATE with a name")]
    return tuple(found)


def aways_of(texts: Iterable[str], option: str, faults: Faults) -> tuple[Away, ...]:
    """Each NAME:DATETHH:MM-HH:MM; up to a time that is earlier it lasts into the next day. What is none goes to `faults`."""
    from scheduling import until

    found: list[Away] = []
    for text in texts:
        told = _AWAY.fullmatch(text)
        try:
            if told is None:
                raise ValueError
            first, last = (time.fromisoformat(told[name]) for name in ("first", "last"))
            begin, end = (moment.hour * 60 + moment.minute for moment in (first, last))
            found.append((told["name"], date.fromisoformat(told["day"]), begin, until(begin, end)))
        except ValueError:
            faults.found.append(Fault("", option, text, "NAME:DATETHH:MM-HH:MM, as in ann:2026-03-02T13:00-17:00"))
    return tuple(found)


def read_published(folder: Path, seed: int | None = None) -> tuple[Run, Loaded, Roster]:
    """The run, its scenario as resolved, and its roster. Raises InputError."""
    from wfm.cli.runner import read
    from wfm.report.exports.roster_csv import parse_roster
    from wfm.store import read_run
    from wfm.store.write import SCENARIO

    run = read_run(folder)
    loaded = read(str(folder / SCENARIO), seed)
    text = run.texts.get("roster.csv", "")
    return run, loaded, parse_roster(text, str(folder / "roster.csv"), loaded.scenario.axis, loaded.scenario.workforce)


def required_by(loaded: Loaded, progress: Progress = silent) -> tuple[Forecast, Requirement]:
    """Forecast and requirement of the scenario, made again."""
    from wfm.forecasting import forecast
    from wfm.pipeline import history_of
    from wfm.staffing import require

    scenario = loaded.scenario
    predicted = forecast(history_of(scenario), scenario.axis, scenario.forecasting, progress)
    return predicted, require(predicted, scenario.queues, scenario.staffing)


def required_in(run: Run, loaded: Loaded) -> tuple[Forecast, Requirement]:
    """The forecast made again, and the requirement as the run has it, which a simulation in the loop may have corrected."""
    predicted, required = required_by(loaded)
    written, shape = run.frame("requirement"), required.present.shape
    if len(written) != required.present.size:
        raise InputError(Fault(str(run.path / "requirement.csv"), "", f"{len(written)} rows", f"{required.present.size}"))
    tables = {name: written[name].to_numpy(float).reshape(shape[::-1]).T for name in ("present", "rostered", "paid", "service")}
    words = tuple(str(text) for text in written["definition"].iloc[: shape[0]])
    return predicted, replace(required, **tables, definition=words)

"""A repair into a run folder: mended, simulated, told, and written whole or not at all."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import tomli_w

from scheduling import Repaired, repair
from scheduling.repair.verify import ABSENCE, HOURS, LOCK, PRICE, verify
from wfm.cli.gathering import Faults
from wfm.cli.people import Away, Day, aways_of, days_of, read_published, required_in
from wfm.cli.runner import manifest
from wfm.cli.writing import make_folder, writing_to
from wfm.errors import Fault, InputError
from wfm.model import Activity, Progress, Reason, Result, Roster, TimeAxis, part
from wfm.pipeline import judge
from wfm.scenario_file import Loaded
from wfm.scenario_file.resolved import HEAD
from wfm.store import Run, digest, lock, write_run

OPTIONS = {ABSENCE: "--absent", HOURS: "--away", LOCK: "--lock", PRICE: "--change-price"}


@dataclass(frozen=True)
class Wanted:
    """What is asked for. begun: elapsed minute before which everything stands."""

    absent: tuple[Day, ...]
    away: tuple[Away, ...]
    locked: tuple[Day, ...]
    begun: int
    change_price: float


def read_wanted(run: Path, seed: int | None, out: Path, how: Mapping[str, Any]) -> tuple[tuple[Run, Loaded, Roster], Wanted]:
    """The run, its scenario and its roster, and what is to be mended in it. Raises InputError with all that is at fault."""
    faults, begun, published = Faults(), 0, None
    absent, locked = (days_of(how[name], option, faults) for name, option in (("absent", "--absent"), ("locked", "--lock")))
    away = aways_of(how["away"], "--away", faults)
    if out.resolve() == run.resolve():
        found, expected = str(out), "another folder than the run that is mended, which stays as it was published"
        faults.found.append(Fault("", "--out", found, expected))
    with faults.gather():
        published = read_published(run, seed)
        begun = _minute(published[1].scenario.axis, how["begun"])
    with faults.gather(OPTIONS):
        if published:
            verify(published[2], published[1].scenario.workforce, locked, absent, away, how["change_price"])
    faults.tell()
    assert published is not None
    return published, Wanted(absent, away, locked, begun, how["change_price"])


def repair_into(
    out: Path, loaded: Loaded, published: tuple[Run, Roster], wanted: Wanted, progress: Progress
) -> tuple[Repaired, Result | None]:
    """Mend the roster of a run and write another; nothing is written where there is no roster, and the result is None."""
    scenario = loaded.scenario
    predicted, required = required_in(published[0], loaded)
    done = repair(
        published[1],
        required,
        scenario.workforce,
        scenario.scheduling,
        locks=wanted.locked,
        absences=wanted.absent,
        away=wanted.away,
        begun=wanted.begun,
        change_price=wanted.change_price,
        progress=part(progress, 0.0, 0.5),
    )
    if done.solved.reason in (Reason.INFEASIBLE, Reason.NOTHING_FOUND):
        return done, None
    result = judge(scenario, predicted, required, done.solved, part(progress, 0.5, 1.0))
    known = {activity.name for activity in scenario.workforce.activities}
    every = done.solved.workforce.activities
    made = [one for one in every if one.name not in known and one.at[0][1] < 1440]  # hours beyond the plan are none of the scenario's
    resolved = with_absences(loaded.resolved, wanted.absent, made)
    make_folder(out.parent)
    with lock(out.parent, out.name), writing_to(out):
        told: dict[str, Any] = {"repaired": [f"{c.agent}, {c.day}: {c.before} → {c.after}" for c in done.changes]}
        write_run(out, resolved, result, manifest(loaded, digest(resolved, loaded.files)) | told)
    return done, result


def with_absences(resolved: str, absent: Iterable[tuple[str, date]], made: Iterable[Activity] = ()) -> str:
    """The resolved scenario with the absences as time off, and those of part of a day as activities."""
    document = tomllib.loads(resolved)
    more = {
        "time_off": [{"agent": name, "from": day, "to": day} for name, day in absent],
        "activity": [_written(activity) for activity in made],
    }
    added = {key: [*document.get(key, []), *tables] for key, tables in more.items() if tables}
    return HEAD + tomli_w.dumps(document | added) if added else resolved


def _written(activity: Activity) -> dict[str, Any]:
    ((day, wall),) = activity.at
    told = {"name": activity.name, "kind": str(activity.kind), "minutes": activity.minutes, "attendees": list(activity.attendees)}
    return told | {"at": [f"{datetime.combine(day, time(wall // 60, wall % 60)):%Y-%m-%dT%H:%M}"]}


def _minute(axis: TimeAxis, begun: datetime | None) -> int:
    if begun is None:
        return 0
    day = axis.day_index(begun.date())
    if not 0 <= day < axis.days:
        raise InputError(Fault("", "--from", begun.isoformat(" ", "minutes"), f"a time from {axis.dates[0]} to {axis.dates[-1]}"))
    return axis.minute(day, begun.hour * 60 + begun.minute)

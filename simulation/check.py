"""What must hold of the input before anything is simulated; every fault is listed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from itertools import pairwise

import numpy as np

from simulation.check_journeys import journey_faults
from simulation.engines import ENGINES
from simulation.more import AMONG
from simulation.precision import MEASURES
from simulation.preferences import PREFERENCES
from simulation.routing import POLICIES
from simulation.rules import BREAKS, LEAVING
from wfm.errors import Fault, ScenarioError
from wfm.model import Experiment, Forecast, Queue, Roster


def check(predicted: Forecast, queues: tuple[Queue, ...], roster: Roster, experiment: Experiment) -> None:
    """Raises ScenarioError with every fault."""
    faults = (
        *_experiment(experiment),
        *_queues(queues, predicted),
        *journey_faults(queues, experiment),
        *_forecast(predicted),
        *_roster(roster, queues, predicted),
    )
    if faults:
        raise ScenarioError(faults)


def _experiment(experiment: Experiment) -> Iterator[Fault]:
    for name in ("replications", "workers"):
        if getattr(experiment, name) < 1:
            yield Fault("", f"experiment.{name}", str(getattr(experiment, name)), "at least 1")
    if experiment.precision is not None and not experiment.precision > 0:
        yield Fault("", "experiment.precision", str(experiment.precision), "above 0")
    if experiment.precision_of not in MEASURES:
        expected = "one of " + ", ".join(sorted(MEASURES))
        yield Fault("", "experiment.precision_of", repr(experiment.precision_of), expected, _near(experiment.precision_of, MEASURES))
    if not 0 <= experiment.absence <= 1:
        yield Fault("", "experiment.absence", str(experiment.absence), "a share from 0 to 1")
    if experiment.routing not in POLICIES:
        expected = "one of " + ", ".join(sorted(POLICIES))
        yield Fault("", "experiment.routing", repr(experiment.routing), expected, _near(experiment.routing, POLICIES))
    if experiment.preference not in PREFERENCES:
        expected = "one of " + ", ".join(sorted(PREFERENCES))
        yield Fault("", "experiment.preference", repr(experiment.preference), expected, _near(experiment.preference, PREFERENCES))
    yield from _choice("among", experiment.among, AMONG)
    yield from _choice("leaving", experiment.leaving, LEAVING)
    yield from _choice("breaks", experiment.breaks, BREAKS)
    if experiment.leaving == "head_count" and experiment.breaks == "shifted":
        yield Fault("", "experiment.breaks", "'shifted' and leaving by head count", "one of them: a head count has nobody's breaks")
    if not 0 <= experiment.late_share <= 1:
        yield Fault("", "experiment.late_share", str(experiment.late_share), "a share from 0 to 1")
    for name in ("late_s", "warm_up_minutes"):
        if getattr(experiment, name) < 0:
            yield Fault("", f"experiment.{name}", str(getattr(experiment, name)), "0 or more")
    if experiment.engine not in ENGINES:
        expected = "one of " + ", ".join(sorted(ENGINES))
        yield Fault("", "experiment.engine", repr(experiment.engine), expected, _near(experiment.engine, ENGINES))


def _choice(name: str, found: str, known: Collection[str]) -> Iterator[Fault]:
    if found not in known:
        yield Fault("", f"experiment.{name}", repr(found), "one of " + ", ".join(sorted(known)), _near(found, known))


def _queues(queues: tuple[Queue, ...], predicted: Forecast) -> Iterator[Fault]:
    if not queues:
        yield Fault("", "queues", "none", "at least one queue")
    names = [queue.name for queue in queues]
    for name in sorted(set(names)):
        if names.count(name) > 1:
            yield Fault("", f"queue {name!r}", f"{names.count(name)} queues of this name", "one")
        if name not in predicted.queues:
            yield Fault("", f"queue {name!r}", "no forecast of it", "a forecast of every queue", _near(name, predicted.queues))


def _forecast(predicted: Forecast) -> Iterator[Fault]:
    if not len(predicted.paths):
        yield Fault("", "forecast.paths", "0 sample paths", "at least 1")
    elif not np.all(np.isfinite(predicted.paths)) or predicted.paths.min() < 0:
        yield Fault("", "forecast.paths", "counts that are negative or no numbers", "finite counts from 0")
    elif predicted.recorded_s is not None and not _as_recorded(predicted):
        found, expected = "recorded moments that do not rise, or other counts than theirs", "in every path the counts of `recorded_s`"
        yield Fault("", "forecast.paths", found, expected)


def _as_recorded(predicted: Forecast) -> bool:
    axis, step_s = predicted.axis, predicted.axis.step_minutes * 60
    if any(len(moments) and (moments[0] < 0 or np.any(np.diff(moments) < 0)) for moments in predicted.recorded_s or ()):
        return False
    counts = [np.bincount((moments // step_s).astype(int), minlength=axis.n_intervals) for moments in predicted.recorded_s or ()]
    return all(len(row) == axis.n_intervals for row in counts) and bool(np.all(predicted.paths == np.array(counts)))


def _roster(roster: Roster, queues: tuple[Queue, ...], predicted: Forecast) -> Iterator[Fault]:
    ours, theirs = predicted.axis, roster.axis
    if (ours.start, ours.timezone) != (theirs.start, theirs.timezone):
        yield Fault("", "roster", f"{theirs.start} in {theirs.timezone}", f"the forecast's start, {ours.start} in {ours.timezone}")
    names = {queue.name for queue in queues}
    served = {name for shift in roster.shifts for part in shift.segments for name in part.queues}
    for name in sorted(served - names):
        yield Fault("", "roster", f"queue {name!r}", "queues of the scenario", _near(name, names))
    for shift in roster.shifts:
        if shift.start < 0 or any(part.end < part.start for part in shift.segments):
            yield Fault(
                "", _place(shift.agent, shift.day), "a segment that ends before it starts or lies before the axis", "times in order"
            )
    for before, after in pairwise(sorted(roster.shifts, key=lambda shift: (shift.agent, shift.start))):
        if before.agent == after.agent and after.start < before.end:
            yield Fault("", _place(after.agent, after.day), "a shift that begins before the one before has ended", "one shift at a time")


def _place(agent: str, day: int) -> str:
    return f"roster, {agent}, day {day}"


def _near(name: str, known: object) -> str:
    close = get_close_matches(name, list(known), 1)
    return f"did you mean {close[0]!r}?" if close else ""

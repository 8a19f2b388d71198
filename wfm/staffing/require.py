"""The verb `require`: a forecast turned into agents present, rostered and paid."""

from __future__ import annotations

import numpy as np

from wfm.errors import Fault, ScenarioError
from wfm.model import Forecast, Queue, Requirement, StaffingSettings
from wfm.model.arrays import BoolArray, FloatArray
from wfm.staffing.channels import STRATEGIES
from wfm.staffing.workload import Staffed, Workload


def require(predicted: Forecast, queues: tuple[Queue, ...], settings: StaffingSettings) -> Requirement:
    """Agents per queue and interval, 0 while the queue is closed.

    present meets the queue's target, its occupancy cap and its min_agents. rostered = present ÷ (1 − absence), rounded up to whole
    agents; paid = rostered ÷ (1 − shrinkage). Raises ScenarioError for settings that cannot be used, with all their faults, and
    ValueError where the forecast lacks a queue, its contacts or a handle time.
    """
    _check(queues, settings)
    staffed = [_staffed(predicted, queue, settings) for queue in queues]
    present = np.array([each.present for each in staffed])
    rostered = np.ceil(present / (1 - settings.absence) - 1e-9)
    return Requirement(
        predicted.axis,
        tuple(queue.name for queue in queues),
        present,
        rostered,
        rostered / (1 - settings.shrinkage.share),
        np.array([each.service for each in staffed]),
        tuple(_definition(queue, each, settings) for queue, each in zip(queues, staffed, strict=True)),
    )


def _check(queues: tuple[Queue, ...], settings: StaffingSettings) -> None:
    faults = [
        Fault("", f"queue {queue.name}", "no patience_s", "a patience, since the staffing model is A", 'model = "auto" uses C here')
        for queue in queues
        if settings.model == "A" and queue.patience_s is None and not STRATEGIES[queue.channel].defers
    ]
    if settings.model not in ("auto", "A", "C"):
        faults.append(Fault("", "staffing.model", repr(settings.model), "auto, A or C"))
    if settings.risk is not None and not 0 < settings.risk < 1:
        faults.append(Fault("", "staffing.risk", f"{settings.risk}", "a quantile between 0 and 1, or none for the mean"))
    if not 0 <= settings.absence < 1:
        faults.append(Fault("", "staffing.absence", f"{settings.absence}", "a share from 0 to below 1"))
    if not 0 <= settings.shrinkage.share < 1:
        faults.append(Fault("", "staffing.shrinkage", f"{settings.shrinkage.share:g} in all", "less than 1 in all"))
    if faults:
        raise ScenarioError(faults)


def _staffed(predicted: Forecast, queue: Queue, settings: StaffingSettings) -> Staffed:
    staffed = STRATEGIES[queue.channel].staff(_workload(predicted, queue, settings))
    is_open = queue.hours.mask(predicted.axis, settings.calendar.closed)
    return Staffed(np.where(is_open, staffed.present, 0.0), np.where(is_open, staffed.service, np.nan), staffed.words)


def _workload(predicted: Forecast, queue: Queue, settings: StaffingSettings) -> Workload:
    if queue.name not in predicted.queues:
        raise ValueError(f"the forecast has no queue {queue.name!r}, only {', '.join(predicted.queues)}")
    index, strategy = predicted.queues.index(queue.name), STRATEGIES[queue.channel]
    is_open = queue.hours.mask(predicted.axis, settings.calendar.closed)
    contacts = strategy.volume(predicted, index, settings)
    if not strategy.defers:
        contacts = np.where(is_open, contacts, 0.0)
    model = settings.model if settings.model != "auto" else ("C" if queue.patience_s is None else "A")
    handle_s = _handle_s(predicted.handle_s[index], contacts, queue)
    return Workload(queue, contacts, handle_s, is_open, predicted.axis.step_minutes * 60.0, model)


def _handle_s(handle_s: FloatArray, contacts: FloatArray, queue: Queue) -> FloatArray:
    """Handle times, 0 where nobody calls; refuses what would spoil the answer."""
    calls: BoolArray = contacts != 0
    if not np.all(np.isfinite(contacts) & (contacts >= 0)):
        raise ValueError(f"queue {queue.name}: the forecast holds contacts that are negative or not a number")
    if not np.all(handle_s[calls] > 0) or not np.all(np.isfinite(handle_s[calls])):
        raise ValueError(f"queue {queue.name}: the forecast has contacts without a handle time above 0")
    return np.where(calls, handle_s, 0.0)


def _definition(queue: Queue, staffed: Staffed, settings: StaffingSettings) -> str:
    volume = "mean volume" if settings.risk is None else f"volume at the {settings.risk:.0%} quantile"
    shrinkage = f"shrinkage {settings.shrinkage.share:.1%} ({settings.shrinkage.basis})"
    cap = f", occupancy at most {queue.target.max_occupancy:.0%}" if queue.target.max_occupancy < 1 else ""
    return f"{queue.target}{cap}; {staffed.words}; {volume}; absence {settings.absence:.1%}; {shrinkage}"

"""The verb `require`: a forecast turned into agents present, rostered and paid."""

from __future__ import annotations

import numpy as np

from wfm.errors import ScenarioError
from wfm.model import Forecast, Queue, Requirement, StaffingSettings, TimeAxis
from wfm.model.arrays import BoolArray, FloatArray
from wfm.staffing.faults import faults_of
from wfm.staffing.flows import flowing
from wfm.staffing.models import chosen
from wfm.staffing.models.base import Model
from wfm.staffing.offered import is_modified, modified
from wfm.staffing.volume import staffed_for
from wfm.staffing.words import definition
from wfm.staffing.workload import Staffed, Workload


def require(predicted: Forecast, queues: tuple[Queue, ...], settings: StaffingSettings) -> Requirement:
    """Agents per queue and interval, 0 while the queue is closed.

    present meets all of the queue's targets and its min_agents. rostered = present ÷ (1 − absence), rounded up to whole agents;
    paid = rostered ÷ (1 − shrinkage of the interval). Raises ScenarioError for settings that cannot be used, with all their faults, and
    ValueError where the forecast lacks a queue, its contacts or a handle time.
    """
    if faults := faults_of(queues, settings):
        raise ScenarioError(faults)
    shrinkage = shrinkage_of(predicted.axis, settings)
    staffed = [_staffed(work, settings, shrinkage) for work in workloads(predicted, queues, settings)]
    present = np.array([each.present for each in staffed])
    rostered = np.ceil(present / (1 - settings.absence) - 1e-9)
    return Requirement(
        predicted.axis,
        tuple(queue.name for queue in queues),
        present,
        rostered,
        rostered / (1 - shrinkage),
        np.array([each.service for each in staffed]),
        tuple(each.words for each in staffed),
    )


def shrinkage_of(axis: TimeAxis, settings: StaffingSettings) -> FloatArray:
    """Share of paid time away from the queues, (intervals,)."""
    minutes, where = np.unique(axis.wall_minute, return_inverse=True)
    return np.array([settings.shrinkage.share_at(int(minute)) for minute in minutes])[where]


def _staffed(work: Workload, settings: StaffingSettings, shrinkage: FloatArray) -> Staffed:
    model = chosen(work.queue, settings)
    late = not model.defers and is_modified(work, settings)
    staffed = model.staff(modified(work) if late else work)
    words = definition(work, staffed.words, late, settings, shrinkage[work.is_open])
    return Staffed(np.where(work.is_open, staffed.present, 0.0), np.where(work.is_open, staffed.service, np.nan), words)


def workloads(predicted: Forecast, queues: tuple[Queue, ...], settings: StaffingSettings) -> list[Workload]:
    """Each queue's work as it reaches agents, at the volume to staff for. Raises ValueError where the forecast lacks a queue, its contacts
    or a handle time.
    """
    return flowing([_workload(predicted, queue, settings) for queue in queues])


def _workload(predicted: Forecast, queue: Queue, settings: StaffingSettings) -> Workload:
    if queue.name not in predicted.queues:
        raise ValueError(f"the forecast has no queue {queue.name!r}, only {', '.join(predicted.queues)}")
    index, model, axis = predicted.queues.index(queue.name), chosen(queue, settings), predicted.axis
    is_open = queue.hours.mask(axis, settings.calendar.closed)
    contacts, handle_s = _contacts(predicted, index, is_open, model, settings), predicted.handle_s[index]
    if model.defers and queue.journey.backlog and is_open.any():
        contacts, handle_s = _with_backlog(contacts, handle_s, int(np.argmax(is_open)), queue)
    handle_s = _handle_s(handle_s, contacts, queue)
    whole_day = settings.risk is not None and settings.risk_of == "day"
    return Workload(queue, contacts, handle_s, is_open, axis.day, axis.step_minutes * 60.0, whole_day, model.defers)


def _contacts(predicted: Forecast, index: int, is_open: BoolArray, model: Model, settings: StaffingSettings) -> FloatArray:
    contacts = staffed_for(predicted, index, settings, whole_days=model.defers)
    return contacts if model.defers else np.where(is_open, contacts, 0.0)


def _with_backlog(contacts: FloatArray, handle_s: FloatArray, first: int, queue: Queue) -> tuple[FloatArray, FloatArray]:
    """What lies there when the plan begins counts from the first opening."""
    contacts, handle_s = contacts.copy(), handle_s.copy()
    contacts[first] += queue.journey.backlog
    if not handle_s[first] > 0:
        handle_s[first] = queue.handle_s
    return contacts, handle_s


def _handle_s(handle_s: FloatArray, contacts: FloatArray, queue: Queue) -> FloatArray:
    """Handle times, 0 where nobody calls; refuses what would spoil the answer."""
    calls: BoolArray = contacts != 0
    if not np.all(np.isfinite(contacts) & (contacts >= 0)):
        raise ValueError(f"queue {queue.name}: the forecast holds contacts that are negative or not a number")
    if not np.all(handle_s[calls] > 0) or not np.all(np.isfinite(handle_s[calls])):
        raise ValueError(f"queue {queue.name}: the forecast has contacts without a handle time above 0")
    return np.where(calls, handle_s, 0.0)

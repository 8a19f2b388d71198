"""What it would take if everybody could do everything: a bound beside the figures of the single queues.

One queue of all contacts, served in the order they come, with the mean handle time of them all and the mildest of the targets. Teams with
some skills in common need something between this and the sum of the queues.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from wfm.model import Channel, Forecast, Queue, StaffingSettings, Target
from wfm.model.arrays import FloatArray
from wfm.staffing.models import MODELS, chosen, waiting
from wfm.staffing.offered import is_modified, modified
from wfm.staffing.require import workloads
from wfm.staffing.words import asked
from wfm.staffing.workload import Workload


@dataclass(frozen=True, eq=False)
class Pooled:
    """queues: names of those pooled. present: agents per interval, (intervals,). definition: what was asked, and by which model."""

    queues: tuple[str, ...]
    present: FloatArray
    definition: str


def pooled(predicted: Forecast, queues: tuple[Queue, ...], settings: StaffingSettings) -> Pooled | None:
    """The bound for all queues that are answered at once; None for fewer than two of them. Errors as `require`, which see."""
    several = tuple(queue for queue in queues if not chosen(queue, settings).defers)
    if len(several) < 2:
        return None
    together = _together([work for work in workloads(predicted, queues, settings) if not work.defers])
    late = is_modified(together, settings)
    staffed = MODELS[waiting(together.queue)].staff(modified(together) if late else together)
    load = ", modified offered load" if late else ""
    words = f"one queue of {', '.join(queue.name for queue in several)}: {asked(together.queue.target)}; {staffed.words}{load}"
    return Pooled(tuple(queue.name for queue in several), np.where(together.is_open, staffed.present, 0.0), words)


def _together(works: list[Workload]) -> Workload:
    """All contacts as one queue; an agent who holds several chats at once handles each in that part of its time."""
    contacts = np.sum([work.contacts for work in works], axis=0)
    busy_s = np.sum([work.contacts * work.handle_s / work.queue.concurrency for work in works], axis=0)
    handle_s = np.divide(busy_s, contacts, out=np.zeros_like(contacts), where=contacts > 0)
    queue = Queue("all", Channel.VOICE, _mildest([work.queue.target for work in works]), patience_s=_patience_s(works))
    is_open = np.logical_or.reduce([work.is_open for work in works])
    return replace(works[0], queue=queue, contacts=contacts, handle_s=handle_s, is_open=is_open)


def _mildest(targets: list[Target]) -> Target:
    """The least share, the longest time, the highest cap; by the definition of the first."""
    share, within_s = min(each.share for each in targets), max(each.within_s for each in targets)
    return Target(share, within_s, targets[0].definition, max(each.max_occupancy for each in targets))


def _patience_s(works: list[Workload]) -> float | None:
    """Of somebody from any queue, by the mean rate of hanging up; None where nobody does."""
    total = sum(float(work.contacts.sum()) for work in works)
    leaving = sum(float(work.contacts.sum()) / work.queue.patience_s for work in works if work.queue.patience_s)
    return total / leaving if leaving else None

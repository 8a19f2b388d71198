"""The load that the staff of each interval really meet, where contacts are long against it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from wfm.model import StaffingSettings
from wfm.queueing.time_varying import modified_offered_load
from wfm.staffing.workload import Workload

LONG = 0.5
"""Mean handle time ÷ interval from which on "auto" takes the modified load."""


def is_modified(work: Workload, settings: StaffingSettings) -> bool:
    """Whether contacts still being handled from earlier intervals are counted."""
    total = float(work.contacts.sum())
    if settings.offered_load != "auto" or total == 0:
        return settings.offered_load == "modified"
    return float(work.contacts @ work.handle_s) / total > LONG * work.step_s


def modified(work: Workload) -> Workload:
    """The same work with the contacts that would make each interval's modified offered load, at the same handle time.

    The first interval begins as if it had always been so; what is still being handled at closing time is finished and makes no more load.
    """
    total = float(work.contacts.sum())
    usual = float(work.contacts @ work.handle_s) / total if total else 1.0
    handle_s = np.where(work.contacts > 0, work.handle_s, usual)
    start = work.contacts[0] * handle_s[0] / work.step_s
    load = modified_offered_load(calls=work.contacts, interval_s=work.step_s, aht_s=handle_s, start=start).mean
    contacts = np.where(work.is_open, load * work.step_s / handle_s, 0.0)
    return replace(work, contacts=contacts, handle_s=np.where(contacts > 0, handle_s, 0.0))

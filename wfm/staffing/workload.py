"""What a staffing model is given for one queue, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wfm.model import Queue
from wfm.model.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Workload:
    """One queue's work. contacts, handle_s (intervals,): finite; contacts 0 while closed unless the model defers work.

    is_open, day (intervals,): whether open, and which day. step_s: length of an interval. whole_day: whether the target is the day's
    and not each interval's. defers: whether what comes while closed waits. forecast: contacts in all before menus, transfers and repeats
    moved them, None where nothing does.
    """

    queue: Queue
    contacts: FloatArray
    handle_s: FloatArray
    is_open: BoolArray
    day: IntArray
    step_s: float
    whole_day: bool = False
    defers: bool = False
    forecast: float | None = None

    @property
    def system(self) -> dict[str, Any]:
        """The arguments that every function of `wfm.queueing` takes."""
        within_s = self.queue.target.within_s
        return {"calls": self.contacts, "interval_s": self.step_s, "aht_s": self.handle_s, "within_s": within_s}


@dataclass(frozen=True, eq=False)
class Staffed:
    """present (intervals,): whole agents. service (intervals,): expected share by the queue's definition. words: the model used."""

    present: FloatArray
    service: FloatArray
    words: str

"""One file per way of staffing a channel; a new one is a file and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wfm.model import Channel, Forecast, StaffingSettings
from wfm.model.arrays import FloatArray
from wfm.staffing.channels import chat, email, voice
from wfm.staffing.workload import Staffed, Workload, expected, expected_by_day


@dataclass(frozen=True)
class Strategy:
    """How a channel is staffed. staff: agents for a workload. volume: contacts to staff for. defers: what comes while closed waits."""

    staff: Callable[[Workload], Staffed]
    volume: Callable[[Forecast, int, StaffingSettings], FloatArray] = expected
    defers: bool = False


STRATEGIES: dict[Channel, Strategy] = {
    Channel.VOICE: Strategy(voice.staff),
    Channel.CHAT: Strategy(chat.staff),
    Channel.EMAIL: Strategy(email.staff, volume=expected_by_day, defers=True),
}

"""The staffing models by name; a new one is a file and a line here."""

from __future__ import annotations

from wfm.model import Channel, Queue, StaffingSettings
from wfm.staffing.models import chat, deferred
from wfm.staffing.models.base import Model
from wfm.staffing.models.erlang import erlang_a, erlang_c
from wfm.staffing.models.redialling import erlang_x
from wfm.staffing.workload import Staffed, Workload

AUTO = "auto"


def chosen(queue: Queue, settings: StaffingSettings) -> Model:
    """The model of a queue: its own, else that of the settings where it fits, else by its channel. Raises KeyError for an unknown name."""
    if queue.model != AUTO:
        return MODELS[queue.model]
    if settings.model != AUTO and queue.channel is not Channel.EMAIL and MODELS[settings.model].fits(queue):
        return MODELS[settings.model]
    return MODELS[_BY_CHANNEL.get(queue.channel) or waiting(queue)]


def waiting(queue: Queue) -> str:
    """Erlang C where nobody hangs up, X where those who do may call again, else A."""
    if queue.patience_s is None:
        return "C"
    return "X" if queue.redial_share else "A"


def _chat(work: Workload) -> Staffed:
    return chat.staff(work, MODELS[waiting(work.queue)])


_BY_CHANNEL = {Channel.CHAT: "chat", Channel.EMAIL: "deferred"}

MODELS: dict[str, Model] = {
    "C": Model(erlang_c),
    "A": Model(erlang_a, needs_patience=True),
    "X": Model(erlang_x, needs_patience=True),
    "chat": Model(_chat, channels=(Channel.CHAT,)),
    "deferred": Model(deferred.staff, defers=True),
}

"""What may be wrong with the settings, all of it at once."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.errors import Fault
from wfm.model import Queue, StaffingSettings
from wfm.staffing.models import AUTO, MODELS, chosen

NAMES = ", ".join((AUTO, *MODELS))


def faults_of(queues: tuple[Queue, ...], settings: StaffingSettings) -> list[Fault]:
    """Every fault of the settings, and of the queues as far as staffing is concerned."""
    known = settings.model == AUTO or settings.model in MODELS
    faults = list(_settings(settings))
    for queue in queues:
        if queue.model != AUTO and queue.model not in MODELS:
            faults.append(Fault("", f"queue {queue.name}: model", repr(queue.model), f"one of {NAMES}"))
        elif known:
            faults += _queue(queue, settings)
    return faults


def _queue(queue: Queue, settings: StaffingSettings) -> Iterator[Fault]:
    place, model, target = f"queue {queue.name}", chosen(queue, settings), queue.target
    if not model.fits(queue):
        yield Fault("", f"{place}: model", f"{queue.model} for {queue.channel}", f"a model for {queue.channel}", "auto chooses one")
    if model.needs_patience and queue.patience_s is None:
        yield Fault("", place, "no patience_s", "a patience, since its staffing model has one", 'model = "auto" uses C here')
    if target.abandonment is not None and queue.patience_s is None:
        yield Fault("", f"{place}: target", "an abandonment where nobody hangs up", "a patience", "add one or drop the abandonment")
    if model.defers and (target.asa_s is not None or target.abandonment is not None):
        yield Fault("", f"{place}: target", "an ASA or abandonment for work that may wait", "a share and its due time only")


def _settings(settings: StaffingSettings) -> Iterator[Fault]:
    if settings.model != AUTO and settings.model not in MODELS:
        yield Fault("", "staffing.model", repr(settings.model), f"one of {NAMES}")
    if settings.risk is not None and not 0 < settings.risk < 1:
        yield Fault("", "staffing.risk", f"{settings.risk}", "a share between 0 and 1, or none for the mean")
    if settings.risk_of not in ("volume", "interval", "day"):
        yield Fault("", "staffing.risk_of", repr(settings.risk_of), "volume, interval or day")
    if settings.offered_load not in ("auto", "modified", "stationary"):
        yield Fault("", "staffing.offered_load", repr(settings.offered_load), "auto, modified or stationary")
    if not 0 <= settings.absence < 1:
        yield Fault("", "staffing.absence", f"{settings.absence}", "a share from 0 to below 1")
    if not 0 <= settings.shrinkage.largest < 1:
        yield Fault("", "staffing.shrinkage", f"{settings.shrinkage.largest:g} in all", "less than 1 in all")

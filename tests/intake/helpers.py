"""Write a small file, read it back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from wfm.errors import Fault, HistoryError
from wfm.intake import read_history
from wfm.model import Calendar, Channel, History, HistorySource, OpeningHours, Queue, State

SALES, SERVICE = Queue("sales"), Queue("service")
CHAT = Queue("chat", channel=Channel.CHAT)
ONE = (SALES,)
TWO = (SALES, SERVICE)
BERLIN = "Europe/Berlin"


def hours(begin: int, end: int, days: int = 7) -> OpeningHours:
    """Open from `begin` to `end` (hours of the day) on the first `days` weekdays."""
    return OpeningHours((((begin * 60, end * 60),),) * days + ((),) * (7 - days))


def office(begin: int, end: int, days: int = 7, name: str = "sales") -> tuple[Queue, ...]:
    return (Queue(name, hours=hours(begin, end, days)),)


def read(
    folder: Path,
    text: str | bytes,
    queues: tuple[Queue, ...] = ONE,
    zone: str = BERLIN,
    calendar: Calendar | None = None,
    name: str = "history.csv",
    **source: object,
) -> History:
    """Write `text` to a file and read it; `source`: fields of HistorySource."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_history(HistorySource(file, **source), queues, calendar or Calendar(), zone)  # type: ignore[arg-type]


def faults(folder: Path, text: str | bytes, *args: object, **kwargs: object) -> tuple[Fault, ...]:
    """The faults of a file that must not be read; each has a place or a file, what was found and what was expected."""
    with pytest.raises(HistoryError) as caught:
        read(folder, text, *args, **kwargs)  # type: ignore[arg-type]
    for fault in caught.value.faults:
        assert fault.file.endswith(str(kwargs.get("name", "history.csv")))
        assert fault.found
        assert fault.expected
        assert "Traceback" not in str(fault)
    return caught.value.faults


def rows(day: str, begin: int, end: int, step: int = 15, value: str = "4") -> list[str]:
    """`stamp,value` for every step from hour `begin` to hour `end` of a day."""
    return [f"{day} {m // 60:02d}:{m % 60:02d},{value}" for m in range(begin * 60, end * 60, step)]


def table(lines: Iterable[str], header: str = "interval_start,calls") -> str:
    return "\n".join([header, *lines]) + "\n"


def observed(history: History, queue: int = 0) -> np.ndarray:
    """Contacts of the observed intervals, in order."""
    return history.contacts[queue][history.state[queue] == State.OBSERVED]


def said(history: History, text: str) -> bool:
    return any(text in note for note in history.notes)

"""The exception tree, and the fault that input errors are made of.

WfmError                 anything this project raises on purpose
├── InputError           the user's input is at fault; holds every fault found (exit status 2)
│   ├── ScenarioError    a scenario file or a CSV that belongs to it
│   └── HistoryError     a contact history
├── BusyError            another run holds the lock (exit status 75)
└── Cancelled            raised by a progress callable to stop the work; nobody below the faces catches it
    └── Enough           raised by one to end a search, which then answers with the best it has; elsewhere it stops the work

A contradiction between scheduling rules is an answer (`Solved.reason`), not an exception.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with one place of the input.

    file: path as the user gave it. place: where inside it, e.g. ``queue[0].target`` or ``line 17, column calls``.
    found: what stands there. expected: what should. hint: a near miss or a way out, may be empty.
    """

    file: str
    place: str
    found: str
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.file, self.place) if part)
        text = f"{where}: found {self.found}; expected {self.expected}"
        return f"{text} ({self.hint})" if self.hint else text


def near(name: str, known: Iterable[str]) -> str:
    """A did-you-mean for `name` among `known`, else the list of what is known while it is short."""
    names = sorted(set(known))
    lowered = {option.lower(): option for option in reversed(names)}
    close = difflib.get_close_matches(name.lower(), lowered, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{lowered[close[0]]}"?'
    return f"known: {', '.join(names)}" if 0 < len(names) <= 12 else ""


class WfmError(Exception):
    """Anything this project raises on purpose."""


class InputError(WfmError):
    """The user's input is at fault. `faults` lists everything found, not only the first."""

    def __init__(self, faults: Iterable[Fault] | Fault):
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type, tuple[tuple[Fault, ...]]]:  # crosses process borders whole
        return type(self), (self.faults,)


class ScenarioError(InputError):
    """A scenario file, or a CSV that belongs to it, is at fault."""


class HistoryError(InputError):
    """A contact history is at fault."""


class BusyError(WfmError):
    """Another run holds the lock."""


class Cancelled(WfmError):
    """The work was stopped through its progress callable."""


class Enough(Cancelled):
    """The search was told through its progress callable to answer with the best it has."""

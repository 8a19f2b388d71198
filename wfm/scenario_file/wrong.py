"""A value that cannot be right: what stands there, what should, and the near miss."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Part:
    """One fault inside a value. at: continues the place, such as ``.sat`` or ``[2]``; empty for the value itself."""

    found: str
    expected: str
    hint: str = ""
    at: str = ""


class Wrong(ValueError):
    """Raised by the readers of single values; holds every fault of the value. Never leaves this package."""

    def __init__(self, *parts: Part):
        self.parts = parts
        super().__init__("; ".join(f"found {p.found}; expected {p.expected}{f' ({p.hint})' if p.hint else ''}" for p in parts))


def wrong(value: Any, expected: str, hint: str = "", at: str = "") -> Wrong:
    return Wrong(Part(shown(value), expected, hint, at))


def shown(value: Any) -> str:
    """A value as the user wrote it, cut to a readable length."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, bool):
        return str(value).lower()
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:76]} …"


def near(name: str, known: Iterable[str]) -> str:
    """A did-you-mean for `name` among `known`, else the list of what is known while it is short."""
    names = sorted(set(known))
    lowered = {option.lower(): option for option in reversed(names)}
    close = difflib.get_close_matches(name.lower(), lowered, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{lowered[close[0]]}"?'
    return f"known: {', '.join(names)}" if 0 < len(names) <= 12 else ""

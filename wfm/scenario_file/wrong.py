"""A value that cannot be right: what stands there, what should, and the near miss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wfm.errors import near

__all__ = ["Part", "Wrong", "near", "shown", "wrong"]


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
    text = f'"{value}"' if isinstance(value, str) else f"[{', '.join(map(shown, value))}]" if isinstance(value, list) else str(value)
    return text if len(text) <= 80 else f"{text[:76]} …"

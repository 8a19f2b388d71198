"""Text of other people's making, on screen as it stands."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Text for places that read markdown: every ASCII sign is escaped, a line break becomes a blank."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def counted(number: int, noun: str) -> str:
    """`1 fault`, `3 faults`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def file_name(path: str) -> str:
    """A file's own name: the folders before it are the server's business."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]

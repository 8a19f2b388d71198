"""Text of other people's making, on screen as it stands."""

from __future__ import annotations

import re
import unicodedata

_ABSENCE = re.compile(r"away \w+ \d+ \w+ \d\d\.\d\d-\d\d\.\d\d( no \d+)?")  # how a repair names them, see `scheduling.repair.away`
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """Text for places that read markdown: every ASCII sign is escaped, a line break becomes a blank."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))


def name_key(name: str) -> tuple[str, str]:
    """Sorts names as people do: Ägidius beside Agnes, ann beside Anna; the exact spelling decides between equals."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), name


def counted(number: int, noun: str, several: str = "") -> str:
    """`1 fault`, `3 faults`; several: a plural that takes more than an s."""
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"


def is_absence(activity: str) -> bool:
    """Whether an activity of a roster is hours of somebody's absence."""
    return bool(_ABSENCE.fullmatch(activity))


def file_name(path: str) -> str:
    """A file's own name: the folders before it are the server's business."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]

"""Text from files, with a fault instead of an exception."""

from __future__ import annotations

import os
from pathlib import Path

from wfm.errors import Fault
from wfm.scenario_file.wrong import near

MOST_BYTES = 10_000_000


def read_text(path: Path, file: str) -> tuple[str | None, list[Fault]]:
    """The text of a UTF-8 file (a BOM is dropped), or why there is none. file: its name as shown."""
    if fault := missing(path, file):
        return None, [fault]
    try:
        if path.stat().st_size > MOST_BYTES:
            return None, [Fault(file, "", f"{path.stat().st_size} bytes", f"at most {MOST_BYTES}")]
        return path.read_bytes().decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return None, [Fault(file, f"byte {error.start}", "text that is not UTF-8", "UTF-8", 'save it as "CSV UTF-8" or "UTF-8"')]
    except OSError as error:
        return None, [Fault(file, "", f"a file that cannot be read ({error.strerror})", "a readable file")]


def missing(path: Path, file: str, place: str = "") -> Fault | None:
    """The fault of a path that is no file, with the near miss among its neighbours."""
    if path.is_file():
        return None
    found = "a folder" if path.is_dir() else f'no file "{path}"' if place else "no such file"
    try:
        neighbours = os.listdir(path.parent)
    except OSError:
        neighbours = []
    hint = near(path.name, neighbours)
    return Fault(file, place, found, "an existing file", hint if hint.startswith("did") else "")

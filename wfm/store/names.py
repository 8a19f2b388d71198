"""Names of run folders made from names people give."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(1, 10))}
_LONGEST = 48


def safe_name(name: str) -> str:
    """A folder name that is the same as `name` where that is harmless.

    Letters and digits of any script, blank, `_`, `-` and `.` inside stay. What could leave the folder, hide, or upset a file system (path
    signs, leading dots, Windows device names, great length) is replaced, and a few digits of the name's digest keep two such names apart.
    """
    text = unicodedata.normalize("NFC", name)
    safe = "".join(sign if sign.isalnum() or sign in " _-." else "-" for sign in text)
    safe = re.sub(r"\.{2,}", ".", safe)[:_LONGEST].strip(" .-")
    if not safe or safe.split(".")[0].strip().lower() in _DEVICES:
        safe = f"run {safe}".strip()
    return safe if safe == text else f"{safe}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"

"""The digest of an input: the same input, and nothing is done again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from wfm.errors import Fault, InputError
from wfm.store.manifest import read_manifest


def package_version() -> str:
    """Version of this package as installed, "unknown" where it runs from a bare folder."""
    try:
        return metadata.version("open-wfm")
    except metadata.PackageNotFoundError:
        return "unknown"


def digest(resolved_toml: str, files: Iterable[Path]) -> str:
    """SHA-256 over the resolved scenario, the content of its files (in any order, wherever they lie) and the package version.

    Raises InputError for every file that cannot be read.
    """
    faults: list[Fault] = []
    parts = sorted(_part(Path(file), faults) for file in files)
    if faults:
        raise InputError(faults)
    whole = hashlib.sha256()
    for text in (package_version(), resolved_toml, *parts):
        data = text.encode()
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def _part(file: Path, faults: list[Fault]) -> str:
    try:
        with file.open("rb") as stream:
            return f"{file.name}\n{hashlib.file_digest(stream, 'sha256').hexdigest()}"
    except OSError as error:
        faults.append(Fault(str(file), "", error.strerror or str(error), "a file that can be read"))
        return ""


def is_done(out: Path, digest: str) -> bool:
    """Whether `out` is a whole run folder that a whole plan made from this input: neither ended early nor a repair of another plan."""
    found = read_manifest(out)
    if found is None or found.get("digest") != digest or found.get("ended_early") or "repaired" in found:
        return False
    return all((out / name).is_file() for name in found.get("written", ["?"]))

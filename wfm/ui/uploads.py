"""Files from a browser, put into a private folder: names made safe, sizes capped, archives opened with care."""

from __future__ import annotations

import io
import re
import shutil
import uuid
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wfm.errors import Fault, InputError
from wfm.ui import contained

KINDS = ("toml", "csv", "xlsx", "zip")
MEGABYTE = 1_000_000
MOST_FILES = 100
MOST_BYTES = 100 * MEGABYTE
_SAFE = re.compile(r"[^\W_][\w .,()+-]{0,99}", re.UNICODE)
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Given:
    """A file as it came: its name and content."""

    name: str
    content: bytes


def store(files: Iterable[Given], folder: Path) -> Path:
    """Write the files into a new folder inside `folder` and return it; archives are unpacked.

    Raises InputError naming every file that cannot be taken; then nothing is left behind.
    """
    target = folder / uuid.uuid4().hex
    target.mkdir(parents=True)
    try:
        _write(_unpacked(list(files)), target)
    except InputError:
        shutil.rmtree(target, ignore_errors=True)
        raise
    return target


def main_files(folder: Path) -> list[Path]:
    """The scenario files of an upload, `scenario.toml` first."""
    return sorted(folder.rglob("*.toml"), key=lambda path: (path.name != "scenario.toml", len(path.parts), path.name))


def safe_part(part: str) -> bool:
    """Whether a file or folder name is harmless on every system: no dots first, no trailing dot or space, no device name."""
    return bool(_SAFE.fullmatch(part)) and not part.endswith((".", " ")) and not _DEVICES.fullmatch(part)


def _unpacked(files: list[Given]) -> list[Given]:
    plain = [file for file in files if not file.name.lower().endswith(".zip")]
    for archive in (file for file in files if file.name.lower().endswith(".zip")):
        plain += _members(archive)
    return plain


def _members(archive: Given) -> list[Given]:
    try:
        with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
            members = [info for info in opened.infolist() if not info.is_dir() and not _clutter(info.filename)]
            _check_sizes(archive.name, members)
            return [Given(info.filename, opened.read(info)) for info in members]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(Fault(archive.name, "", str(error), "a zip archive without password")) from error


def _check_sizes(name: str, members: list[zipfile.ZipInfo]) -> None:
    """Refuse by the sizes in the archive's directory, before anything is unpacked."""
    size = sum(info.file_size for info in members)
    if len(members) > MOST_FILES:
        raise InputError(Fault(name, "", f"{len(members)} files", f"at most {MOST_FILES}"))
    if size > MOST_BYTES:
        raise InputError(Fault(name, "", f"{size / MEGABYTE:.0f} MB unpacked", f"at most {MOST_BYTES // MEGABYTE} MB"))


def _clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name in (".DS_Store", "Thumbs.db")


def _write(files: list[Given], target: Path) -> None:
    faults = [fault for file in files if (fault := _fault(file))]
    if not faults and not any(file.name.lower().endswith(".toml") for file in files):
        faults = [
            Fault("", "upload", ", ".join(file.name for file in files) or "no file", "a scenario file ending in .toml among the files")
        ]
    if faults:
        raise InputError(faults)
    for file in files:
        path = target.joinpath(*PurePosixPath(file.name).parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    if outside := contained.escapes(target):
        raise InputError(outside)


def _fault(file: Given) -> Fault | None:
    path = PurePosixPath(file.name)
    if not path.parts or not all(safe_part(part) for part in path.parts) or "\\" in file.name:
        return Fault(
            file.name, "", "a name that is not safe to store", "letters, digits, spaces and . - _ , ( ) +, not starting with a dot"
        )
    if path.suffix.lower().lstrip(".") not in KINDS[:3]:
        return Fault(file.name, "", f"a {path.suffix or 'nameless'} file", "a .toml, .csv or .xlsx file")
    return None

"""A folder put in the place of another, as atomically as the platform allows, and the leftovers of killed writers."""

from __future__ import annotations

import ctypes
import os
import re
import secrets
import shutil
import sys
from pathlib import Path

_NEW, _OLD = ".wfm-tmp-new-", ".wfm-tmp-old-"
_LEFTOVER = re.compile(rf"{re.escape(_NEW)}[0-9a-f]{{8}}-(.+)|{re.escape(_OLD)}(.+)")
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


def staging(out: Path) -> Path:
    """A new empty folder beside `out`, to be filled and then handed to `put`."""
    folder = out.with_name(f"{_NEW}{secrets.token_hex(4)}-{out.name}")
    folder.mkdir()
    return folder


def put(staged: Path, out: Path) -> None:
    """Make `staged`, filled and flushed, the folder `out`; an older `out` goes once the new one stands."""
    sync(staged)
    if not out.exists():
        staged.rename(out)
    elif exchange(staged, out):
        shutil.rmtree(staged)
    else:
        _put_in_two_steps(staged, out)
    sync(out.parent)


def _put_in_two_steps(staged: Path, out: Path) -> None:
    """Without an exchange there is a moment without `out`; a writer killed in it leaves the old one, which `sweep` puts back."""
    old = out.with_name(f"{_OLD}{out.name}")
    out.rename(old)
    try:
        staged.rename(out)
    except OSError:
        old.rename(out)
        raise
    shutil.rmtree(old)


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step (Linux, renameat2); False where the system or the file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)) == 0)


def sweep(folder: Path, name: str | None = None) -> None:
    """Clear what killed writers of the run folder `name` (None: of any) left behind; only while holding the lock.

    An old folder whose replacement never came is put back.
    """
    for leftover in sorted(folder.glob(".wfm-tmp-*")):
        match = _LEFTOVER.fullmatch(leftover.name)
        target = match[1] or match[2] if match else None
        if match is None or target is None or (name is not None and target != name):
            continue
        if match[2] and not (folder / target).exists():
            leftover.rename(folder / target)
        else:
            shutil.rmtree(leftover, ignore_errors=True)


def sync(folder: Path) -> None:
    """Flush a folder's list of names to the disk, where the platform lets folders be opened."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_file(path: Path, data: bytes) -> None:
    """Write a file and flush it to the disk."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())

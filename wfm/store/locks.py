"""One run at a time: a lock that the system itself lets go when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from wfm.errors import BusyError, Fault, InputError
from wfm.store.swap import sweep


@contextmanager
def lock(folder: Path, name: str | None = None) -> Iterator[None]:
    """Hold the lock on the run folder `name` in `folder`, or on `folder` as a whole; never waits.

    What killed runs of that name left behind is swept first. Raises BusyError where another run holds the lock, InputError where the
    folder cannot be written.
    """
    path = folder / f".wfm-{name}.lock" if name else folder / ".wfm.lock"
    held = FileLock(path, timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.open("a").close()  # FileLock takes some paths that cannot be made for held ones
        held.acquire()
    except Timeout as error:
        raise BusyError(f"another run holds {path}") from error
    except OSError as error:
        raise InputError(Fault(str(folder), "", error.strerror or str(error), "a folder that can be written")) from error
    try:
        sweep(folder, name)
        yield
    finally:
        held.release()

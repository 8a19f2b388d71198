"""Long work in a process of its own, so that whoever waits for it stays awake even while native code holds the interpreter."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from wfm.model import Progress

T = TypeVar("T")
CHILD = "from wfm.aside import answer; answer()"


def aside(work: Callable[..., T], *given: Any, progress: Progress) -> T:
    """What `work(*given, progress)` returns, or raises; nothing of the process is left behind, whatever `progress` or a signal raises.

    work, given and the answer must be picklable. Raises RuntimeError where the process ends without an answer.
    """
    path = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        with subprocess.Popen(
            [sys.executable, "-c", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | path,
            creationflags=_apart(),  # out of the terminal's reach: its Ctrl-C is for the one who waits
            start_new_session=sys.platform != "win32",
        ) as child:
            try:
                return _heard(child, work, given, progress)
            finally:
                child.kill()
    except (EOFError, BrokenPipeError):
        raise RuntimeError("the process that did the work ended without an answer") from None


def _heard(child: subprocess.Popen[bytes], work: Callable[..., T], given: tuple[Any, ...], progress: Progress) -> T:
    assert child.stdin is not None
    assert child.stdout is not None
    pickle.dump((work, given), child.stdin)
    child.stdin.flush()
    while True:
        told, *more = pickle.load(child.stdout)
        if told == "progress":
            progress(*more)
        elif told == "raised":
            raise more[0]
        else:
            answered: T = more[0]
            return answered


def answer() -> None:
    """What the process of its own does; whatever is printed in it goes to stderr."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def tell(*parts: object) -> None:
        pickle.dump(parts, out)
        out.flush()

    try:
        work, given = pickle.load(sys.stdin.buffer)
        tell("done", work(*given, lambda message, share: tell("progress", message, share)))
    except Exception as error:  # crosses over and is raised there
        tell("raised", error)


def _apart() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP
    return 0

"""Child processes of the app: started in a group of their own and niced, stopped with everything they started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from wfm.ui.launch import python_path

NICENESS = 10
GRACE_S = 3.0


def start(command: Sequence[str]) -> subprocess.Popen[str]:
    """Start a command without input; its messages come as text lines on `stderr`."""
    environment = {**os.environ, "PYTHONPATH": python_path(), "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    child = subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment,
        creationflags=_windows_flags(),
        start_new_session=sys.platform != "win32",
    )
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError):  # it may have ended already
            os.setpriority(os.PRIO_PGRP, child.pid, NICENESS)
    return child


def interrupt(child: subprocess.Popen[str]) -> None:
    """What Ctrl-C does, to the child alone."""
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            child.send_signal(signal.CTRL_BREAK_EVENT)
        else:
            child.send_signal(signal.SIGINT)


def stop(child: subprocess.Popen[str]) -> None:
    """Stop a child and its children: asked first, killed after `GRACE_S` seconds."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(child.pid)], capture_output=True, check=False)
        return
    _signal(child, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(GRACE_S)
    _signal(child, signal.SIGKILL)  # whoever of the group is still there


def _signal(child: subprocess.Popen[str], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


def _windows_flags() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0

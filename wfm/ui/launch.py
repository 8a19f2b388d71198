"""Start the app's server: what `wfm app` does, also as `python -m wfm.ui.launch`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

MAIN = Path(__file__).with_name("main.py")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def command(host: str = "127.0.0.1", port: int = 8501) -> list[str]:
    """The command that serves the app. A host that is not this machine's loopback must be named on purpose, and is then allowed."""
    line = [sys.executable, "-m", "streamlit", "run", str(MAIN), "--server.address", host, "--server.port", str(port)]
    if host not in LOOPBACK:
        line += ["--server.allowedHosts", "*"]
    return line


def launch(host: str = "127.0.0.1", port: int = 8501, data_dir: Path | None = None) -> int:
    """Serve the app until it is stopped; on POSIX this process becomes the server and does not return.

    So a signal to `wfm app` reaches the server itself and nothing is left running. data_dir: where runs and uploads lie, None for
    `WFM_DATA_DIR` or the user's data folder. Returns the server's exit status on Windows.
    """
    environment = dict(os.environ)
    if data_dir is not None:
        environment["WFM_DATA_DIR"] = str(data_dir.expanduser().resolve())
    environment["PYTHONPATH"] = python_path()
    line = command(host, port)
    if sys.platform != "win32":
        os.execve(line[0], line, environment)
    return subprocess.call(line, env=environment)


def python_path() -> str:
    """A PYTHONPATH under which child processes find the same three packages as this one, from a checkout too."""
    root = str(MAIN.parents[2])
    given = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    return os.pathsep.join([root, *(entry for entry in given if entry != root)])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="wfm.ui.launch", description="Serve the app.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default=8501, type=int)
    parser.add_argument("--data-dir", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    given = _arguments()
    sys.exit(launch(given.host, given.port, given.data_dir))

"""Browser set-up, a server on a free port, and run folders to look at."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from wfm.ui import launch

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser; skips the test with a message where there is none."""
    found = os.environ.get("WFM_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine: install one, or set WFM_CHROMIUM to its path")
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, chromium: str) -> dict:
    """pytest-playwright's own fixture, pointed at the system's browser; no browser is downloaded."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*FLAGS, *(["--no-sandbox"] if as_root else [])]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "viewport": {"width": 1400, "height": 1000}, "locale": "en-GB"}


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def serve(data: Path, port: int) -> subprocess.Popen[bytes]:
    """A server over a data folder, once it answers."""
    environment = {
        **os.environ,
        "WFM_DATA_DIR": str(data),
        "PYTHONPATH": launch.python_path(),
        "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "3",
    }
    log = (data / "server.log").open("wb")
    server = subprocess.Popen(launch.command(port=port), env=environment, stdout=log, stderr=log, cwd=data)
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return server
        except OSError:
            time.sleep(0.2)
    server.kill()
    raise RuntimeError((data / "server.log").read_text())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data folder of the server."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def app(chromium: str, data: Path) -> Iterator[str]:
    """Address of a running app."""
    port = free_port()
    server = serve(data, port)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(20)

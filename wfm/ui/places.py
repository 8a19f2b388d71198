"""Where the app keeps things: never the working directory."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import platformdirs

from wfm.store import safe_name


def data_folder() -> Path:
    """The data folder: `WFM_DATA_DIR`, else the user's data folder of the operating system; made where it is missing."""
    given = os.environ.get("WFM_DATA_DIR")
    folder = Path(given).expanduser().resolve() if given else Path(platformdirs.user_data_dir("open-wfm", appauthor=False))
    return _made(folder)


def runs_folder() -> Path:
    """Run folders, one per finished plan."""
    return _made(data_folder() / "runs")


def archive_folder() -> Path:
    """Published forecasts, a folder for each scenario."""
    return _made(data_folder() / "archive")


def edits_file(scenario: str) -> Path:
    """The edits that people make in the app to the forecasts of the scenario of this name."""
    return _made(data_folder() / "edits") / f"{safe_name(scenario)}.csv"


def private_folder(session: str) -> Path:
    """Uploads of one session; nobody else on the machine may read it."""
    folder = _made(data_folder() / "uploads") / session
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def sweep_uploads(older_s: float = 86_400) -> None:
    """Remove what sessions of a server that was killed left behind; younger folders may belong to another server."""
    for folder in _made(data_folder() / "uploads").iterdir():
        if folder.is_dir() and time.time() - folder.stat().st_mtime > older_s:
            shutil.rmtree(folder, ignore_errors=True)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder

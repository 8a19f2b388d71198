"""`wfm app`: the app in a browser."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from wfm.cli.numbers import Whole


@click.command("app")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; anything but loopback opens the app to others.")
@click.option("--port", default=8501, show_default=True, type=Whole(1, 65535))
@click.option("--data-dir", type=click.Path(path_type=Path, file_okay=False), help="Where runs are kept (default: the user's data folder).")
def command(host: str, port: int, data_dir: Path | None) -> None:
    """Open the app; stop it with Ctrl-C."""
    arguments = [sys.executable, "-m", "wfm.ui.launch", "--host", host, "--port", str(port)]
    if data_dir:
        arguments += ["--data-dir", str(data_dir.resolve())]
    if os.name == "nt":  # Windows has no exec that keeps the console
        raise click.exceptions.Exit(subprocess.call(arguments))
    os.execv(sys.executable, arguments)  # so that stopping this process stops the server

"""Set up and run from a fresh clone: `python3 dev.py demo`, `python3 dev.py test`. Standard library only; Python 3.11 or newer."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"demo": "requirements.lock", "test": "requirements-test.lock"}
USAGE = "usage: python3 dev.py demo | test [pytest arguments] | setup [demo|test]"


def main(arguments: list[str]) -> int:
    """Do what the first argument says; returns the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 — an older Python is just who must read this
        print(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
        return 1
    what, rest = (arguments[0] if arguments else ""), arguments[1:]
    if what == "setup":
        set_up(LOCKS[rest[0] if rest else "test"])
    elif what == "demo":
        set_up(LOCKS["demo"])
        return demo()
    elif what == "test":
        set_up(LOCKS["test"])
        return run([PYTHON, "-m", "pytest", *rest])
    else:
        print(USAGE)
        return 2
    return 0


def set_up(lock: str) -> None:
    """Make .venv and install the hashed lock and this checkout, unless that is done already."""
    wanted = hashlib.sha256((HERE / lock).read_bytes() + (HERE / "pyproject.toml").read_bytes() + str(HERE).encode()).hexdigest()
    stamp = VENV / f".{lock}.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"setting up .venv from {lock} (one to three minutes the first time)", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    install(["--require-hashes", "-r", lock])
    install(["--no-deps", "-e", "."])
    stamp.write_text(wanted)


def install(arguments: list[str]) -> None:
    """Install into .venv with uv where it is on the PATH, else with pip."""
    uv = shutil.which("uv")
    tool = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", PYTHON] if uv else [PYTHON, "-m", "pip", "install", "-qq"]
    if run([*tool, *arguments]):
        raise SystemExit("the installation failed; see above")


def demo() -> int:
    """Plan the bundled bank and say where the report lies."""
    out = HERE / "runs" / "retail_bank"
    status = run([PYTHON, "-m", "wfm.cli", "plan", "retail_bank", "--out", out])
    if status == 0:
        print(f"\nreport:   {out / 'report.html'}\nthe app:  {PYTHON.parent / 'wfm'} app")
    return status


def run(command: list) -> int:
    """Run a command in this folder; returns its exit status."""
    return subprocess.run([str(part) for part in command], cwd=HERE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

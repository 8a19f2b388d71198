"""`wfm doctor`: what is installed where, and whether it belongs together."""

from __future__ import annotations

import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from wfm.cli import options
from wfm.cli.exits import Exit

PACKAGES = ("wfm", "simulation", "scheduling")
LIBRARIES = ("numpy", "scipy", "pandas", "simpy", "ortools", "streamlit", "plotly", "holidays", "pydantic", "pyarrow")


@click.command("doctor")
@options.as_json
def command(as_json: bool) -> None:
    """Print versions and locations; fail when the three packages are not neighbours or a library is missing."""
    places = {name: _place(name) for name in PACKAGES}
    libraries = {name: _version(name) for name in LIBRARIES}
    problems = [f"{name} is not installed" for name, found in {**places, **libraries}.items() if found is None]
    if len({str(Path(place).parent) for place in places.values() if place}) > 1:
        problems.append("wfm, simulation and scheduling do not lie in one folder: another package of that name shadows one of them")
    document = {
        "open-wfm": _version("open-wfm"),
        "python": platform.python_version(),
        "packages": places,
        "libraries": libraries,
        "chromium": shutil.which("chromium") or shutil.which("google-chrome"),
        "problems": problems,
    }
    options.emit(document, as_json, lambda: _show(document))
    if problems:
        raise click.exceptions.Exit(Exit.UNEXPECTED)


def _show(document: dict[str, Any]) -> None:
    click.echo(f"open-wfm {document['open-wfm']} on Python {document['python']}")
    for name, found in {**document["packages"], **document["libraries"]}.items():
        click.echo(f"  {name:12} {found or 'missing'}")
    click.echo(f"  {'browser':12} {document['chromium'] or 'none found (only the browser tests need one)'}")
    for problem in document["problems"]:
        click.echo(f"problem: {problem}", err=True)


def _place(name: str) -> str | None:
    spec = find_spec(name)
    return str(Path(spec.origin).parent) if spec and spec.origin else None


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None

"""Where the bundled scenarios lie: inside the wheel, or beside the packages in a checkout."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from wfm.errors import Fault, ScenarioError

_PACKAGE = Path(__file__).resolve().parents[1]


def folder() -> Path:
    """Folder of the bundled scenarios."""
    packaged = _PACKAGE / "_scenarios"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "scenarios"


def bundled() -> dict[str, Path]:
    """Bundled scenario files by name: `one_queue` for one_queue.toml, `retail_bank` for its scenario.toml, `retail_bank/x` for x.toml."""
    found = {path.stem: path for path in sorted(folder().glob("*.toml"))}
    for path in sorted(folder().glob("*/*.toml")):
        found[path.parent.name if path.stem == "scenario" else f"{path.parent.name}/{path.stem}"] = path
    return found


def locate(text: str) -> Path:
    """A scenario as somebody names it on the command line: a path, a folder with a scenario.toml, or the name of a bundled one.

    Raises ScenarioError, with the nearest bundled name, where there is none.
    """
    path = Path(text)
    if (path / "scenario.toml").is_file():
        return path / "scenario.toml"
    if path.exists() and not path.is_dir():
        return path
    known = bundled()
    if text in known:
        return known[text]
    if path.is_dir():
        others = ", ".join(sorted(other.name for other in path.glob("*.toml"))[:5])
        hint = f"name one of its files: {others}" if others else ""
        raise ScenarioError(Fault(text, "", "no scenario.toml in this folder", "a scenario file, or a folder with a scenario.toml", hint))
    near = get_close_matches(text, known, 1, 0.5)
    hint = f"did you mean the bundled scenario {near[0]}?" if near else f"bundled scenarios: {', '.join(known)}"
    raise ScenarioError(Fault(text, "", "no such file", "a scenario file, or the name of a bundled scenario", hint))

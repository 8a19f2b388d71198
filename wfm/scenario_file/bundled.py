"""Where the bundled scenarios lie: inside the wheel, or beside the packages in a checkout."""

from __future__ import annotations

from pathlib import Path

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
    """A scenario as somebody names it on the command line: a path first, else the name of a bundled one, else the path as given."""
    path = Path(text)
    if path.is_dir() and (path / "scenario.toml").is_file():
        return path / "scenario.toml"
    return path if path.exists() else bundled().get(text.removesuffix(".toml"), path)

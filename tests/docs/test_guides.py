"""Every guide runs: commands after `$` in its console blocks are run, and what it shows must be what they print."""

import os
import re
import shlex
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted((ROOT / "docs" / "guides").glob("*.md"))
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def steps(text: str) -> list[tuple[str, list[str]]]:
    """(command, shown lines) of all console blocks of a guide."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCK.findall(text):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def shown_in_order(shown: list[str], printed: list[str]) -> str:
    """The first shown line that does not follow in what was printed; `…` stands for anything, a line `…` for any lines."""
    rest = iter(printed)
    for line in (line for line in shown if line.strip() not in ("", "…")):
        pattern = re.sub(r"([\[?*])", r"[\1]", line.strip()).replace("…", "*")
        if not any(fnmatchcase(candidate.strip(), pattern) for candidate in rest):
            return line
    return ""


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_guide_shows_what_its_commands_print(guide: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = guide.read_text(encoding="utf-8")
    if "shared/data" in text:
        request.getfixturevalue("shared_data")
    if "--out runs " in text:  # plans that other tests made already need not be made twice
        (tmp_path / "runs").symlink_to(request.getfixturevalue("plans"), target_is_directory=True)
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "120", "NO_COLOR": "1"}
    for command, shown in steps(text):
        done = subprocess.run(shlex.split(command), cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=900, check=False)
        printed = (done.stdout + done.stderr).splitlines()
        missing = shown_in_order(shown, printed)
        assert not missing, f"{guide.name}: `{command}` did not print {missing!r}, but:\n" + "\n".join(printed)


def test_there_are_guides() -> None:
    assert GUIDES

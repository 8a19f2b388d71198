"""Run `wfm` in this process, as a user would see it: status, stdout, stderr."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from wfm.cli import main


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str


Wfm = Callable[..., Said]


@pytest.fixture
def wfm(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Wfm:
    """Call with the arguments of a command line; works in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> Said:
        monkeypatch.setattr("sys.argv", ["wfm", *map(str, arguments)])
        status = 0
        try:
            main()
        except SystemExit as done:
            status = int(done.code or 0)
        printed = capsys.readouterr()
        return Said(status, printed.out, printed.err)

    return call

"""The locks: hashed, complete, naming no host; and the settings beside app.py."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_the_lock_names_no_host_and_hashes_everything(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    pinned = re.findall(r"^\S+==\S+", text, re.MULTILINE)
    assert pinned
    assert len(re.findall(r"^\S+==.*\\$", text, re.MULTILINE)) == len(pinned), "a pin without a hash"


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for lock, needed in {
        "requirements.lock": project["dependencies"],
        "requirements-test.lock": project["dependencies"] + project["optional-dependencies"]["test"],
    }.items():
        text = (ROOT / lock).read_text()
        missing = [name for name in needed if not re.search(rf"^{re.split('[>=<]', name)[0]}==", text, re.MULTILINE)]
        assert not missing, f"{lock} lacks {missing}"


def test_streamlit_run_in_a_checkout_is_as_private_as_the_app() -> None:
    assert (ROOT / ".streamlit" / "config.toml").read_text() == (ROOT / "wfm" / "ui" / ".streamlit" / "config.toml").read_text()

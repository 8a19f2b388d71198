from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.store import safe_name


@pytest.mark.parametrize("name", ["retail_bank", "one-queue", "Plan 3.1", "零售银行", "Größe", "a"])
def test_harmless_names_stay_as_they_are(name):
    assert safe_name(name) == name


HOSTILE = [
    "",
    ".",
    "..",
    "../x",
    "/etc/passwd",
    "a/b",
    "a\\b",
    "C:\\x",
    "con",
    "NUL",
    "com1.txt",
    " x ",
    "x.",
    ".hidden",
    "x" * 300,
    "a\0b",
    "a\nb",
    "李" * 200,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_become_one_plain_folder_inside(name, tmp_path):
    safe = safe_name(name)
    made = (tmp_path / safe).resolve()
    assert made.parent == tmp_path.resolve()
    made.mkdir()
    assert not safe.startswith(".")
    assert safe == safe.strip(" .")
    assert safe.split(".")[0].lower() not in {"con", "nul", "com1"}


@given(st.text(max_size=40))
@settings(max_examples=50)
def test_a_safe_name_is_a_single_short_part_and_stays_safe(name):
    safe = safe_name(name)
    assert len(Path(safe).parts) == 1
    assert len(f".wfm-tmp-new-12345678-{safe}".encode()) <= 255
    assert safe_name(safe) == safe


def test_names_that_differ_only_in_what_is_replaced_stay_apart():
    assert len({safe_name(name) for name in ("a/b", "a:b", "a-b", "a\\b")}) == 4

"""Uploaded files: what is taken, what is refused, and that nothing escapes its folder."""

import io
import zipfile

import pytest

from wfm.errors import InputError
from wfm.ui import uploads
from wfm.ui.uploads import Given, main_files, safe_part, store

TOML = Given("plan.toml", b"[centre]\n")


def zipped(files: dict[str, bytes], name: str = "all.zip") -> Given:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return Given(name, packed.getvalue())


def refused(files, folder) -> str:
    with pytest.raises(InputError) as caught:
        store(files, folder)
    assert list(folder.iterdir()) == []
    return str(caught.value)


def test_files_are_stored_as_they_came(tmp_path):
    folder = store([TOML, Given("calls.csv", b"a;b\n")], tmp_path)
    assert (folder / "calls.csv").read_bytes() == b"a;b\n"
    assert main_files(folder) == [folder / "plan.toml"]


def test_an_archive_keeps_its_folders_and_loses_its_clutter(tmp_path):
    folder = store([zipped({"bank/scenario.toml": b"", "bank/data/calls.csv": b"", "__MACOSX/x": b"", "bank/.DS_Store": b""})], tmp_path)
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*")) == ["bank/data/calls.csv", "bank/scenario.toml"]


def test_the_scenario_file_stands_before_its_variants(tmp_path):
    folder = store([Given("a.toml", b""), Given("scenario.toml", b"")], tmp_path)
    assert [path.name for path in main_files(folder)] == ["scenario.toml", "a.toml"]


@pytest.mark.parametrize(
    "name", ["../../evil.toml", "/etc/evil.toml", "a/../../evil.toml", "..\\evil.toml", ".hidden/evil.toml", "con.toml", "x./plan.toml"]
)
def test_a_name_that_could_escape_is_refused_and_nothing_is_left(tmp_path, name):
    assert "not safe to store" in refused([TOML, zipped({name: b""})], tmp_path)


def test_other_kinds_of_file_are_refused_one_fault_each(tmp_path):
    text = refused([TOML, zipped({"a.exe": b"", "b.py": b""})], tmp_path)
    assert "a.exe" in text
    assert "b.py" in text


def test_an_upload_without_a_scenario_says_what_is_missing(tmp_path):
    assert ".toml" in refused([Given("calls.csv", b"")], tmp_path)


def test_an_archive_that_unpacks_to_too_much_is_refused_by_its_directory(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    assert "MB" in refused([zipped({"plan.toml": b"", "big.csv": b"0" * 2000})], tmp_path)


def test_an_archive_with_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_FILES", 3)
    assert "4 files" in refused([zipped({f"{i}.csv": b"" for i in range(4)})], tmp_path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"no archive at all"])
def test_something_that_is_no_archive_is_one_fault(tmp_path, content):
    assert "all.zip" in refused([TOML, Given("all.zip", content)], tmp_path)


@pytest.mark.parametrize("part", ["calls.csv", "Anrufe März (2).xlsx", "客服.toml", "a"])
def test_ordinary_names_in_any_script_are_safe(part):
    assert safe_part(part)


@pytest.mark.parametrize("part", ["", ".", "..", ".env", "a.", "a ", "aux", "COM1.csv", "a/b", "a:b", "a\x00b", "x" * 200])
def test_names_that_harm_some_system_are_not(part):
    assert not safe_part(part)


@pytest.mark.parametrize(
    "text",
    [
        'base = "/etc/passwd"',
        'base = "../../other/scenario.toml"',
        '[history]\nfile = "/etc/shadow"',
        '[centre]\nagents = "../agents.csv"',
        '[centre]\ntime_off = "a\\u0000b"',
    ],
)
def test_a_scenario_cannot_name_files_that_were_not_uploaded(tmp_path, text):
    assert "a file among those uploaded" in refused([Given("plan.toml", text.encode())], tmp_path)


def test_a_scenario_may_name_files_beside_it_and_in_the_folders_of_its_archive(tmp_path):
    files = {
        "bank/scenario.toml": b'[history]\nfile = "../data/calls.csv"\n',
        "bank/cut.toml": b'base = "scenario.toml"',
        "data/calls.csv": b"",
    }
    assert len(main_files(store([zipped(files)], tmp_path))) == 2

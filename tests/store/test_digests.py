from dataclasses import replace

import pytest

from tests.report.made import result
from wfm.errors import InputError
from wfm.store import digest, is_done, read_run, write_run


def files(folder, **contents):
    folder.mkdir(exist_ok=True)
    for name, text in contents.items():
        (folder / name).write_text(text)
    return [folder / name for name in contents]


def test_the_digest_follows_content_not_place_or_order(tmp_path):
    one = files(tmp_path / "one", a="1", b="2")
    two = files(tmp_path / "two", b="2", a="1")
    assert digest("x = 1", one) == digest("x = 1", two)
    assert len(digest("x = 1", one)) == 64


def test_any_change_of_scenario_file_or_name_changes_the_digest(tmp_path):
    base = files(tmp_path / "base", a="1", b="2")
    others = [files(tmp_path / "c", a="1", b="3"), files(tmp_path / "d", a="1", c="2"), files(tmp_path / "e", a="12", b=""), base[:1]]
    told = {digest("x = 1", base), digest("x = 2", base), *(digest("x = 1", other) for other in others)}
    assert len(told) == 6


def test_another_version_of_the_package_is_another_digest(monkeypatch):
    before = digest("x = 1", [])
    monkeypatch.setattr("wfm.store.digests.package_version", lambda: "9.9")
    assert digest("x = 1", []) != before


def test_every_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError) as told:
        digest("", [tmp_path / "a", tmp_path, tmp_path / "b"])
    assert len(told.value.faults) == 3


def test_a_run_is_done_only_for_its_digest_and_while_it_is_whole(tmp_path):
    out = tmp_path / "run"
    assert not is_done(out, "d")
    write_run(out, "", result(), {"scenario": "x", "digest": "d"})
    assert is_done(out, "d")
    assert not is_done(out, "e")
    (out / "report.html").unlink()
    assert not is_done(out, "d")


def test_a_run_that_was_ended_early_is_whole_but_not_done(tmp_path):
    made = result()
    write_run(tmp_path / "run", "", replace(made, solved=replace(made.solved, ended_early=True)), {"digest": "d"})
    assert read_run(tmp_path / "run").manifest["ended_early"] is True
    assert not is_done(tmp_path / "run", "d")
    write_run(tmp_path / "run", "", made, {"digest": "d"})
    assert is_done(tmp_path / "run", "d")


def test_a_mended_roster_is_not_taken_for_the_plan_of_its_scenario(tmp_path):
    write_run(tmp_path / "run", "", result(), {"digest": "d", "repaired": []})
    assert not is_done(tmp_path / "run", "d")


def test_a_broken_manifest_is_not_done(tmp_path):
    (tmp_path / "manifest.json").write_text('{"digest": "d"')
    assert not is_done(tmp_path, "d")

import json
import tomllib

import pytest

from tests.report.made import contradiction, result
from wfm.errors import InputError
from wfm.report import compare, run_figures
from wfm.store import figures, list_runs, read_run, write_run

GIVEN = {"scenario": "Retail bank", "seed": 7, "digest": "d"}
TOML = '[centre]\nname = "Retail bank"\ncurrency = "CHF"\n'
CSVS = ("forecast.csv", "requirement.csv", "roster.csv", "intervals.csv")


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory):
    return write_run(tmp_path_factory.mktemp("runs") / "bank", TOML, result(), GIVEN)


def test_a_run_folder_holds_every_file_of_the_design_and_nothing_else(run_folder):
    expected = {*CSVS, "scenario.toml", "manifest.json", "summary.json", "replications.parquet", "report.html"}
    assert {path.name for path in run_folder.iterdir()} == expected
    assert list(run_folder.parent.iterdir()) == [run_folder]


def test_the_manifest_tells_versions_seed_digest_times_and_how_the_search_ended(run_folder):
    told = json.loads((run_folder / "manifest.json").read_text())
    assert (told["seed"], told["digest"], told["scenario"], told["currency"]) == (7, "d", "Retail bank", "CHF")
    assert told["solver"]["reason"] == "feasible"
    assert (told["solver"]["objective"], told["solver"]["bound"], told["solver"]["gap"]) == (1000.0, 950.0, 0.05)
    assert told["seconds"] == {"forecast": 0.1, "schedule": 1.2}
    assert {"python", "numpy", "ortools", "open-wfm"} <= set(told["versions"])
    assert set(told["written"]) == {path.name for path in run_folder.iterdir()}


def test_the_cost_is_counted_in_the_centres_currency(run_folder):
    assert read_run(run_folder).measured.find("cost").unit == "CHF"


def test_the_scenario_stands_as_it_was_resolved(run_folder):
    assert tomllib.loads((run_folder / "scenario.toml").read_text())["centre"]["currency"] == "CHF"


def test_the_csvs_of_the_same_result_are_the_same_bytes(run_folder, tmp_path):
    again = write_run(tmp_path / "again", TOML, result(), GIVEN)
    for name in (*CSVS, "summary.json", "replications.parquet"):
        assert (again / name).read_bytes() == (run_folder / name).read_bytes()


def test_a_run_reads_back_as_it_was_summarised(run_folder):
    run, told = read_run(run_folder), result()
    assert run.measured.ledger == told.summary.ledger
    assert run.measured.shortfalls == told.summary.shortfalls
    assert [m.value for m in run.measured.measures] == [m.value for m in told.summary.measures]
    assert len(run.frame("intervals")) == told.requirement.axis.n_intervals
    assert run.axis == told.requirement.axis
    assert [shift.agent for shift in run.roster.shifts] == [shift.agent for shift in told.solved.roster.shifts]


def test_figures_from_the_folder_compare_like_those_from_the_result(run_folder):
    stored, fresh = figures(read_run(run_folder)), run_figures("Retail bank", result(), 7, "CHF")
    assert stored.totals.equals(fresh.totals)
    assert {row.verdict(1) for row in compare([fresh, stored]).rows} == {"same"}
    assert {**vars(stored), "totals": None} == {**vars(fresh), "totals": None}


def test_a_contradiction_leaves_a_run_folder_with_the_conflicts_and_no_simulation(tmp_path):
    out = write_run(tmp_path / "bad", TOML, contradiction(), GIVEN)
    run = read_run(out)
    assert run.summary["conflicts"][0]["agent"] == "ann"
    assert run.manifest["solver"]["reason"] == "infeasible"
    assert run.manifest["solver"]["objective"] is None
    assert run.roster.shifts == ()
    with pytest.raises(InputError, match="infeasible"):
        figures(run)


def test_runs_are_listed_newest_first_and_nothing_else_is(tmp_path):
    for name, stamp in (("a", "2026-01-01"), ("b", "2026-02-01")):
        write_run(tmp_path / name, TOML, result(), {**GIVEN, "created": stamp})
    (tmp_path / "notes").mkdir()
    (tmp_path / ".wfm-tmp-new-00000000-c").mkdir()
    (tmp_path / "file").write_text("")
    assert [found.path.name for found in list_runs(tmp_path)] == ["b", "a"]
    assert list_runs(tmp_path / "nowhere") == ()


def test_a_folder_that_no_run_wrote_is_never_replaced(tmp_path):
    precious = tmp_path / "home"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match="no run wrote"):
        write_run(precious, TOML, result(), GIVEN)
    (precious / "manifest.json").write_text('{"name": "a browser extension"}')
    with pytest.raises(InputError, match="no run wrote"):
        write_run(precious, TOML, result(), GIVEN)
    assert (precious / "thesis.txt").read_text() == "years of work"
    assert list(tmp_path.iterdir()) == [precious]


def test_a_file_in_the_way_is_refused_and_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="a file"):
        write_run(tmp_path / "file", TOML, result(), GIVEN)
    with pytest.raises(InputError):
        write_run(tmp_path / "file" / "run", TOML, result(), GIVEN)
    (tmp_path / "empty").mkdir()
    assert (write_run(tmp_path / "empty", TOML, result(), GIVEN) / "manifest.json").is_file()


@pytest.mark.parametrize("spoil", ["missing", "no manifest", "broken summary"])
def test_what_is_no_whole_run_is_refused(tmp_path, spoil):
    out = tmp_path / "run"
    if spoil != "missing":
        write_run(out, TOML, result(), GIVEN)
        (out / "manifest.json").unlink() if spoil == "no manifest" else (out / "summary.json").write_text("{")
    with pytest.raises(InputError):
        read_run(out)

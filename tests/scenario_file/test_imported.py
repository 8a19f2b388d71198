"""Somebody else's forecast beside a scenario."""

from pathlib import Path

import numpy as np
import pytest

from wfm.forecasting import forecast
from wfm.scenario_file import check, load

SOUND = Path(__file__).with_name("sound.toml")
DAYS = [f"2026-03-{day:02d}" for day in range(2, 16)]


@pytest.fixture
def scenario(tmp_path):
    """A variant of sound.toml with an imported forecast, which goes before contacts_per_hour; without a text, of every open interval."""

    def scenario(text: str | None = None, more: str = "") -> Path:
        quarters = [f"{day}T{hour:02d}:{minute:02d}" for day in DAYS for hour in range(9, 17) for minute in (0, 15, 30, 45)]
        rows = [f"{at},{queue},{mean},9\n" for at in quarters for queue, mean in (("calls", 7.5), ("chat", 2))]
        (tmp_path / "theirs.csv").write_text("interval_start,queue,mean,q90\n" + "".join(rows) if text is None else text, "utf-8")
        path = tmp_path / "scenario.toml"
        how = '[forecast]\nimported = "theirs.csv"\n[run]\nforecast_method = "imported"\n'
        path.write_text(f'base = "{SOUND.as_posix()}"\n{how}{more}', "utf-8")
        return path

    return scenario


def told(path: Path) -> str:
    return "\n".join(map(str, check(path)))


def test_the_means_reach_the_forecast_and_the_file_is_one_of_the_scenarios(scenario, tmp_path):
    loaded = load(scenario())
    demand = loaded.scenario.forecasting.imported
    assert demand.queues == ("calls", "chat")
    assert demand.contacts[0].max() == 7.5
    assert tmp_path / "theirs.csv" in loaded.files
    assert str(tmp_path / "theirs.csv") in loaded.resolved
    predicted = forecast(None, loaded.scenario.axis, loaded.scenario.forecasting)
    assert predicted.mean.sum(axis=1) == pytest.approx([10 * 32 * 7.5, 10 * 32 * 2])


def test_finer_rows_are_summed_and_zoned_stamps_are_moved(scenario):
    fives = [f"{day}T{hour:02d}:{minute:02d}+00:00,calls,1\n" for day in DAYS for hour in range(8, 16) for minute in range(0, 60, 5)]
    demand = load(scenario("interval_start,queue,contacts\n" + "".join(fives))).scenario.forecasting.imported
    monday = demand.contacts[0, :96]
    assert np.flatnonzero(monday).tolist() == list(range(36, 68))
    assert set(monday[36:68]) == {3.0}


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("", "theirs.csv: header: found"),
        ("interval_start,mean\n2026-03-02T09:00,5\n", "expected columns interval_start, mean, queue"),
        ("interval_start,queue,mean\nsoon,calls,5\n", 'line 2, column interval_start: found "soon"'),
        ("interval_start,queue,mean\n2026-03-02T09:00,calls,-5\n", 'line 2, column mean: found "-5"; expected a number from 0'),
        (
            "interval_start,queue,mean\n2026-03-02T09:00,calls,5\n",
            "queue calls: found 319 open intervals missing, the first 2026-03-02T09:15",
        ),
        ("interval_start,queue,mean\n2026-03-02T09:00,cals,5\n", 'did you mean "cals"'),
    ],
)
def test_what_is_wrong_with_the_file_is_told(scenario, text, fragment):
    assert fragment in told(scenario(text))


def test_the_method_needs_a_file(tmp_path):
    path = tmp_path / "scenario.toml"
    path.write_text(f'base = "{SOUND.as_posix()}"\n[run]\nforecast_method = "imported"\n', "utf-8")
    assert 'expected a CSV beside forecast_method = "imported"' in told(path)


def test_faults_elsewhere_do_not_hide_behind_the_file(scenario):
    assert "region" in told(scenario(more='[centre]\nregion = "Nowhere"\n'))

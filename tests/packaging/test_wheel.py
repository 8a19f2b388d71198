"""The wheel: exactly the three packages, the scenarios inside, and it plans from anywhere."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel installed; the libraries are lent by the running one, this checkout is not."""
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(home, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet", wheel]
    subprocess.run(command, check=True, capture_output=True)
    return python


def test_the_wheel_holds_exactly_the_three_packages_and_the_scenarios(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert top == {"wfm", "simulation", "scheduling"}
    assert "wfm/_scenarios/one_queue.toml" in names
    assert not any("__pycache__" in name or name.startswith("wfm/_scenarios/_") for name in names)


def test_the_installed_wheel_plans_a_bundled_scenario(elsewhere: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def wfm(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [elsewhere, "-m", "wfm.cli", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    doctor = wfm("doctor", "--json")
    assert doctor.returncode == 0, doctor.stderr
    places = json.loads(doctor.stdout)["packages"]
    assert all(Path(place).is_relative_to(elsewhere.parents[1]) for place in places.values())
    planned = wfm("plan", "one_queue", "--out", "run", "--json", "--quiet")
    assert planned.returncode == 0, planned.stderr
    assert (tmp_path / "run" / "report.html").stat().st_size > 10_000
    assert json.loads(planned.stdout)["manifest"]["scenario"]

"""The compiled engine against the readable one: the same trace to the last bit, and a test that notices when a rule is bent."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from simulation import centre, fast, simulate
from simulation.engines import ENGINES
from simulation.presence import attended
from simulation.tables import tables_of
from simulation.trace import Trace
from tests.samples import AXIS, CALLS, flat_forecast
from tests.simulation import bent
from tests.simulation.small import roster, shift, team
from tests.simulation.strategies import Small, centres, crowds
from wfm.model import Experiment, Outcome

MANY = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
COLUMNS = ("arrival_s", "queue", "interval", "fate", "wait_s", "agent", "service_s", "virtual_s", "late")


def differences(one: Trace, other: Trace) -> list[str]:
    """Columns in which two traces are not equal to the last bit."""
    return [name for name in COLUMNS if getattr(one, name).tobytes() != getattr(other, name).tobytes()]


def both(small: Small, live=fast.live) -> list[str]:
    setting = small.setting
    readable = centre.live(setting, small.contacts, setting.stints)
    return differences(readable, live(tables_of(setting), small.contacts, setting.stints))


@MANY
@given(st.one_of(centres(), crowds()))
def test_every_contact_has_the_same_fate_wait_virtual_wait_and_agent_in_both_engines(small: Small):
    assert both(small) == []


@settings(MANY, max_examples=100)
@given(crowds())
def test_so_it_is_when_some_are_absent(small: Small):
    setting = small.setting
    tables = tables_of(setting)
    for replication in range(3):
        there = attended(setting.stints, setting.agents, 0.4, 1, replication)
        readable = centre.live(setting, small.contacts, there)
        assert differences(readable, fast.live(tables, small.contacts, there)) == []


@settings(MANY, max_examples=50)
@given(crowds())
def test_work_cut_into_spells_of_a_few_events_is_the_same_work(small: Small):
    tables, told = tables_of(small.setting), []
    whole = fast.live(tables, small.contacts, small.setting.stints)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast, "SPELL", 3)
        pieces = fast.live(tables, small.contacts, small.setting.stints, told.append)
    assert differences(whole, pieces) == []
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)


@pytest.mark.parametrize("grid_s", [None, 1.0, 60.0], ids=["continuous", "seconds", "minutes"])
@pytest.mark.parametrize("routing", ["priority_longest_wait", "longest_wait", "skill_order"])
def test_a_busy_week_of_calls_chats_and_mails_is_the_same_in_both_engines(grid_s: float | None, routing: str):
    small = bent.busy_week(grid_s, routing)
    assert both(small) == []
    trace = fast.live(tables_of(small.setting), small.contacts, small.setting.stints)
    assert np.bincount(trace.fate, minlength=3).min() > 100
    assert np.isfinite(trace.virtual_s[trace.fate == 1]).mean() > 0.5
    assert len(trace.late) > 10


@pytest.mark.parametrize("rule", sorted(bent.RULES))
def test_a_bent_rule_is_noticed(rule: str):
    live = bent.live_with(rule)

    @settings(MANY, derandomize=True, database=None, phases=[Phase.generate], report_multiple_bugs=False)
    @given(crowds())
    def identical(small: Small) -> None:
        assert both(small, live) == []

    with pytest.raises(AssertionError):
        identical()


def test_the_text_that_is_bent_is_straight_when_nothing_is_bent():
    live = bent.live_with(None)
    assert both(bent.busy_week(60.0, "priority_longest_wait", hours=10), live) == []


def outcome_of(engine: str) -> Outcome:
    who = roster(
        *team(12, 540, 1020, ["calls"], AXIS), shift("zoe", (540, 700, ["calls"]), (700, 730, []), (730, 900, ["calls"])), axis=AXIS
    )
    return simulate(flat_forecast(40), (CALLS,), who, Experiment(3, absence=0.1, workers=1, engine=engine))


def test_the_outcome_is_the_same_from_both_engines_and_where_numba_is_absent(monkeypatch: pytest.MonkeyPatch):
    readable, compiled = outcome_of("simpy"), outcome_of("fast")
    monkeypatch.setitem(sys.modules, "numba", None)
    without = outcome_of("fast")
    for name in Outcome.__dataclass_fields__:
        if isinstance(getattr(readable, name), np.ndarray):
            assert getattr(readable, name).tobytes() == getattr(compiled, name).tobytes() == getattr(without, name).tobytes()


def test_both_engines_are_found_by_name():
    assert set(ENGINES) == {"fast", "simpy"}


def test_a_bent_rule_differs_in_one_place_of_the_text():
    for old, new in (bent.RULES | bent.JOURNEY_RULES).values():
        assert bent.SOURCE.count(old) == 1, old
        assert old != new


def test_compiled_code_is_kept_by_the_text_of_every_file_of_the_kernel(tmp_path: Path):
    folder = Path(shutil.copytree(bent.FOLDER, tmp_path / "simulation" / "kernel"))
    for name in ("world.py", "more.py"):
        shutil.copy(bent.FOLDER.parent / name, folder.parent)
    module = sys.modules["simulation.kernel.live"]
    before = module.text_of(folder)
    assert before == module.text_of(bent.FOLDER)
    for file in (*folder.glob("*.py"), folder.parent / "world.py", folder.parent / "more.py"):
        said = file.read_bytes()
        file.write_bytes(said + b"#")
        assert module.text_of(folder) != before, file.name
        file.write_bytes(said)


def test_numba_is_not_imported_before_something_is_simulated():
    code = "import sys, simulation, wfm.cli; sys.exit('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""Whatever stands in a scenario file: it loads, or it has faults, each with a place."""

import copy
import tomllib
from pathlib import Path

import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wfm.scenario_file import check, load

FOLDER = Path(__file__).parent
SOUND = tomllib.loads((FOLDER / "sound.toml").read_text(encoding="utf-8"))
SOUND |= {
    "staffing": {"risk": 0.5},
    "run": {"seed": 1, "grid_minutes": 5},
    "time_off": [{"agent": "Ann", "from": "2026-03-02", "to": "2026-03-03"}],
}
WORDS = [
    *("calls", "full time", "team", "team 01", "all", "course week 1", "weekly", "=1", ""),
    *("mon-fri", "08:00-12:00", "2026-03-02", "24/7", "20s", "8h"),
]
LISTS = st.lists(st.sampled_from(WORDS), max_size=3)
TABLES = st.dictionaries(st.sampled_from(WORDS[9:]), st.sampled_from(WORDS), max_size=2)
NUMBERS = st.integers(-3, 2000) | st.floats() | st.booleans()
VALUES = st.one_of(st.sampled_from(WORDS), NUMBERS, LISTS, TABLES, st.dates().map(str))


def places(tables: dict) -> list[tuple[str, int | None, str]]:
    found = []
    for section, value in tables.items():
        for i, table in enumerate(value) if isinstance(value, list) else [(None, value)]:
            found += [(section, i, key) for key in table]
    return found


MORE = {
    ("plan", None): ("weeks", "step_minutes"),
    ("shift", 0): ("start_to", "start_step", "break_gap"),
    ("activity", 0): ("sessions", "repeat", "at", "earliest", "latest", "group_size", "skill", "paid"),
    ("agent", 0): ("available",),
    ("contract", 0): ("max_days_week", "rest_hours"),
    ("centre", None): ("closed", "region", "public_holidays", "agents"),
    ("history", None): ("file",),
    ("queue", 0): ("concurrency", "channel"),
    ("staffing", None): ("shrinkage",),
    ("nonsense", None): ("key",),
}
KNOWN = [*places(SOUND), *((*place, key) for place, keys in MORE.items() for key in keys)]


@given(st.lists(st.tuples(st.sampled_from(KNOWN), VALUES), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_change_loads_or_is_told(tmp_path, changes):
    tables = copy.deepcopy(SOUND)
    for (section, i, key), value in changes:
        table = tables.setdefault(section, {}) if i is None else tables[section][i]
        table[key] = value
    path = tmp_path / "any.toml"
    path.write_text(tomli_w.dumps(tables), encoding="utf-8")
    faults = check(path)
    if not faults:
        again = tmp_path / "again.toml"
        first = load(path)
        again.write_text(first.resolved, encoding="utf-8")
        assert load(again).scenario == first.scenario
    assert all(fault.file and fault.place and fault.found and fault.expected for fault in faults)


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_told(tmp_path, data):
    path = tmp_path / "any.toml"
    path.write_bytes(data)
    assert check(path)

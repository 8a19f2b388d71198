"""The reference is made from the tables, and the page in docs/ is fresh."""

from pathlib import Path

import pytest

from wfm.model import ActivityKind, Channel, ServiceLevel
from wfm.model.axis import STEPS
from wfm.scenario_file import fields
from wfm.scenario_file.tables import SECTIONS
from wfm.scenario_file.tables.people import BreakTable
from wfm.scenario_file.tables.queue import TargetTable

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scenario_file.md"
MODELS = [*(section.model for section in SECTIONS.values()), BreakTable, TargetTable]


def options(section: str, key: str) -> set[object]:
    return set(SECTIONS[section].model.model_fields[key].annotation.__args__)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_described(model):
    assert model.__doc__
    for key, field in model.model_fields.items():
        assert field.description, key
        assert f"| `{field.alias or key}` |" in fields()


def test_the_page_is_fresh():
    text = PAGE.read_text(encoding="utf-8")
    assert text.endswith(fields())
    assert text.startswith("# The scenario file")


def test_the_options_are_those_of_the_nouns():
    assert options("queue", "channel") == {channel.value for channel in Channel}
    assert options("activity", "kind") == {kind.value for kind in ActivityKind}
    assert options("plan", "step_minutes") == set(STEPS)
    assert set(TargetTable.model_fields["definition"].annotation.__args__) == {level.value for level in ServiceLevel}


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("replications", "whole number, from 1 up to 10,000"),
        ("contacts_per_hour", "number, from 0 up to 1,000,000"),
        ("rank", "whole number, from 0 up to 99"),
        ("under_price", "number, from 0 up to 1,000,000,000"),
        ("effort", "number, above 0 up to 100"),
    ],
)
def test_the_reference_tells_the_least_and_the_greatest_value_a_field_takes(key: str, told: str):
    assert f"| `{key}` | {told} |" in fields()

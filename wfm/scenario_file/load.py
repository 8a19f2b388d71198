"""Load a scenario, or tell everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wfm.errors import Fault, ScenarioError
from wfm.model import Scenario
from wfm.scenario_file.build import build
from wfm.scenario_file.checks import CHECKS
from wfm.scenario_file.document import Document, read_document
from wfm.scenario_file.merge import read_chain
from wfm.scenario_file.resolved import resolved


@dataclass(frozen=True)
class Loaded:
    """resolved: the whole scenario as one TOML text that loads again from anywhere. files: all that went in, bases first."""

    scenario: Scenario
    resolved: str
    files: tuple[Path, ...]


def load(path: Path | str, changes: Mapping[str, Any] | None = None) -> Loaded:
    """Read a scenario file with its bases and CSVs. changes: tables to put over it, such as {"run": {"seed": 5}}.

    Raises ScenarioError with every fault found.
    """
    document, files, faults = _read(Path(path), changes)
    if faults:
        raise ScenarioError(faults)
    return Loaded(build(document), resolved(document), files)


def check(path: Path | str, changes: Mapping[str, Any] | None = None) -> tuple[Fault, ...]:
    """Every fault of a scenario file, its bases and CSVs; empty when it is sound."""
    return _read(Path(path), changes)[2]


def _read(path: Path, changes: Mapping[str, Any] | None) -> tuple[Document, tuple[Path, ...], tuple[Fault, ...]]:
    source = read_chain(path, changes)
    if source.broken:  # the rest would be reported as missing
        return Document(str(path), {}, {}), (), tuple(source.faults)
    document, faults = read_document(source, str(path))
    for test in CHECKS:
        faults += test(document)
    return document, tuple(source.files), tuple(dict.fromkeys([*source.faults, *faults]))

"""Nouns of the report as JSON-able values, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from wfm.model import Accuracy, Correction, LedgerRow, LoopStep, Measure, Shortfall, Summary


def plain(value: Any) -> Any:
    """Dataclasses to objects, sequences to lists, dates to text, figures that are not finite to null: strict JSON."""
    if is_dataclass(value):
        return {part.name: plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(inner) for inner in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, date) else value


def summary_of(document: Mapping[str, Any]) -> Summary:
    """The Summary that `plain` made a document of; null becomes nan. Raises KeyError or TypeError for anything else."""
    return Summary(
        tuple(Measure(**_numbers(row)) for row in document["measures"]),
        tuple(LedgerRow(**_numbers(row)) for row in document["ledger"]),
        tuple(Shortfall(**_numbers(row)) for row in document["shortfalls"]),
    )


def loop_of(document: Mapping[str, Any]) -> tuple[LoopStep, ...]:
    """The trace of the simulation in the loop in a run's summary; empty where there was none."""
    return tuple(
        LoopStep(
            **{
                **_numbers(row),
                "service": tuple(Measure(**_numbers(measure)) for measure in row["service"]),
                "corrections": tuple(Correction(**one) for one in row.get("corrections", ())),
            }
        )
        for row in document.get("loop", ())
    )


def leads_of(document: Mapping[str, Any]) -> tuple[Accuracy, ...]:
    """The backtest by days ahead in a run's summary; empty for a run of before it was measured."""
    return tuple(Accuracy(**_numbers(row)) for row in document.get("leads", ()))


def _numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: math.nan if value is None else value for key, value in row.items()}

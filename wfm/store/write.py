"""write_run(): a run folder, whole or not at all."""

from __future__ import annotations

import io
import json
import shutil
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from wfm.errors import Fault, InputError
from wfm.model import Outcome, Result
from wfm.report.documents import plain
from wfm.report.exports import RUN_FILES
from wfm.report.page import report_html
from wfm.report.summary import in_currency
from wfm.report.totals import day_totals
from wfm.store import manifest, swap

SCENARIO, SUMMARY, REPLICATIONS, REPORT = "scenario.toml", "summary.json", "replications.parquet", "report.html"


def write_run(out: Path, resolved_toml: str, result: Result, given: Mapping[str, Any]) -> Path:
    """Write everything of a run into the folder `out` and give it back; call it while holding `lock`.

    The files are written and flushed in a folder beside it, which then takes its place: a reader sees the old run or the new one, and a
    killed writer leaves the old one as it was. given: what the caller knows (scenario, seed, digest, currency …), for the manifest.
    Raises InputError where `out` is something else than a run folder, or cannot be written.
    """
    out = Path(out).resolve()
    _check(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        staged = swap.staging(out)
    except OSError as error:
        raise InputError(Fault(str(out), "", error.strerror or str(error), "a place that can be written")) from error
    try:
        _fill(staged, resolved_toml, result, given)
        swap.put(staged, out)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return out


def _check(out: Path) -> None:
    """Only a run folder or an empty one may be replaced."""
    if not out.exists():
        return
    hint = "name another folder, or remove it yourself"
    if not out.is_dir():
        raise InputError(Fault(str(out), "", "a file", "a run folder, an empty folder or nothing", hint))
    if manifest.read_manifest(out) is None and any(out.iterdir()):
        raise InputError(Fault(str(out), "", "a folder that no run wrote", "a run folder, an empty folder or nothing", hint))


def _fill(folder: Path, resolved_toml: str, result: Result, given: Mapping[str, Any]) -> None:
    """Every file, the manifest last."""
    given = {"currency": _currency(resolved_toml), **given}
    result = in_currency(result, str(given["currency"] or ""))
    makers = files_of(resolved_toml, result)
    told = manifest.build(result, given, [*makers, REPORT, manifest.NAME])
    makers[REPORT] = lambda: report_html(result, told).encode()
    makers[manifest.NAME] = lambda: _json(told)
    for name, make in makers.items():
        swap.write_file(folder / name, make())


def files_of(resolved_toml: str, result: Result) -> dict[str, Callable[[], bytes]]:
    """How each file is made, by its name, apart from the report and the manifest."""
    makers: dict[str, Callable[[], bytes]] = {SCENARIO: resolved_toml.encode, SUMMARY: lambda: _json(summary_document(result))}
    makers |= {name: _later(make, result) for name, make in RUN_FILES.items()}
    if (outcome := result.outcome) is not None:
        makers[REPLICATIONS] = lambda: _replications(outcome, result.solved.workforce.closed)
    return makers


def _later(make: Callable[[Result], bytes], result: Result) -> Callable[[], bytes]:
    return lambda: make(result)


def summary_document(result: Result) -> dict[str, Any]:
    """Measures, ledger and shortfalls; the conflicts where there was nothing to measure."""
    told = plain(result.summary) if result.summary else {"measures": [], "ledger": [], "shortfalls": []}
    return {
        **told,
        "reason": result.solved.reason.value,
        "conflicts": plain(result.solved.conflicts),
        "accuracy": plain(result.forecast.accuracy),
        "leads": plain(result.forecast.leads),
        "flags": plain(result.forecast.flags),
        "notes": plain({"forecast": result.forecast.notes, "requirement": result.requirement.definition, "solver": result.solved.notes}),
        "loop": plain(result.loop),
        "targets": {queue.name: str(queue.target) for queue in result.outcome.queues} if result.outcome else {},
    }


def _replications(outcome: Outcome, closed: frozenset[date]) -> bytes:
    out = io.BytesIO()
    day_totals(outcome, closed).to_parquet(out, index=False)
    return out.getvalue()


def _json(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _currency(resolved_toml: str) -> str:
    """The centre's currency as the scenario has it, "" where it says nothing."""
    told = tomllib.loads(resolved_toml)
    found = told.get("centre", told).get("currency", "")
    return found if isinstance(found, str) else ""

"""Which layout a table has, where its header stands, and which column holds which field."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.intake.findings import Findings, near_miss
from wfm.intake.headers import Columns, check_overrides, match_headers, note_choices, note_unused
from wfm.intake.layouts import LAYOUTS, Layout
from wfm.intake.table import HeadRow, Table
from wfm.model import HistorySource

HEADER_WITHIN = 30


@dataclass(frozen=True)
class Recognised:
    """header: None where the file has none."""

    layout: Layout
    header: HeadRow | None
    columns: Columns


def recognise(table: Table, source: HistorySource, findings: Findings) -> Recognised:
    """Raises HistoryError where no layout fits, saying which headers would do."""
    candidates = _candidates(source, findings)
    for row in table.rows[:HEADER_WITHIN]:
        for layout in candidates:
            if layout.row and row is not table.rows[0]:
                continue
            if layout.recognises(row.cells, source.columns) or _named(layout, row, source):
                return _recognised(layout, row, source, findings)
    raise _unknown(table, candidates, source, findings)


def _candidates(source: HistorySource, findings: Findings) -> list[Layout]:
    if source.layout is None:
        return list(LAYOUTS.values())
    if source.layout not in LAYOUTS:
        known = ", ".join(LAYOUTS)
        raise findings.stop(
            "[history] layout", repr(source.layout), f"one of {known} (--layout of `wfm import`)", near_miss(source.layout, LAYOUTS)
        )
    return [LAYOUTS[source.layout]]


def _named(layout: Layout, row: HeadRow, source: HistorySource) -> bool:
    """A layout that the scenario names needs no marks, only its fields."""
    return source.layout is not None and not layout.row and not layout.missing(row.cells, source.columns)


def _recognised(layout: Layout, row: HeadRow, source: HistorySource, findings: Findings) -> Recognised:
    how = "named by the scenario" if source.layout else "recognised"
    findings.note(f"Read as {layout.title} ({how}).")
    if layout.row:
        at = {name: i for i, name in enumerate(layout.positions) if name}
        return Recognised(layout, None, Columns(at, {i: name or str(i + 1) for i, name in enumerate(layout.positions)}))
    columns = match_headers(row.cells, layout.spellings, source.columns)
    check_overrides(row.cells, layout.spellings, source.columns, findings)
    findings.check()
    note_choices(row.cells, layout.spellings, columns, findings)
    note_unused(row.cells, columns, source.columns, findings)
    return Recognised(layout, row, columns)


def _unknown(table: Table, candidates: list[Layout], source: HistorySource, findings: Findings) -> Exception:
    """Explain by the row and layout that come closest."""
    layout = candidates[0] if source.layout else LAYOUTS["interval_table"]
    if layout.row:
        return findings.stop(
            f"line {table.rows[0].line}", "other columns", f"a {layout.title}: {', '.join(n or '-' for n in layout.positions)}"
        )
    row = min(table.rows[:HEADER_WITHIN], key=lambda r: len(layout.missing(r.cells, source.columns)))
    check_overrides(row.cells, layout.spellings, source.columns, findings)
    headers = ", ".join(cell for cell in row.cells if cell)[:200]
    for group in layout.missing(row.cells, source.columns):
        would_do = ", ".join(layout.spellings[name][0] for name in group if layout.spellings.get(name))
        such = ", ".join(repr(s) for name in group for s in layout.spellings.get(name, ())[:3])
        hint = f"headers such as {such} are known; name yours under [history.columns], e.g. {row.cells[0][:30]!r} = {group[0]!r}"
        findings.fault(f"line {row.line}, header", headers or "no header", f"a column for {would_do}", hint)
    return findings.error()

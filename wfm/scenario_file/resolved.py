"""The scenario as resolved: one TOML text with bases merged, CSVs written in and defaults written out."""

from __future__ import annotations

from typing import Any

import tomli_w

from wfm.scenario_file.document import Document
from wfm.scenario_file.tables import SECTIONS

HEAD = "# Resolved: bases merged, agents and time off written in, defaults written out. A key that is absent is not set.\n\n"


def resolved(document: Document) -> str:
    """TOML that loads to the same scenario from any folder; only the history stays outside, under its absolute path."""
    tables: dict[str, Any] = {}
    for section in SECTIONS.values():
        found = [item.table.model_dump(by_alias=True, exclude_none=True) for item in document.items.get(section.name, ())]
        if found:
            tables[section.name] = found if section.many else found[0]
    return HEAD + tomli_w.dumps(tables)

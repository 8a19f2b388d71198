"""The document: every section read on its own, so that one fault does not hide the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from wfm.errors import Fault
from wfm.model import TimeAxis
from wfm.scenario_file.places import Loc, Path_, Spot, place, spot_at
from wfm.scenario_file.source import Source
from wfm.scenario_file.tables import SECTIONS, Section, Table
from wfm.scenario_file.translate import faults_of
from wfm.scenario_file.wrong import near, shown


@dataclass(frozen=True)
class Item:
    """One table of the document. table: None where it is at fault. name: as written, "" for none."""

    loc: Loc
    name: str
    table: Any


@dataclass
class Document:
    """file: the scenario as shown. raw: the merged tables. items: per section; a single table is an array of one."""

    file: str
    raw: Mapping[str, Any]
    spots: Mapping[Path_, Spot]
    unread: set[str] = field(default_factory=set)
    items: dict[str, tuple[Item, ...]] = field(default_factory=dict)

    def fault(self, loc: Loc, found: str, expected: str, hint: str = "", at: str = "") -> Fault:
        spot = spot_at(self.spots, self.raw, loc)
        file = spot.file if spot else self.file
        if at and isinstance(loc[-1], str) and not (spot and spot.table):
            loc = (*loc[:-1], loc[-1] + at)
        return Fault(file, place(loc, spot), found, expected, hint)

    def one(self, section: str) -> Any:
        """The table of a section that stands once, None where it is missing or at fault."""
        found = self.items.get(section, ())
        return found[0].table if found else None

    def good(self, section: str) -> Iterator[tuple[Loc, Any]]:
        """Place and table of everything sound in an array of tables."""
        return ((item.loc, item.table) for item in self.items.get(section, ()) if item.table is not None)

    def names(self, section: str) -> tuple[str, ...]:
        """All names of an array, also of tables that are at fault."""
        return tuple(item.name for item in self.items.get(section, ()) if item.name)

    def lacks(self, section: str, name: str) -> bool:
        """Whether no table of a section has this name; never where the section could not be read."""
        return section not in self.unread and name not in self.names(section)

    def sound(self, section: str) -> bool:
        """Whether everything in a section could be read."""
        return section not in self.unread and all(item.table is not None for item in self.items.get(section, ()))

    @cached_property
    def axis(self) -> TimeAxis | None:
        """The plan's axis; None where centre or plan are at fault."""
        centre, plan = self.one("centre"), self.one("plan")
        if centre is None or plan is None or (plan.days is None) == (plan.weeks is None):
            return None
        try:
            return TimeAxis(plan.start, plan.days or plan.weeks * 7, plan.step_minutes, centre.timezone)
        except ValueError:  # a clock change between two steps, which the checks tell
            return None


def read_document(source: Source, file: str) -> tuple[Document, list[Fault]]:
    """Check every table of a merged source against its model."""
    document = Document(file, source.doc, source.spots, source.unread)
    faults = [_unknown(document, key) for key in source.doc if key not in SECTIONS]
    for section in SECTIONS.values():
        faults += _read_section(document, section)
    return document, faults


def _unknown(document: Document, key: str) -> Fault:
    hint = near(key, [*SECTIONS, "base", "remove"])
    return document.fault(
        (key,),
        f"unknown section or key {shown(key)}",
        "a section of the format",
        hint if hint.startswith("did") else f"known: {', '.join(SECTIONS)}",
    )


def _read_section(document: Document, section: Section) -> Iterator[Fault]:
    value = document.raw.get(section.name)
    if value is None or (section.many and value == []):
        if section.required:
            yield document.fault((section.name,), "nothing", f"a section {section.heading}")
            return
        value = [] if section.many else None if section.name == "history" else {}
    if value is None:
        return
    if not isinstance(value, list if section.many else dict):
        document.unread.add(section.name)
        yield document.fault((section.name,), shown(value), f"{'tables' if section.many else 'one table'} {section.heading}")
        return
    pairs = [((section.name, i), item) for i, item in enumerate(value)] if section.many else [((section.name,), value)]
    items = []
    for loc, raw in pairs:
        table, faults = _read_table(document, section, loc, raw)
        name = raw.get("name", "") if isinstance(raw, dict) else ""
        items.append(Item(loc, getattr(table, "name", name) if isinstance(name, str) else "", table))
        yield from faults
    document.items[section.name] = tuple(items)


def _read_table(document: Document, section: Section, loc: Loc, raw: Any) -> tuple[Table | None, list[Fault]]:
    if not isinstance(raw, dict):
        return None, [document.fault(loc, shown(raw), f"a table {section.heading}")]
    try:
        return section.model.model_validate(raw), []
    except ValidationError as error:
        faults = [(where, part) for where, part in faults_of(error, section.model)]
        return None, [document.fault((*loc, *where), part.found, part.expected, part.hint, part.at) for where, part in faults]

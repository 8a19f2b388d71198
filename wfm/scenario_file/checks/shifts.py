"""Checks of the shifts and their breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wfm.errors import Fault
from wfm.scenario_file.document import Document
from wfm.scenario_file.durations import write_clock, write_minutes
from wfm.scenario_file.places import Loc
from wfm.scenario_file.wrong import shown


def start_range(document: Document) -> Iterator[Fault]:
    for loc, shift in document.good("shift"):
        if shift.start_from >= 1440:
            yield document.fault((*loc, "start_from"), write_clock(shift.start_from), "a start before 24:00")
        elif shift.start_to is not None and not shift.start_from <= shift.start_to < 1440:
            yield document.fault(
                (*loc, "start_to"), write_clock(shift.start_to), f"a time from start_from ({write_clock(shift.start_from)}) to before 24:00"
            )
        if len(set(shift.lengths)) < len(shift.lengths):
            yield document.fault((*loc, "lengths"), "the same length twice", "each length once")


def breaks_fit(document: Document) -> Iterator[Fault]:
    """In the order given, each as early as it can be, the gap between them, and the last one inside the shortest shift."""
    for loc, shift in document.good("shift"):
        names = [rest.name for rest in shift.breaks]
        for i, rest in enumerate(shift.breaks):
            if rest.name in names[:i]:
                yield document.fault((*loc, "breaks", i, "name"), shown(rest.name), "each break under its own name")
        yield from _first_misfit(document, loc, shift)


def _first_misfit(document: Document, loc: Loc, shift: Any) -> Iterator[Fault]:
    free, shortest, gap = 0, min(shift.lengths), write_minutes(shift.break_gap)
    for i, rest in enumerate(shift.breaks):
        start, latest = max(free, rest.earliest), write_minutes(rest.latest)
        end = start + rest.minutes
        if rest.latest < rest.earliest:
            found, expected = f"latest {latest} before earliest {write_minutes(rest.earliest)}", "latest at or after earliest"
        elif start > rest.latest:
            found = f"latest {latest}, while the breaks before end at {write_minutes(free - shift.break_gap)} or later"
            expected = f"breaks that do not overlap, {gap} apart (break_gap)"
        elif end > shortest:
            found = f"break {shown(rest.name)} that ends {write_minutes(end)} after the start or later"
            expected = f"breaks inside the shortest length ({write_minutes(shortest)})"
        else:
            free = end + shift.break_gap
            continue
        yield document.fault((*loc, "breaks", i), found, expected)
        return


def no_doubles(document: Document) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for loc, shift in document.good("shift"):
        same = shift.model_dump_json(exclude={"name"})
        if same in seen:
            yield document.fault(loc, f"shift {shown(shift.name)}, the same as {shown(seen[same])}", "shifts that differ")
        seen[same] = shift.name

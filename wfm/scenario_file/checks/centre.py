"""Checks of the centre and the plan."""

from __future__ import annotations

from collections.abc import Iterator

import holidays

from wfm.errors import Fault
from wfm.scenario_file.document import Document
from wfm.scenario_file.wrong import near, shown


def plan_length(document: Document) -> Iterator[Fault]:
    plan = document.one("plan")
    if plan and (plan.days is None) == (plan.weeks is None):
        found = "nothing" if plan.days is None else "both days and weeks"
        yield document.fault(("plan", "days"), found, "either days or weeks")


def clock_change(document: Document) -> Iterator[Fault]:
    """The only thing that sound tables can still have wrong about the axis."""
    centre, plan = document.one("centre"), document.one("plan")
    if centre and plan and (plan.days is None) != (plan.weeks is None) and document.axis is None:
        found = f"{plan.step_minutes}, while a clock change of {centre.timezone} lies between two steps"
        yield document.fault(("plan", "step_minutes"), found, "a step that meets every clock change of the plan", "30 meets nearly all")


def region_exists(document: Document) -> Iterator[Fault]:
    centre = document.one("centre")
    if centre is None or centre.region is None:
        return
    if centre.country is None:
        yield document.fault(("centre", "region"), shown(centre.region), "a country beside it", "add country")
        return
    known = holidays.list_supported_countries()[centre.country]
    if centre.region not in known:
        yield document.fault(
            ("centre", "region"),
            shown(centre.region),
            f"a region of {centre.country}: {', '.join(known) or 'it has none'}",
            near(centre.region, known),
        )


def holidays_have_a_country(document: Document) -> Iterator[Fault]:
    centre = document.one("centre")
    if centre and centre.public_holidays == "closed" and centre.country is None:
        yield document.fault(
            ("centre", "public_holidays"), '"closed" without a country', "a country whose holidays are meant", "add country"
        )

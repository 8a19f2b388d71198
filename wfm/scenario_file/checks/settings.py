"""Checks of the settings."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.errors import Fault
from wfm.scenario_file.document import Document


def grid_divides_the_step(document: Document) -> Iterator[Fault]:
    plan, run = document.one("plan"), document.one("run")
    if plan and run and run.grid_minutes is not None and plan.step_minutes % run.grid_minutes:
        yield document.fault(
            ("run", "grid_minutes"), str(run.grid_minutes), f"a number that divides plan.step_minutes ({plan.step_minutes})"
        )


def breaks_need_names(document: Document) -> Iterator[Fault]:
    routing = document.one("routing")
    if routing and routing.leaving == "head_count" and routing.breaks == "shifted":
        yield document.fault(
            ("routing", "breaks"), '"shifted" beside leaving = "head_count"', "one of the two", "a head count has nobody's breaks"
        )

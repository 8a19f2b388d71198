"""Numbers on duty beside a plan of its own."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.model import Scenario


def numbers_on_duty(scenario: Scenario) -> Iterator[str]:
    if scenario.roster is not None:
        yield "on_duty: `wfm simulate` takes these numbers; a plan makes a roster of its own and does not look at them"

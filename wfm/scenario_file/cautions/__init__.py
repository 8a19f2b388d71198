"""What a planner should know of a sound scenario before planning it. A new caution is one small file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wfm.model import Scenario
from wfm.scenario_file.cautions.long_activity import long_activity
from wfm.scenario_file.cautions.nobody_skilled import nobody_skilled
from wfm.scenario_file.cautions.numbers_on_duty import numbers_on_duty
from wfm.scenario_file.cautions.out_of_reach import out_of_reach

Caution = Callable[[Scenario], Iterator[str]]

CAUTIONS: tuple[Caution, ...] = (nobody_skilled, out_of_reach, long_activity, numbers_on_duty)


def cautions(scenario: Scenario) -> tuple[str, ...]:
    """A sentence for everything that can be planned but hardly is what was meant; empty where there is nothing."""
    return tuple(sentence for caution in CAUTIONS for sentence in caution(scenario))

"""Sessions longer than any shift of somebody who must attend."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.model import Scenario, Workforce


def long_activity(scenario: Scenario) -> Iterator[str]:
    longest = _longest_shifts(scenario.workforce)
    for activity in scenario.workforce.activities:
        short = [name for name in activity.attendees if longest[name] < activity.minutes]
        if short:
            others = f" and {len(short) - 1} more" if len(short) > 1 else ""
            yield (
                f"activity {activity.name}: a session of {activity.minutes} minutes is longer than any shift of {short[0]}{others} "
                f"({longest[short[0]]} minutes), so no roster can hold it"
            )


def _longest_shifts(workforce: Workforce) -> dict[str, int]:
    """Minutes of the longest shift each agent's contract allows, by agent."""
    of_contract = {
        name: max((length for shift in workforce.templates(contract) for length in shift.lengths), default=0)
        for name, contract in workforce.contract_of.items()
    }
    return {agent.name: of_contract[agent.contract] for agent in workforce.agents}

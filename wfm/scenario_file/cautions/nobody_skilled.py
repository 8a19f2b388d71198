"""Queues that nobody can serve."""

from __future__ import annotations

from collections.abc import Iterator

from wfm.model import Scenario


def nobody_skilled(scenario: Scenario) -> Iterator[str]:
    known = {skill for agent in scenario.workforce.agents for skill in agent.skills}
    for queue in scenario.queues:
        if queue.name not in known:
            yield f"queue {queue.name}: no agent has this skill, so none of its contacts will be answered"

"""Where the roster has fewer people than required, in runs a planner can read."""

from __future__ import annotations

import numpy as np

from wfm.model import Shortfall, Solved
from wfm.model.arrays import FloatArray

LEAST = 1e-6
"""Agents; less is the noise of sharing somebody between queues."""


def missing_agents(solved: Solved) -> FloatArray:
    """Agents lacking, (queues, intervals), 0 where there are enough."""
    lack = np.maximum(solved.required.rostered - solved.present, 0.0)
    return np.where(lack > LEAST, lack, 0.0)


def spare_agents(solved: Solved) -> FloatArray:
    """Agents above the requirement, (queues, intervals), 0 where there are none."""
    over = np.maximum(solved.present - solved.required.rostered, 0.0)
    return np.where(over > LEAST, over, 0.0)


def shortfalls(solved: Solved) -> tuple[Shortfall, ...]:
    """Runs of intervals in which a queue lacks agents, the greatest first."""
    found = [run for i, queue in enumerate(solved.required.queues) for run in _runs(solved, queue, missing_agents(solved)[i])]
    return tuple(sorted(found, key=lambda run: (-round(run.agent_hours, 6), run.start, run.queue)))


def _runs(solved: Solved, queue: str, lack: FloatArray) -> list[Shortfall]:
    axis = solved.required.axis
    edges = np.flatnonzero(np.diff(np.concatenate([[0], lack > 0, [0]])))
    hours = axis.step_minutes / 60
    return [
        Shortfall(
            queue,
            axis.stamp(begin * axis.step_minutes),
            axis.stamp(end * axis.step_minutes),
            float(lack[begin:end].sum() * hours),
            float(lack[begin:end].max()),
            _relief(solved, queue, begin * axis.step_minutes, end * axis.step_minutes),
        )
        for begin, end in zip(edges[::2], edges[1::2], strict=True)
    ]


def _relief(solved: Solved, queue: str, begin: int, end: int) -> str:
    """What would help in a run of elapsed minutes, "" where that was not looked for."""
    helps = (relief.text for relief in solved.reliefs if relief.queue == queue and relief.start < end and begin < relief.end)
    return "; or ".join(helps)

"""Paid hours and what they cost, read from the roster."""

from __future__ import annotations

from wfm.model import Solved


def paid_hours(solved: Solved) -> float:
    """Paid hours of all shifts in the roster."""
    return sum(shift.paid_minutes for shift in solved.roster.shifts) / 60


def cost(solved: Solved) -> float:
    """Paid hours × the contract's cost per hour, summed over the roster, in the centre's currency."""
    contracts = solved.workforce.contract_of
    rate = {agent.name: contracts[agent.contract].cost_per_hour for agent in solved.workforce.agents}
    return sum(shift.paid_minutes / 60 * rate[shift.agent] for shift in solved.roster.shifts)

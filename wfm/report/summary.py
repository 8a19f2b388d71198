"""summarise(): everything that is told of a plan, each figure with its doubt and its definition."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from wfm.model import LedgerRow, Measure, Outcome, Result, Solved, Summary
from wfm.model.arrays import FloatArray
from wfm.report.journeys import journey_measures
from wfm.report.money import cost, paid_hours
from wfm.report.ratios import simulated
from wfm.report.shortfall import missing_agents, shortfalls, spare_agents
from wfm.report.totals import day_totals
from wfm.report.training import ledger, training_hours

UNDER = "agents rostered below the requirement × time, summed over intervals"
OVER = "agents rostered above the requirement × time, summed over intervals"


def summarise(outcome: Outcome, solved: Solved, currency: str = "currency") -> Summary:
    """What a planner reads first: measures per queue and for the centre (queue ""), the training ledger, the shortfalls.

    Simulated figures are ratios of sums over all replications with a 95 % t interval; figures read from the roster are exact
    (low = high = value). currency: the unit of cost.
    """
    rows = ledger(solved.workforce, solved.roster)
    return Summary(measures(outcome, solved.workforce.closed) + planned(solved, rows, currency), rows, shortfalls(solved))


def measures(outcome: Outcome, closed: Collection[date] = ()) -> tuple[Measure, ...]:
    """The simulated measures alone. closed: dates on which the centre is shut."""
    return simulated(day_totals(outcome, closed), targets(outcome)) + journey_measures(outcome)


def targets(outcome: Outcome) -> dict[str, str]:
    """Each queue's target in words."""
    return {queue.name: str(queue.target) for queue in outcome.queues}


def planned(solved: Solved, rows: tuple[LedgerRow, ...], currency: str) -> tuple[Measure, ...]:
    """What the roster alone tells: hours, money, cover, training, and how good the search was."""
    cover = _cover("under_cover_hours", missing_agents(solved), solved, UNDER) + _cover(
        "over_cover_hours", spare_agents(solved), solved, OVER
    )
    trained = "attendee-hours of training and coaching "
    return (
        _exact("paid_hours", paid_hours(solved), "h", "paid hours of all shifts in the roster"),
        _exact("cost", cost(solved), currency, "paid hours × the contract's cost per hour"),
        *cover,
        _exact("training_planned_hours", training_hours(rows, "planned"), "h", trained + "demanded"),
        _exact("training_delivered_hours", training_hours(rows, "delivered"), "h", trained + "in the roster"),
        _exact("solver_gap", solved.gap, "share", "(price of the roster − proven least price) ÷ price of the roster"),
    )


def _cover(name: str, agents: FloatArray, solved: Solved, words: str) -> tuple[Measure, ...]:
    """Agent-hours of the centre and of each queue. agents: (queues, intervals)."""
    hours = agents.sum(axis=1) * solved.required.axis.step_minutes / 60
    queues = zip(solved.required.queues, hours, strict=True)
    return (_exact(name, float(hours.sum()), "h", words), *(_exact(name, float(own), "h", words, queue) for queue, own in queues))


def _exact(name: str, value: float, unit: str, definition: str, queue: str = "") -> Measure:
    return Measure(name, queue, value, value, value, unit, definition)


def in_currency(result: Result, currency: str) -> Result:
    """The result with its cost in the centre's currency, where the summary was made without knowing it; "" changes nothing."""
    if result.summary is None or not currency:
        return result
    told = tuple(replace(m, unit=currency) if m.name == "cost" else m for m in result.summary.measures)
    return replace(result, summary=replace(result.summary, measures=told))

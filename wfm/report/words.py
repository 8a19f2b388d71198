"""Figures and findings in plain words."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from datetime import datetime

from wfm.model import Measure, Outcome, Reason, Result, Summary
from wfm.report import journeys
from wfm.report.nobody import NONE, WORDS, nobody_came, says_nothing
from wfm.report.ratios import RATIOS

SIMULATED = {ratio.name: ratio.label for ratio in RATIOS}
LABELS = {
    **SIMULATED,
    **journeys.LABELS,
    "paid_hours": "Paid hours",
    "cost": "Cost",
    "under_cover_hours": "Agent-hours short",
    "over_cover_hours": "Agent-hours above the requirement",
    "training_planned_hours": "Training demanded",
    "training_delivered_hours": "Training delivered",
    "solver_gap": "Gap to the proven bound",
}


_MINUS_ZERO = re.compile(r"-0(\.0+)?(?![\d.])")


def label(measure: Measure) -> str:
    """Heading of a measure; e-mail is answered within its due time."""
    due = measure.name.startswith("service_level") and measure.definition.startswith("within due time")
    return LABELS[measure.name].replace("Service level", "Within due time") if due else LABELS[measure.name]


def figure(value: float, unit: str) -> str:
    """A value with its unit as people read it."""
    if not math.isfinite(value):
        return NONE
    if unit == "share":
        return unsigned_zero(f"{value:.1%}")
    if unit == "s":
        return duration(value)
    if unit == "h":
        return unsigned_zero(f"{value:,.1f} h")
    return unsigned_zero(f"{value:,.0f}" if unit == "contacts" else f"{value:,.0f} {unit}".strip())


def unsigned_zero(text: str) -> str:
    """A number without the minus that rounding leaves before a zero: -0.0% is 0.0%."""
    return text[1:] if _MINUS_ZERO.match(text) else text


def duration(seconds: float) -> str:
    if abs(seconds) < 120:
        return unsigned_zero(f"{seconds:.1f} s")
    return f"{seconds / 60:.1f} min" if abs(seconds) < 7200 else f"{seconds / 3600:.1f} h"


def shown(measure: Measure, empty: Collection[str] = ()) -> str:
    """The value of a measure as people read it; a dash where it says nothing. empty: queues to which nobody came."""
    return NONE if says_nothing(measure, empty) else figure(measure.value, measure.unit)


def spread(measure: Measure, empty: Collection[str] = ()) -> str:
    """The 95 % interval in words; "" for figures that are known, not measured. empty: queues to which nobody came."""
    if says_nothing(measure, empty):
        return WORDS
    if not math.isfinite(measure.value):
        return "undefined: contacts came, none is counted" if measure.name in SIMULATED else ""
    if measure.low == measure.high == measure.value:
        return "the same in every run" if measure.name in SIMULATED else ""
    if not (math.isfinite(measure.low) and math.isfinite(measure.high)):
        return "one replication: no interval"
    return f"{figure(measure.low, measure.unit)} – {figure(measure.high, measure.unit)}"


def told(measure: Measure, empty: Collection[str] = ()) -> str:
    """The value with its interval in one breath. empty: queues to which nobody came."""
    between = spread(measure, empty)
    return f"{shown(measure, empty)} ({between})" if between else shown(measure, empty)


def verdict(measure: Measure, target: float, empty: Collection[str] = ()) -> str:
    """Whether a share reaches its target as far as the simulation can tell. empty: queues to which nobody came."""
    if says_nothing(measure, empty):
        return WORDS
    if not math.isfinite(measure.value):
        return "undefined"
    if measure.low >= target:
        return "reached"
    return "missed" if measure.high < target else "too close to call"


def stamp(text: str) -> str:
    """A local ISO stamp as people read it: Tue 3 Mar 10:00."""
    moment = datetime.fromisoformat(text)
    return f"{moment:%a} {moment.day} {moment:%b %H:%M}"


def headline(result: Result) -> tuple[str, ...]:
    """The plan in a few sentences, what matters most first."""
    if result.summary is None or result.outcome is None:
        return (_without_roster(result.solved.reason),)
    return (_service(result.summary, result.outcome), _training(result.summary), _cover(result.summary), _money(result.summary))


def _without_roster(reason: Reason) -> str:
    if reason is Reason.INFEASIBLE:
        return "There is no roster: the hard rules contradict each other. What to change is listed below."
    return "The search ended without a roster. More effort, more people or fewer fixed dates may help."


def _service(summary: Summary, outcome: Outcome) -> str:
    days, empty = summary.find("day_meets_target"), nobody_came(summary.measures)
    if "" in empty:
        return "No contact came in any simulated run: there is no service to tell of."
    if len(outcome.queues) == 1:
        queue = outcome.queues[0]
        found = summary.find("service_level", queue.name)
        what = f"{queue.name}: {told(found)} against a target of {queue.target}, {verdict(found, queue.target.share)}"
        return f"{what}; {told(days)} of days meet it."
    levels = {queue.name: (summary.find("service_level", queue.name), queue.target.share) for queue in outcome.queues}
    verdicts = {name: verdict(*found, empty) for name, found in levels.items()}
    reached = sum(found == "reached" for found in verdicts.values())
    rest = [f"{name}: {found}" for name, found in verdicts.items() if found != "reached"]
    tail = f" ({'; '.join(rest)})" if rest else ""
    return f"{reached} of {len(verdicts)} queues reach their target{tail}; on {told(days)} of days every queue meets its own."


def _training(summary: Summary) -> str:
    planned, given = (summary.find(f"training_{part}_hours").value for part in ("planned", "delivered"))
    owed, lost = (sum(getattr(row, part) for row in summary.ledger) for part in ("owed", "cancelled"))
    if not summary.ledger:
        return "No training was demanded."
    if owed + lost < 1e-9:
        return f"Every activity demanded stands in the roster, all {planned:,.1f} hours of training and coaching among them."
    missing = f"{lost:,.1f} attendee-hours are cancelled, {owed:,.1f} still owed"
    return f"{given:,.1f} of {planned:,.1f} hours of training and coaching stand in the roster; of all activities {missing}."


def _cover(summary: Summary) -> str:
    short = summary.find("under_cover_hours").value
    if not summary.shortfalls:
        return "No interval has fewer agents than required."
    return f"{short:,.1f} agent-hours are missing, in {stretches(len(summary.shortfalls))} of time."


def stretches(number: int) -> str:
    """How many runs of intervals, in words."""
    return f"{number:,} stretch{'' if number == 1 else 'es'}"


def _money(summary: Summary) -> str:
    cost, hours = summary.find("cost"), summary.find("paid_hours")
    if cost.value <= 0:
        return f"The roster holds {hours.value:,.0f} paid hours."
    return f"The roster costs {figure(cost.value, cost.unit)} for {hours.value:,.0f} paid hours."

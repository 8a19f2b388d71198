"""A calibrated centre as a scenario folder: what `wfm simulate` and every other verb can read."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import tomli_w

from wfm.calibration.calibrate import CONTRACT, ROUTING, Calibrated
from wfm.model import Kind, Law, Queue, Target

CALLS = "calls.csv"
QUARTER = 15
FULL_DAY = 1440
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def scenario_toml(centre: Calibrated, name: str) -> str:
    """The scenario file. Beside it belong `calls_csv` under the name `CALLS`, and the roster, which the scenario does not name."""
    axis = centre.log.axis
    head = f"# Made by `wfm calibrate`: a turn-round of {centre.turn_round_s:g} s is part of every handle time.\n"
    head += "# Simulate the log's own calls and people with `wfm simulate scenario.toml --roster roster.csv`.\n\n"
    document: dict[str, Any] = {
        "centre": {"name": name, "timezone": axis.timezone},
        "plan": {"start": axis.start, "days": axis.days, "step_minutes": axis.step_minutes},
        "forecast": {"imported": CALLS},
        "routing": {"policy": ROUTING},
        "run": {"forecast_method": "imported", "backtest_origins": 0},
        "queue": [_queue(queue, _opening(centre)) for queue in centre.queues],
        **_contract(centre),
        "agent": [
            {"name": agent.name, "contract": CONTRACT, "skills": list(agent.skills), "traits": [_trait(skill) for skill in agent.traits]}
            for agent in centre.agents
        ],
    }
    return head + tomli_w.dumps(document)


def calls_csv(centre: Calibrated) -> str:
    """Calls by interval and kind: interval_start, queue, contacts."""
    axis, text = centre.log.axis, io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("interval_start", "queue", "contacts"))
    stamps = [axis.stamp(minute) for minute in axis.interval_minutes]
    for kind, name in enumerate(centre.log.kinds):
        rows.writerows((stamp, name, f"{count:g}") for stamp, count in zip(stamps, centre.forecast.mean[kind], strict=True))
    return text.getvalue()


def on_duty_csv(centre: Calibrated) -> str:
    """Mean number of agents on duty by interval: interval_start, agents."""
    axis = centre.log.axis
    rows = [f"{axis.stamp(minute)},{agents:.3f}" for minute, agents in zip(axis.interval_minutes, centre.on_duty(), strict=True)]
    return "\n".join(("interval_start,agents", *rows, ""))


def _opening(centre: Calibrated) -> dict[str, str]:
    """Whole hours of each weekday between the earliest and the latest call."""
    axis, told = centre.log.axis, {}
    interval = np.minimum((centre.log.asked_s // (axis.step_minutes * 60)).astype(int), axis.n_intervals - 1)
    hour, weekday = axis.wall_minute[interval] // 60, axis.weekday[axis.day[interval]]
    for number, name in enumerate(WEEKDAYS):
        seen = hour[weekday == number]
        if len(seen):
            told[name] = f"{seen.min():02}:00-{seen.max() + 1:02}:00"
    return told


def _queue(queue: Queue, opening: dict[str, str]) -> dict[str, Any]:
    journey = queue.journey
    told: dict[str, Any] = {"name": queue.name, "open": opening, "target": _target(queue.target), "handle": round(queue.handle_s, 3)}
    if queue.patience_s is not None:
        told["patience"] = round(queue.patience_s, 3)
    told |= {key: _law(law) for key, law in (("handle_law", journey.handle), ("patience_law", journey.patience)) if law}
    if len(journey.segments) > 1:
        told["segments"] = [{"name": one.name, "share": one.share, "credit": one.credit_s} for one in journey.segments]
    return told


def _target(target: Target) -> dict[str, Any]:
    return {"share": target.share, "within": target.within_s, "definition": str(target.definition)}


def _law(law: Law) -> dict[str, Any]:
    return {"kind": law.kind, "points": list(law.points)} if law.points else {"kind": law.kind, "mean": law.mean_s}


def _trait(skill: Any) -> dict[str, Any]:
    return {"queue": skill.queue, "handle_factor": skill.handle_factor}


def _contract(centre: Calibrated) -> dict[str, list[dict[str, Any]]]:
    """A contract as wide as what was seen, so that the log's roster belongs to the scenario; to plan with it, put in your own."""
    starts = centre.log.axis.day_starts
    begins = [shift.start - int(starts[shift.day]) for shift in centre.roster.shifts] or [0]
    lengths = [shift.end - shift.start for shift in centre.roster.shifts] or [8 * 60]
    away = [part.minutes for shift in centre.roster.shifts for part in shift.segments if part.kind is Kind.BREAK] or [QUARTER]
    usual = sorted({_quarters(float(np.quantile(lengths, share)), QUARTER) for share in (0.25, 0.5, 0.75)})
    rest = min(_quarters(float(np.median(away)), QUARTER), usual[0] - QUARTER) or QUARTER
    first, last = (min(_quarters(float(np.quantile(begins, share)), 0), FULL_DAY - QUARTER) for share in (0.05, 0.95))
    shift = {"name": "as seen", "start_from": _clock(first), "start_to": _clock(max(last, first)), "start_step": QUARTER}
    window = {"earliest": "0m", "latest": f"{max(usual[0] - rest, 0)}m"}
    breaks = [{"name": "away", "minutes": rest, **window}] if usual[0] > 2 * QUARTER else []
    return {
        "contract": [{"name": CONTRACT, "shifts": ["as seen"], "max_hours_week": 60, "max_days_week": 7, "rest_hours": 8}],
        "shift": [shift | {"lengths": [f"{length}m" for length in usual], "breaks": breaks}],
    }


def _quarters(minutes: float, least: int) -> int:
    return min(max(round(minutes / QUARTER) * QUARTER, least), FULL_DAY)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"

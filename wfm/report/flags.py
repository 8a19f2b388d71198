"""The flag on every scenario that looks better because it trains less."""

from __future__ import annotations

from collections.abc import Sequence

from wfm.report.comparison import Flag, Row
from wfm.report.pairing import same_days
from wfm.report.run_figures import RunFigures

LEAST = 1e-6


def training_flags(runs: Sequence[RunFigures], rows: Sequence[Row]) -> tuple[Flag, ...]:
    """A flag for each run that gains (service shown to be up, or cost or paid hours down) with less training than the first.

    Less training means that fewer attendee-hours are demanded, or fewer delivered. Plans of other dates are told apart elsewhere: their
    hours and costs say nothing of each other.
    """
    named = {(row.measure, row.queue): row for row in rows}
    found = []
    for i, run in enumerate(runs[1:], start=1):
        gains, cuts = _gains(named, i, run), _cuts(run, runs[0])
        if gains and cuts and same_days(run, runs[0]):
            text = f"{run.name} has {_and(gains)} than {runs[0].name}, but {_and(cuts)}: it gains by cutting training."
            found.append(Flag(run.name, text))
    return tuple(found)


def _gains(named: dict[tuple[str, str], Row], run: int, figures: RunFigures) -> list[str]:
    service = named["service_level", ""]
    gains = []
    if service.verdict(run) == "more":
        gains.append(f"{service.differences[run].value * 100:.1f} points more service level")
    lower = [
        f"{-row.differences[run].value:,.1f} {unit}"
        for row, unit in ((named["cost", ""], f"{figures.currency} less cost"), (named["paid_hours", ""], "fewer paid hours"))
        if row.differences[run].value < -LEAST
    ]
    return gains + lower


def _cuts(run: RunFigures, first: RunFigures) -> list[str]:
    pairs = (
        (first.training_planned_hours - run.training_planned_hours, "demanded"),
        (first.training_delivered_hours - run.training_delivered_hours, "delivered"),
    )
    return [f"{lost:,.1f} fewer training hours are {what}" for lost, what in pairs if lost > LEAST]


def _and(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)

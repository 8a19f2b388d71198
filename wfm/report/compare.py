"""compare(): any number of runs against the first, paired by replication."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import replace

from scipy.stats import t as student

from wfm.report.comparison import Comparison, Row, names_of
from wfm.report.estimates import LEVEL, Estimate, error, exact, influence, interval
from wfm.report.flags import training_flags
from wfm.report.pairing import same_contacts, same_days, stranger
from wfm.report.ratios import RATIOS, Ratio, worded
from wfm.report.run_figures import RunFigures
from wfm.report.service import Columns
from wfm.report.summary import OVER, UNDER
from wfm.report.totals import centre_columns, queue_columns, queues_in

EXACT: tuple[tuple[str, str, str, int, str], ...] = (
    ("paid_hours", "Paid hours", "h", -1, "paid hours of all shifts in the roster"),
    ("cost", "Cost", "currency", -1, "paid hours × the contract's cost per hour"),
    ("under_cover_hours", "Agent-hours short", "h", -1, UNDER),
    ("over_cover_hours", "Agent-hours above the requirement", "h", 0, OVER),
    ("training_planned_hours", "Training demanded", "h", 1, "attendee-hours of training and coaching demanded"),
    ("training_delivered_hours", "Training delivered", "h", 1, "attendee-hours of training and coaching in the roster"),
)
"""Rows read from the rosters: attribute of `RunFigures`, label, unit, which way is better, definition."""


def compare(runs: Sequence[RunFigures]) -> Comparison:
    """Each run against the first. Raises ValueError for no runs.

    Runs with the same seed meet the same contacts in the same replication (common random numbers), so that differences are taken
    replication by replication and their 95 % t intervals are narrow; otherwise the intervals are those of independent runs: see `stranger`.
    """
    if not runs:
        raise ValueError("nothing to compare")
    runs = [replace(run, name=name) for run, name in zip(runs, names_of([run.name for run in runs]), strict=True)]
    runs, notes = _even(runs)
    apart = {run.name: why for run in runs[1:] if (why := stranger(run, runs[0]))}
    notes += [f"compared with {runs[0].name} as independent runs: {name} ({why})" for name, why in apart.items()]
    rows = [_simulated_row(ratio, queue, runs, apart) for queue in ("", *_shared_queues(runs)) for ratio in RATIOS if ratio.fits(queue)]
    rows += [_exact_row(name, label, unit, better, words, runs) for name, label, unit, better, words in EXACT if _known(name, runs)]
    return Comparison(tuple(run.name for run in runs), tuple(rows), training_flags(runs, rows), tuple(notes), tuple(apart))


def _even(runs: Sequence[RunFigures]) -> tuple[list[RunFigures], list[str]]:
    """The runs cut to the replications that all have, and what that means for the reader."""
    fewest = min(run.replications for run in runs)
    notes = [f"compared on the first {fewest} replications, which all runs have"] if any(r.replications > fewest for r in runs) else []
    runs = [run.first(fewest) for run in runs]
    others = [run.name for run in runs[1:] if run.seed == runs[0].seed and same_days(run, runs[0]) and not same_contacts(run, runs[0])]
    if others:
        why = "another forecast or demand, which is part of the difference"
        notes.append(f"other contacts arrive than in {runs[0].name} ({why}): {', '.join(others)}")
    if len({run.currency for run in runs}) > 1:
        notes.append("the runs count money in different currencies: their costs cannot be compared")
    lost = sorted({queue for run in runs for queue in queues_in(run.totals)} - set(_shared_queues(runs)))
    if lost:
        notes.append(f"queues that not every run has are in the centre's figures only: {', '.join(lost)}")
    return runs, notes


def _known(name: str, runs: Sequence[RunFigures]) -> bool:
    return any(math.isfinite(getattr(run, name)) for run in runs)


def _shared_queues(runs: Sequence[RunFigures]) -> tuple[str, ...]:
    others = [set(queues_in(run.totals)) for run in runs[1:]]
    return tuple(queue for queue in queues_in(runs[0].totals) if all(queue in other for other in others))


def _simulated_row(ratio: Ratio, queue: str, runs: Sequence[RunFigures], apart: Container[str]) -> Row:
    columns = [queue_columns(r.totals, queue) if queue else centre_columns(r.totals, live_only=ratio.live) for r in runs]
    values = tuple(ratio.estimate(found) for found in columns)
    others = [_difference(ratio, columns[0], found, run.name not in apart) for run, found in zip(runs[1:], columns[1:], strict=True)]
    words = worded(ratio, columns[0], runs[0].targets.get(queue, ""))
    return Row(ratio.name, queue, ratio.label, ratio.unit, words, ratio.better, values, (exact(0.0), *others))


def _difference(ratio: Ratio, first: Columns, other: Columns, paired: bool) -> Estimate:
    """Other − first with a 95 % interval: paired by replication, or Welch's for independent runs."""
    sides = [(ratio.top(columns), ratio.bottom(columns)) for columns in (first, other)]
    value = ratio.value(other) - ratio.value(first)
    before, after = (influence(top, bottom, ratio.empty) for top, bottom in sides)
    if paired or len(before) < 2:
        return interval(value, after - before, volume=first.get("volume"))
    return _welch(value, *(error(errors, columns.get("volume")) for errors, columns in ((before, first), (after, other))))


def _welch(value: float, before: tuple[float, float], after: tuple[float, float]) -> Estimate:
    """before, after: standard error and its degrees of freedom."""
    (one, one_free), (two, two_free) = before, after
    spread = one**2 + two**2
    if not spread > 0:
        return exact(value)
    freedom = spread**2 / (one**4 / one_free + two**4 / two_free)
    half = float(student.ppf((1 + LEVEL) / 2, freedom)) * math.sqrt(spread)
    return Estimate(value, value - half, value + half)


def _exact_row(name: str, label: str, unit: str, better: int, words: str, runs: Sequence[RunFigures]) -> Row:
    values = tuple(float(getattr(run, name)) for run in runs)
    unit = runs[0].currency if unit == "currency" else unit
    return Row(name, "", label, unit, words, better, tuple(map(exact, values)), tuple(exact(value - values[0]) for value in values))

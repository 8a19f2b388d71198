"""report.html: the plan on one page that needs nothing else, for the planner and the printer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from wfm.model import Measure, Outcome, Result, Roster, Summary
from wfm.report import figures, words
from wfm.report.looped import loop_rows
from wfm.report.nobody import nobody_came
from wfm.report.summary import in_currency

CARDS = ("service_level", "day_meets_target", "asa_s", "waiting_over_120s", "abandonment", "occupancy", "under_cover_hours", "cost")
BY_QUEUE = ("service_level", "day_meets_target", "asa_s", "mean_wait_s", "waiting_over_120s", "abandonment", "unanswered", "offered")
MOST_SHORTFALLS = 25
MOST_AGENTS = 40


def report_html(result: Result, manifest: Mapping[str, Any]) -> str:
    """The page. manifest: scenario, currency, seed, versions … as in the run folder; what is not there is left out.

    Where the hard rules contradict each other it holds the conflicts instead of a simulation.
    """
    result = in_currency(result, str(manifest.get("currency") or ""))
    page, empty = _environment().get_template("report.html"), nobody_came(result.summary.measures if result.summary else ())
    return page.render(
        title=manifest.get("scenario") or "Plan",
        headline=words.headline(result),
        axis=result.requirement.axis,
        result=result,
        solved=result.solved,
        summary=result.summary,
        manifest=manifest,
        cards=_cards(result.summary),
        queues=_by_queue(result.summary, result.outcome, empty),
        empty=empty,
        definitions=_definitions(result.summary),
        meanings=_meanings(result.summary),
        charts=_charts(result, empty),
        rows=loop_rows(result.loop),
        plotly=Markup(get_plotlyjs()),
        most=MOST_SHORTFALLS,
        most_agents=MOST_AGENTS,
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("wfm.report", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(figure=words.figure, shown=words.shown, spread=words.spread, label=words.label, stamp=words.stamp)
    environment.filters["stretches"] = words.stretches
    return environment


def _cards(summary: Summary | None) -> list[Measure]:
    return [summary.find(name) for name in CARDS] if summary else []


def _by_queue(summary: Summary | None, outcome: Outcome | None, empty: Collection[str]) -> list[dict[str, Any]]:
    """A row for each queue: its target, its figures, and whether the target is reached."""
    if summary is None or outcome is None:
        return []
    return [
        {
            "name": queue.name,
            "target": str(queue.target),
            "verdict": words.verdict(summary.find("service_level", queue.name), queue.target.share, empty),
            "measures": [summary.find(name, queue.name) for name in BY_QUEUE],
        }
        for queue in outcome.queues
    ]


def _meanings(summary: Summary | None) -> list[Measure]:
    """The five service levels of every queue: one day, five answers."""
    return [m for m in summary.measures if m.queue and m.name.startswith("service_level_")] if summary else []


def _definitions(summary: Summary | None) -> dict[str, str]:
    """What each figure of the page means, by its heading."""
    return {words.label(m): m.definition for m in summary.measures if not m.queue} if summary else {}


def _charts(result: Result, empty: Collection[str]) -> dict[str, list[Markup]]:
    """Every chart of the page, by the section in which it stands."""
    forecast, solved = result.forecast, result.solved
    drawn = {"forecast": [figures.forecast_by_day(forecast, queue) for queue in forecast.queues]}
    drawn["accuracy"] = [figures.accuracy_by_lead(forecast.leads, queue) for queue in dict.fromkeys(row.queue for row in forecast.leads)]
    if result.outcome and result.summary:
        drawn["coverage"] = [figures.coverage(solved, queue, chooser=True) for queue in solved.required.queues]
        drawn["roster"] = _weeks(solved.roster)
        drawn["service"] = [figures.service_days(result.outcome, queue.name) for queue in result.outcome.queues]
        shares = {queue.name: queue.target.share for queue in result.outcome.queues}
        drawn["loop"] = [figures.loop_trace(result.loop, shares, empty)] if len(result.loop) > 1 else []
        drawn["training"] = [figures.training_bars(result.summary.ledger)] if result.summary.ledger else []
    return {section: [_html(chart, f"{section}-{i}") for i, chart in enumerate(charts)] for section, charts in drawn.items()}


def _weeks(roster: Roster) -> list[go.Figure]:
    """Who works when, a picture for each week of the plan, of the first `MOST_AGENTS` agents by name."""
    names = sorted({shift.agent for shift in roster.shifts})[:MOST_AGENTS]
    return [figures.roster_heatmap(roster, first, min(7, roster.axis.days - first), names) for first in range(0, roster.axis.days, 7)]


def _html(chart: go.Figure, name: str) -> Markup:
    text = chart.to_html(full_html=False, include_plotlyjs=False, config=figures.CONFIG, div_id=name, default_width="100%")
    return Markup(text)

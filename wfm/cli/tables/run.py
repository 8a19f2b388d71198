"""What a finished run says: figures by queue, hours, training, shortfalls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wfm.cli.tables.base import say, table
from wfm.model import LedgerRow, Measure, Shortfall
from wfm.report import journeys
from wfm.report.words import LABELS, figure, label, spread, stamp, told
from wfm.store import Run

ENDED_EARLY = "ended early: this is the best roster found until then; plan again for the whole search"
MOST_ROWS = 8
MOST_HELPS = 3
JOURNEYS = tuple(journeys.LABELS)
BY_QUEUE = ("service_level", "day_meets_target", "asa_s", "waiting_over_120s", "abandonment", "offered")


def show_run(run: Run) -> None:
    """The headline figures of a run folder, and where its report lies."""
    found = run.measured
    if found:
        show_measures(found.measures, str(run.manifest["scenario"]))
        say([f"{label(m)}: {told(m)}" for m in found.measures if not m.queue and not spread(m)])
        _ledger(found.ledger)
        _shortfalls(found.shortfalls)
    show_loop(run.summary.get("loop", ()))
    if run.manifest.get("ended_early"):
        say([ENDED_EARLY])
    say([f"report: {run.path / 'report.html'}"])


def show_measures(measures: Iterable[Measure], title: str = "Simulation") -> None:
    """Simulated figures with their 95 % intervals: a line for each queue, the whole centre last."""
    by = {(m.queue, m.name): m for m in measures}
    queues = sorted({queue for queue, _ in by}, key=lambda name: (not name, name))
    rows = [[queue or "all", *(_cell(by.get((queue, name))) for name in BY_QUEUE)] for queue in queues]
    table(f"{title}: simulated, with 95 % intervals", ["queue", *(LABELS[name] for name in BY_QUEUE)], rows)
    more = [name for name in JOURNEYS if ("", name) in by]
    if more:
        rows = [[queue or "all", *(_cell(by.get((queue, name))) for name in more)] for queue in queues]
        table("What else became of them", ["queue", *(LABELS[name] for name in more)], rows)


def show_loop(steps: Sequence[Mapping[str, Any]]) -> None:
    """The trace of the simulation in the loop, a line for each roster; the one of the plan is marked."""
    if not steps:
        return
    queues = [m["queue"] for m in steps[0]["service"]]
    rows = [
        [
            f"{'▶ ' if step['chosen'] else ''}{step['number']}",
            f"{step['price']:,.0f}",
            f"{step['paid_hours']:,.1f}",
            *(_service(m) for m in step["service"]),
            f"{step['raised']} up, {step['lowered']} down",
        ]
        for step in steps
    ]
    table("Simulation in the loop (▶ the plan)", ["roster", "price", "paid hours", *queues, "then corrected, queue-hours"], rows)


def _service(measure: Mapping[str, Any]) -> str:
    found = [measure["value"], measure["low"], measure["high"]]
    return "" if None in found else "{:.1%}\n{:.1%}–{:.1%}".format(*found)


def _cell(measure: Measure | None) -> str:
    return "" if measure is None else f"{figure(measure.value, measure.unit)}\n{spread(measure)}"


def _ledger(rows: Iterable[LedgerRow]) -> None:
    hours = ("planned", "delivered", "cancelled", "owed")
    if rows:
        table(
            "Training and other activities, attendee-hours",
            ["activity", *hours],
            [[r.activity, *(f"{getattr(r, h):,.1f}" for h in hours)] for r in rows],
        )


def _shortfalls(rows: tuple[Shortfall, ...]) -> None:
    if not rows:
        say(["No interval is short of agents."])
        return
    worst = sorted(rows, key=lambda row: -row.agent_hours)[:MOST_ROWS]
    title = f"Short of agents: {sum(row.agent_hours for row in rows):,.1f} agent-hours in {len(rows)} stretches, the largest first"
    table(title, ["queue", "from", "to", "agent-hours", "most missing"], [_shortfall(row) for row in worst])
    say([*dict.fromkeys(f"What would help on {row.queue}: {row.relief}" for row in worst if row.relief)][:MOST_HELPS])


def _shortfall(row: Shortfall) -> list[str]:
    return [row.queue, stamp(row.start), stamp(row.end), f"{row.agent_hours:,.1f}", f"{row.missing:g}"]

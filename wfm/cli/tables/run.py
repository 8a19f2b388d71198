"""What a finished run says: figures by queue, hours, training, shortfalls."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from wfm.cli.tables.base import say, table
from wfm.model import LedgerRow, Measure, Shortfall
from wfm.report import journeys
from wfm.report.nobody import NONE, WORDS, nobody_came, says_nothing
from wfm.report.words import LABELS, label, shown, spread, stamp, stretches, told
from wfm.store import Run

ENDED_EARLY = "ended early: this is the best roster found until then; plan again for the whole search"
MIXED = "all: service level, waits and abandonment are of calls and chats; contacts, and days that meet the target, count e-mail too"
MOST_ROWS = 8
MOST_HELPS = 3
JOURNEYS = tuple(journeys.LABELS)
BY_QUEUE = ("service_level", "day_meets_target", "asa_s", "waiting_over_120s", "abandonment", "offered")


def show_run(run: Run) -> None:
    """The headline figures of a run folder, and where its report lies."""
    found = run.measured
    empty = nobody_came(found.measures if found else ())
    if found:
        show_measures(found.measures, str(run.manifest["scenario"]))
        say([f"{label(m)}: {told(m)}" for m in found.measures if not m.queue and not spread(m)])
        _ledger(found.ledger)
        show_shortfalls(found.shortfalls)
    show_loop(run.summary.get("loop", ()), empty)
    if run.manifest.get("ended_early"):
        say([ENDED_EARLY])
    say([f"report: {run.path / 'report.html'}"])


def show_measures(measures: Iterable[Measure], title: str = "Simulation") -> None:
    """Simulated figures with their 95 % intervals: a line for each queue, the whole centre last."""
    found = tuple(measures)
    by, empty = {(m.queue, m.name): m for m in found}, nobody_came(found)
    queues = sorted({queue for queue, _ in by}, key=lambda name: (not name, name))

    def rows(names: Iterable[str]) -> list[list[str]]:
        return [[queue or "all", *(_cell(by.get((queue, name)), empty) for name in names)] for queue in queues]

    table(f"{title}: simulated, with 95 % intervals", ["queue", *(LABELS[name] for name in BY_QUEUE)], rows(BY_QUEUE), _notes(found, empty))
    more = [name for name in JOURNEYS if ("", name) in by]
    if more:
        table("What else became of them", ["queue", *(LABELS[name] for name in more)], rows(more))


def _notes(measures: Sequence[Measure], empty: Collection[str]) -> list[str]:
    told = [f"{NONE}: {WORDS}"] if empty else []
    due = {m.queue: m.definition.startswith("within due time") for m in measures if m.name == "service_level" and m.queue}
    return told + ([MIXED] if len(set(due.values())) > 1 else [])


def show_loop(steps: Sequence[Mapping[str, Any]], empty: Collection[str] = ()) -> None:
    """The trace of the simulation in the loop, a line for each roster; the one of the plan is marked. empty: queues without contacts."""
    if not steps:
        return
    queues = [m["queue"] for m in steps[0]["service"]]
    rows = [
        [
            f"{'▶ ' if step['chosen'] else ''}{step['number']}",
            f"{step['price']:,.0f}",
            f"{step['paid_hours']:,.1f}",
            *(NONE if m["queue"] in empty else _service(m) for m in step["service"]),
            f"{step['raised']} up, {step['lowered']} down",
        ]
        for step in steps
    ]
    table("Simulation in the loop (▶ the plan)", ["roster", "price", "paid hours", *queues, "then corrected, queue-hours"], rows)


def _service(measure: Mapping[str, Any]) -> str:
    found = [measure["value"], measure["low"], measure["high"]]
    return "" if None in found else "{:.1%}\n{:.1%}–{:.1%}".format(*found)


def _cell(measure: Measure | None, empty: Collection[str]) -> str:
    if measure is None:
        return ""
    return NONE if says_nothing(measure, empty) else f"{shown(measure)}\n{spread(measure)}"


def _ledger(rows: Iterable[LedgerRow]) -> None:
    hours = ("planned", "delivered", "cancelled", "owed")
    if rows:
        table(
            "Training and other activities, attendee-hours",
            ["activity", *hours],
            [[r.activity, *(f"{getattr(r, h):,.1f}" for h in hours)] for r in rows],
        )


def show_shortfalls(rows: Sequence[Shortfall]) -> None:
    """The largest stretches short of agents, how many more there are, and what would help."""
    if not rows:
        say(["No interval is short of agents."])
        return
    worst = sorted(rows, key=lambda row: -row.agent_hours)[:MOST_ROWS]
    first = f", the {len(worst)} largest first" if len(rows) > len(worst) else ", the largest first" if len(rows) > 1 else ""
    title = f"Short of agents: {sum(row.agent_hours for row in rows):,.1f} agent-hours in {stretches(len(rows))}{first}"
    table(title, ["queue", "from", "to", "agent-hours", "most missing"], [_shortfall(row) for row in worst], _left(rows, worst), tight=True)
    say([*dict.fromkeys(f"What would help on {row.queue}: {row.relief}" for row in worst if row.relief)][:MOST_HELPS])


def _left(rows: Sequence[Shortfall], worst: Sequence[Shortfall]) -> list[str]:
    """What is not listed."""
    hours = sum(row.agent_hours for row in rows) - sum(row.agent_hours for row in worst)
    more = len(rows) - len(worst)
    return [f"and {stretches(more)} more, {hours:,.1f} agent-hours together"] if more else []


def _shortfall(row: Shortfall) -> list[str]:
    return [row.queue, stamp(row.start), stamp(row.end), f"{row.agent_hours:,.1f}", f"{row.missing:g}"]

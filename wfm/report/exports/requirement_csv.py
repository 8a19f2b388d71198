"""requirement.csv: agents needed in each interval and queue."""

from __future__ import annotations

from wfm.model import Requirement, Result
from wfm.report.exports.text import csv_bytes, guard, number

HEADER = ["interval_start", "queue", "present", "rostered", "paid", "service", "definition"]


def requirement_csv(required: Requirement) -> bytes:
    """Columns as `HEADER`; service is the share expected with exactly `present` agents, empty while closed."""
    axis = required.axis
    names = [guard(queue) for queue in required.queues]
    words = [guard(text) for text in required.definition] or [""] * len(names)
    tables = (required.present, required.rostered, required.paid, required.service)
    rows = (
        [axis.stamp(int(minute)), name, *(number(table[q, i]) for table in tables), words[q]]
        for i, minute in enumerate(axis.interval_minutes)
        for q, name in enumerate(names)
    )
    return csv_bytes(HEADER, rows)


def of_result(result: Result) -> bytes:
    return requirement_csv(result.requirement)

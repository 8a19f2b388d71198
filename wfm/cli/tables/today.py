"""The rest of the day in a table."""

from __future__ import annotations

from typing import Any

from wfm.cli.tables.base import say, table


def show_rests(document: dict[str, Any]) -> None:
    """Contacts so far and still to come, as published and as they look now."""
    rows = [
        [row["queue"], *(f"{row[key]:,.0f}" for key in ("published_so_far", "actual_so_far", "published_rest", "mean_rest")), _change(row)]
        for row in document["queues"]
    ]
    columns = ["queue", "so far, published", "came", "rest, published", "now", "change"]
    table(f"{document['day']}, known until {document['known_until']}", columns, rows)
    notes = dict.fromkeys(f"note: {row['queue']}: {note}" for row in document["queues"] for note in row["notes"])
    say([*notes, *(f"wrote {path}" for path in document["written"])])


def _change(row: dict[str, Any]) -> str:
    return f"{row['mean_rest'] / row['published_rest'] - 1:+.1%}" if row["published_rest"] > 0 else "–"

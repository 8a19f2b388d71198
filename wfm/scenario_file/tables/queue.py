"""Queues and their targets."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from wfm.model import OpeningHours
from wfm.scenario_file.durations import seconds_or_zero
from wfm.scenario_file.kinds import Chance, Name, Opening, Patience, Seconds, SecondsOrZero, Share, Words
from wfm.scenario_file.tables.base import Table
from wfm.scenario_file.wrong import Wrong, wrong

TEXT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*%?\s*/\s*(\S.*?)\s*")


class TargetTable(Table):
    """The service a queue promises."""

    share: Chance = Field(0.8, description="Share of contacts to be served in time.")
    within: SecondsOrZero = Field(20.0, description="Longest wait that counts as in time; for e-mail the due time.")
    definition: Literal["offered", "answered", "abandons_met", "abandons_excluded", "virtual"] = Field(
        "offered",
        description="Which share is meant; T is `within`. offered: served within T ÷ offered. answered: served within T ÷ served. "
        "abandons_met: (served + abandoned within T) ÷ offered. abandons_excluded: served within T ÷ (offered − abandoned within T). "
        "virtual: would be served within T if nobody hung up.",
    )
    max_occupancy: Annotated[float, Field(gt=0, le=1), Words("share, above 0 up to 1")] = Field(
        1.0, description="Cap on busy ÷ present time; 1 for none."
    )
    asa: Seconds | None = Field(None, description="Longest mean wait of the answered, beside the share; none where left out.")
    abandonment: Chance | None = Field(
        None, description="Largest share of contacts that may abandon, beside the share; none where left out."
    )


def target(value: Any) -> Any:
    """ "80/20" (80 % within 20 seconds) or "90/4h" as a table; a table as it is. Raises Wrong."""
    if isinstance(value, dict | TargetTable):
        return value
    match = TEXT.fullmatch(value) if isinstance(value, str) else None
    expected = '"80/20" (80 % within 20 seconds), "90/4h", or a table with share and within'
    if match is None:
        raise wrong(value, expected)
    if not 1 <= float(match[1]) < 100:
        raise wrong(value, f"a percentage from 1 to below 100 before the stroke: {expected}", "80/20 means 80 %")
    try:
        return {"share": float(match[1]) / 100, "within": seconds_or_zero(float(match[2]) if match[2].isdigit() else match[2])}
    except Wrong:
        raise wrong(value, expected) from None


Promise = Annotated[TargetTable, BeforeValidator(target), Words('"80/20", or a table (see below)')]


class QueueTable(Table):
    """A contact type with its target."""

    name: Name = Field(description="Name of the queue, as skills and the history use it.")
    channel: Literal["voice", "chat", "email"] = Field("voice", description="Kind of contact.")
    open: Opening = Field(
        OpeningHours.always(),
        description='When the queue is open: "24/7", {mon-fri = "08:00-20:00", sat = "09:00-12:00, 13:00-15:00"}, or the same as text '
        '"mon-fri 08:00-20:00; sat 09:00-14:00". Spans of several rows for one day are added.',
    )
    target: Promise = Field(TargetTable(), description="Service promised.")
    handle: Seconds = Field(
        300.0, description="Mean handle time (talk + hold + wrap) where the history has none; for chat, of one chat at full concurrency."
    )
    handle_cv: float = Field(
        1.0, ge=0, le=10, description="Standard deviation ÷ mean of the handle time; 1 is exponential, others lognormal."
    )
    patience: Patience = Field(None, description='Mean time until a waiting customer hangs up; left out or "never": nobody does.')
    concurrency: int = Field(1, ge=1, le=20, description="Contacts an agent holds at once; above 1 only for chat.")
    contacts_per_hour: float | None = Field(None, ge=0, le=1e6, description="Constant volume while open, for a queue without history.")
    priority: int = Field(1, ge=1, le=99, description="1 is served first.")
    min_agents: int = Field(0, ge=0, le=10_000, description="Least number of agents present while open.")
    model: Literal["auto", "C", "A", "X", "chat", "deferred"] = Field(
        "auto",
        description='Staffing model. "C": Erlang C, nobody hangs up; "A": Erlang A; "X": A with redials; "chat": several chats at once; '
        '"deferred": work that may wait until it is due; "auto": by `[staffing]` or the channel.',
    )
    redial_share: Share = Field(0.0, description='Share of those who hang up that call again soon; makes "auto" choose model X.')
    redial_after: SecondsOrZero = Field(600.0, description="Mean time until they do, in the simulation.")
    redial_limit: int = Field(5, ge=0, le=50, description="Most times one contact is tried again, in the simulation.")
    balking: Share = Field(0.0, description="Share of those not served at once who hang up at once, in the simulation.")

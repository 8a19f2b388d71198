"""Queues and what becomes of their contacts."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from wfm.model import OpeningHours
from wfm.scenario_file.by_time import ByTime
from wfm.scenario_file.kinds import Name, Opening, Patience, Seconds, SecondsOrZero, Share
from wfm.scenario_file.tables.base import Table
from wfm.scenario_file.tables.journey import MenuTable, OfferTable, Part, RepeatTable, SegmentTable, Shape, Time, TransferTable
from wfm.scenario_file.tables.target import Promise, TargetTable


class QueueTable(Table):
    """A contact type with its target."""

    name: Name = Field(description="Name of the queue, as skills and the history use it.")
    channel: Literal["voice", "chat", "email"] = Field("voice", description="Kind of contact.")
    open: Opening = Field(
        OpeningHours.always(),
        description='When the queue is open: "24/7", {mon-fri = "08:00-20:00", sat = "09:00-12:00, 13:00-15:00"}, or the same as text '
        '"mon-fri 08:00-20:00; sat 09:00-14:00". Spans of several rows for one day are added.',
    )
    target: Promise = Field(TargetTable.model_validate({}), description="Service promised.")
    handle: Seconds = Field(
        300.0, description="Mean handle time (talk + hold + wrap) where the history has none; for chat, of one chat at full concurrency."
    )
    handle_cv: float = Field(
        1.0, ge=0, le=10, description="Standard deviation ÷ mean of the handle time; 1 is exponential, others lognormal."
    )
    patience: Patience = Field(None, description='Mean time until a waiting customer hangs up; left out or "never": nobody does.')
    concurrency: int = Field(1, ge=1, le=20, description="Contacts an agent holds at once; above 1 only for chat.")
    chat_slowdown: float = Field(
        0.0,
        ge=0,
        le=1,
        description="How much longer a chat takes for every further one its agent holds, as a share of its time alone; `handle` stays that "
        "at full concurrency.",
    )
    contacts_per_hour: float | None = Field(None, ge=0, le=1e6, description="Constant volume while open, for a queue without history.")
    family: Name | None = Field(
        None, description="Queues of one family that have few contacts are forecast together and split by their slow shares."
    )
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
    contacts_by_time: ByTime = Field(
        (), description='Contacts per hour by time of day, instead: {"08:00-09:00" = 100, "09:00-12:00" = 150}; none outside these spans.'
    )
    handle_by_time: ByTime = Field(
        (), description="Mean handle time in seconds by time of day, where the history has none; `handle` at others."
    )
    patience_by_time: ByTime = Field(
        (), description="Mean patience in seconds of those who come then, by time of day; `patience`, which must be stated, at other times."
    )
    handle_law: Shape | None = Field(
        None, description="How handle times vary about their mean, instead of `handle_cv`. Points, if it has any, give the mean as well."
    )
    wrap: Time | None = Field(None, description="After-call work: a part of the handle time for which the customer has gone.")
    patience_law: Shape | None = Field(None, description="How patience varies about its mean; exponential where left out.")
    trunks: Name | None = Field(None, description="Name of the `[[trunks]]` by which contacts come; they never run out where left out.")
    menu: MenuTable | None = Field(None, description="What comes before the queue (see below).")
    places: int | None = Field(None, ge=0, le=1_000_000, description="Most contacts that may wait; further ones get the busy signal.")
    busy_redial_share: Part = Field(0.0, description="Share of those with a busy signal that call again, at most `redial_limit` times.")
    redial_law: Shape | None = Field(
        None, description="How the time until a redial varies about `redial_after`; exponential where left out."
    )
    transfers: list[TransferTable] = Field([], max_length=20, description="Who is passed on to other queues (see below).")
    repeat: RepeatTable | None = Field(None, description="Who comes again because nothing was settled (see below).")
    disconnect: Share = Field(0.0, description="Share cut off somewhere in mid-talk, who call again.")
    offer: OfferTable | None = Field(None, description="A call back or a message left, instead of waiting (see below).")
    segments: list[SegmentTable] = Field([], max_length=20, description="Kinds of customers (see below).")
    gives_way: bool = Field(
        False,
        description="Laid aside when a contact of another queue, one that does not give way, finds none of its agents free; taken up again "
        "later. For e-mail and back-office work.",
    )
    backlog: int = Field(
        0, ge=0, le=1_000_000, description="Contacts that are there when the plan begins (when the queue is first served, unless e-mail)."
    )
    keep_free: int = Field(
        0, ge=0, le=10_000, description="Taken only by agents of whose group (same skills) so many others are free; for work that can wait."
    )

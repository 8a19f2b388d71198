"""The work: queues with their targets, and the activities that take people off the queues."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wfm.model.calendar import OpeningHours
from wfm.model.life import Journey
from wfm.model.target import Target


class Channel(StrEnum):
    VOICE = "voice"
    CHAT = "chat"
    EMAIL = "email"


@dataclass(frozen=True)
class Queue:
    """A contact type with its target.

    handle_s: mean handle time (talk + hold + wrap) where the history has none; for chat, of one chat while an agent holds
    `concurrency` of them. handle_cv: standard deviation ÷ mean of the handle time, 1 means exponential, else lognormal.
    patience_s: mean of the exponential time until a waiting contact leaves, None means never. contacts_per_hour: constant
    volume while open, for a queue without history. priority: 1 is served first. min_agents: least present while open. model: name of
    the staffing model, "auto" chooses it by the channel. redial_share: share of those who abandon that call again soon,
    after redial_after_s on average (exponential), at most redial_limit times. balk_share: share of those not served at once who leave at
    once. journey: whatever else a contact may go through. contacts_by_time: (from, to, contacts per hour) in wall-clock minutes;
    contacts_per_hour is then the mean of a day. handle_by_time: (from, to, handle_s) likewise, handle_s at other times. chat_slowdown:
    how much longer a chat takes for every further one in hand, as a share of its time alone: with k in hand handle_s·slowness(k).
    """

    name: str
    channel: Channel = Channel.VOICE
    target: Target = Target()
    hours: OpeningHours = field(default_factory=OpeningHours.always)
    handle_s: float = 300.0
    handle_cv: float = 1.0
    patience_s: float | None = None
    concurrency: int = 1
    contacts_per_hour: float | None = None
    priority: int = 1
    min_agents: int = 0
    model: str = "auto"
    redial_share: float = 0.0
    redial_after_s: float = 600.0
    redial_limit: int = 5
    balk_share: float = 0.0
    journey: Journey = field(default_factory=Journey)
    contacts_by_time: tuple[tuple[int, int, float], ...] = ()
    handle_by_time: tuple[tuple[int, int, float], ...] = ()
    chat_slowdown: float = 0.0

    def __post_init__(self) -> None:
        for name, low in (("redial_after_s", 0.0), ("redial_limit", 0)):
            if not getattr(self, name) >= low:
                raise ValueError(f"queue {self.name}: {name} must not be negative, got {getattr(self, name)}")
        if not 0 <= self.balk_share <= 1:
            raise ValueError(f"queue {self.name}: balk_share must be a share from 0 to 1, got {self.balk_share}")
        if not 0 <= self.redial_share < 1:
            raise ValueError(f"queue {self.name}: redial_share must be at least 0 and below 1, got {self.redial_share}")
        for name, low in (("handle_s", 0.0), ("handle_cv", -1e-9), ("concurrency", 0)):
            if not getattr(self, name) > low:
                raise ValueError(f"queue {self.name}: {name} must be above {max(low, 0):g}, got {getattr(self, name)}")
        if self.patience_s is not None and not self.patience_s > 0:
            raise ValueError(f"queue {self.name}: patience_s must be above 0 or left out, got {self.patience_s}")
        if self.concurrency > 1 and self.channel is not Channel.CHAT:
            raise ValueError(f"queue {self.name}: only chat can have concurrency above 1")
        if not 0 <= self.chat_slowdown <= 1:
            raise ValueError(f"queue {self.name}: chat_slowdown must be a share from 0 to 1, got {self.chat_slowdown}")

    def slowness(self, in_hand: int) -> float:
        """Mean time of a chat while its agent holds so many ÷ handle_s, which is that at full concurrency."""
        return (1 + self.chat_slowdown * (in_hand - 1)) / (1 + self.chat_slowdown * (self.concurrency - 1))


class ActivityKind(StrEnum):
    TRAINING = "training"
    COACHING = "coaching"
    MEETING = "meeting"
    OTHER = "other"


@dataclass(frozen=True)
class Room:
    """Where sessions take place. seats: most people in a session, trainers included, None for no limit. count: rooms of this kind."""

    name: str
    seats: int | None = None
    count: int = 1

    def __post_init__(self) -> None:
        if self.count < 1 or (self.seats is not None and self.seats < 1):
            raise ValueError(f"room {self.name}: seats and count must be at least 1")


@dataclass(frozen=True)
class Activity:
    """Off-queue work that must happen: `sessions` sessions of `minutes` for each attendee, hard, never shortened.

    attendees: agent names. earliest, latest: first and last date of a session. from_minute, to_minute: wall-clock window
    inside which each session lies wholly. group_size: None places each attendee alone; a number cuts the attendees, in the
    order given, into groups that attend together. at: fixed starts (date, wall-clock minute), one for each session, or
    empty. paid: whether the time is paid. trainer: which of the attendees holds it, "" for none. room: name of the room it needs, "" for
    none. after: names of activities; who attends one of these as well, trainers apart, must have had all of it before the first session.
    """

    name: str
    kind: ActivityKind
    minutes: int
    attendees: tuple[str, ...]
    earliest: date
    latest: date
    sessions: int = 1
    from_minute: int = 0
    to_minute: int = 1440
    group_size: int | None = None
    at: tuple[tuple[date, int], ...] = ()
    paid: bool = True
    trainer: str = ""
    room: str = ""
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.minutes < 1 or self.sessions < 1:
            raise ValueError(f"activity {self.name}: minutes and sessions must be at least 1")
        if self.latest < self.earliest:
            raise ValueError(f"activity {self.name}: latest {self.latest} lies before earliest {self.earliest}")
        if self.to_minute - self.from_minute < self.minutes:
            raise ValueError(f"activity {self.name}: {self.minutes} minutes do not fit its window of the day")
        if self.at and len(self.at) != self.sessions:
            raise ValueError(f"activity {self.name}: {len(self.at)} fixed starts for {self.sessions} sessions")

    @property
    def hours(self) -> float:
        """Attendee-hours demanded."""
        return self.minutes * self.sessions * len(self.attendees) / 60

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Who attends together, in the order given."""
        size = self.group_size or 1
        return tuple(self.attendees[i : i + size] for i in range(0, len(self.attendees), size))

"""What a contact may go through besides waiting and being served. Every default means: not so here."""

from __future__ import annotations

from dataclasses import dataclass

from wfm.model.target import Target

LAWS = ("exponential", "lognormal", "gamma", "weibull", "hyperexponential", "constant", "uniform", "triangular", "empirical")
POINTS = {"uniform": 2, "triangular": 3}


@dataclass(frozen=True)
class Law:
    """How a time varies. kind: one of `LAWS`. mean_s: its mean, for the kinds without points. cv: standard deviation ÷ mean, of lognormal,
    gamma, weibull and hyperexponential (there above 1, with balanced means).

    points: in seconds; for uniform (least, greatest), for triangular (least, likeliest, greatest), for empirical its quantiles at equal
    steps from the least to the greatest, straight lines between them. Raises ValueError.
    """

    kind: str = "exponential"
    mean_s: float = 0.0
    cv: float = 1.0
    points: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in LAWS:
            raise ValueError(f"law {self.kind!r} must be one of {', '.join(LAWS)}")
        needed = POINTS.get(self.kind, 2 if self.kind == "empirical" else 0)
        if len(self.points) < needed or (self.kind != "empirical" and len(self.points) != needed):
            raise ValueError(f"law {self.kind} needs {needed or 'no'} points, got {len(self.points)}")
        if any(not 0 <= low <= high < float("inf") for low, high in zip(self.points, self.points[1:], strict=False)):
            raise ValueError(f"law {self.kind}: points must rise from 0, got {self.points}")
        if not 0 <= self.mean_s < float("inf"):
            raise ValueError(f"law {self.kind}: mean_s must be a number from 0, got {self.mean_s}")
        if not (1 if self.kind == "hyperexponential" else 0) < self.cv < float("inf"):
            raise ValueError(f"law {self.kind}: cv must be above {1 if self.kind == 'hyperexponential' else 0}, got {self.cv}")

    @property
    def mean(self) -> float:
        """Mean in seconds."""
        if not self.points:
            return self.mean_s
        if self.kind == "triangular":
            return sum(self.points) / 3
        steps = list(zip(self.points, self.points[1:], strict=False))
        return sum(low + high for low, high in steps) / 2 / len(steps)


@dataclass(frozen=True)
class Menu:
    """What comes before the queue: a message, and perhaps self-service. A line is held meanwhile; this time is not part of the wait.

    message: time it takes. escape: share that leaves it early, at any moment of it, for an agent. self_service: time it takes those who
    hear the whole message. contained: share of these who then need nobody. misrouted: share of the others that comes to the queue
    misrouted_to, takes `misrouted_s` there on average (exponential), and is passed on to where it belongs. hang_up: share that hangs up
    somewhere in the menu, any moment of which is as likely.
    """

    message: Law = Law("constant")
    escape: float = 0.0
    self_service: Law = Law("constant")
    contained: float = 0.0
    misrouted: float = 0.0
    misrouted_to: str = ""
    misrouted_s: float = 60.0
    hang_up: float = 0.0

    def __post_init__(self) -> None:
        _shares(self, "escape", "contained", "misrouted", "hang_up")
        if self.misrouted and not self.misrouted_to:
            raise ValueError("menu: misrouted needs misrouted_to, the queue that they come to")


@dataclass(frozen=True)
class Trunks:
    """Lines into the centre: a contact holds one from its arrival until the customer has gone, and who finds none is blocked.

    Queues that name the same trunks share them.
    """

    name: str
    lines: int

    def __post_init__(self) -> None:
        if self.lines < 1:
            raise ValueError(f"trunks {self.name}: lines must be at least 1, got {self.lines}")


@dataclass(frozen=True)
class Transfer:
    """share of the served are passed on to queue `to`, where everything has to be told again: extra_s more than a contact there takes."""

    to: str
    share: float
    extra_s: float = 0.0

    def __post_init__(self) -> None:
        _shares(self, "share")


@dataclass(frozen=True)
class Repeat:
    """share of the served is not settled and comes again, `after` that time, at most `limit` times; to queue `to`, "" for the same.

    An agent's own `Skill.resolution` goes before 1 − share.
    """

    share: float
    after: Law = Law("exponential", 3600.0)
    limit: int = 1
    to: str = ""

    def __post_init__(self) -> None:
        _shares(self, "share")


@dataclass(frozen=True)
class Offer:
    """Instead of waiting: a call back, or a message left. Made to those whose wait is predicted above over_s; `accept` of them take it.

    What follows is a contact of queue `to`, or nothing where that is "". Predicted: place in the line × mean handle time ÷ agents there.
    """

    over_s: float
    accept: float
    to: str = ""

    def __post_init__(self) -> None:
        _shares(self, "accept")


@dataclass(frozen=True)
class CustomerSegment:
    """A kind of customer: `share` of the queue's contacts. priority, patience_s, target: None for the queue's.

    credit_s: head start in the order of waiting, as if they had come so much earlier.
    """

    name: str
    share: float
    priority: int | None = None
    credit_s: float = 0.0
    patience_s: float | None = None
    target: Target | None = None

    def __post_init__(self) -> None:
        _shares(self, "share")


@dataclass(frozen=True)
class Journey:
    """All of that for one queue.

    handle, patience: how those times vary about their means (None: as handle_cv says, exponential). wrap: after-call work, a part of the
    handle time for which the customer has gone. places: most contacts that may wait, None for any number; further ones are blocked.
    busy_redial_share: of the blocked who call again, as those do who hang up; redial: time until they do, None for exponential.
    disconnect: share cut off somewhere in mid-talk, who call again. keep_free: contacts are taken only by agents of whose group so many
    others are free. gives_way: work that is laid aside for a contact of another queue that finds nobody free, and taken up again later.
    backlog: contacts that are there when the plan begins; of queues that are not e-mail, when somebody first serves them.
    patience_by_time: (from, to, mean) of those who come then, in wall-clock minutes and seconds; the queue's patience_s at other times.
    """

    handle: Law | None = None
    wrap: Law | None = None
    patience: Law | None = None
    trunks: Trunks | None = None
    menu: Menu | None = None
    places: int | None = None
    busy_redial_share: float = 0.0
    redial: Law | None = None
    transfers: tuple[Transfer, ...] = ()
    repeat: Repeat | None = None
    disconnect: float = 0.0
    offer: Offer | None = None
    segments: tuple[CustomerSegment, ...] = ()
    keep_free: int = 0
    gives_way: bool = False
    patience_by_time: tuple[tuple[int, int, float], ...] = ()
    backlog: int = 0

    def __post_init__(self) -> None:
        _shares(self, "busy_redial_share", "disconnect")
        if sum(transfer.share for transfer in self.transfers) > 1 + 1e-9:
            raise ValueError("transfers: shares add up to more than 1")
        if self.segments and abs(sum(segment.share for segment in self.segments) - 1) > 1e-6:
            raise ValueError("segments: shares must add up to 1")
        if (self.places or 0) < 0 or self.keep_free < 0 or self.backlog < 0:
            raise ValueError("places, keep_free and backlog must not be negative")


def _shares(noun: object, *names: str) -> None:
    for name in names:
        if not 0 <= getattr(noun, name) <= 1:
            raise ValueError(f"{type(noun).__name__.lower()}: {name} must be a share from 0 to 1, got {getattr(noun, name)}")

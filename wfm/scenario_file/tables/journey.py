"""What contacts go through besides waiting and being served; all of it for the simulation."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from wfm.model import LAWS, Law
from wfm.scenario_file.durations import seconds_or_zero
from wfm.scenario_file.kinds import Name, Seconds, SecondsOrZero, Words
from wfm.scenario_file.tables.base import Table
from wfm.scenario_file.tables.target import Promise
from wfm.scenario_file.wrong import Wrong, near, wrong

Part = Annotated[float, Field(ge=0, le=1), Words("share, 0 to 1")]
Kind = Literal["exponential", "lognormal", "gamma", "weibull", "hyperexponential", "constant", "uniform", "triangular", "empirical"]


class LawTable(Table):
    """How a time varies."""

    kind: Kind = Field("exponential", description="The law. hyperexponential: two kinds of exponential times, for a cv above 1.")
    mean: SecondsOrZero = Field(0.0, description="Mean, for laws without points; where the queue states the mean it is not looked at.")
    cv: float | None = Field(
        None,
        gt=0,
        le=10,
        description="Standard deviation ÷ mean, of lognormal, gamma (Erlang k: 1 ÷ √k), weibull and hyperexponential; 1 where left "
        "out, for `handle_law` the queue's `handle_cv`.",
    )
    points: list[SecondsOrZero] = Field(
        [],
        max_length=1000,
        description="uniform: least, greatest; triangular: least, likeliest, greatest; empirical: quantiles at equal steps.",
    )


def _law(value: Any, otherwise: Any) -> Any:
    """A table as it is, else what `otherwise` makes of it. Raises Wrong where the law cannot be."""
    if not isinstance(value, LawTable | dict):
        value = otherwise(value)
    if isinstance(value, LawTable):
        return value
    known = {key: value[key] for key in ("kind", "cv") if key in value}
    if known.get("kind", "exponential") in LAWS and isinstance(value.get("points", []), list):
        try:
            Law(points=tuple(seconds_or_zero(point) for point in value.get("points", [])), **known)
        except Wrong as error:
            raise error
        except (ValueError, TypeError) as error:
            raise wrong(value, str(error)) from None
    return value


def _constant(value: Any) -> dict[str, Any]:
    return {"kind": "constant", "mean": seconds_or_zero(value)}


def _named(value: Any) -> dict[str, Any]:
    if value not in LAWS:
        raise wrong(value, f"the name of a law, one of {', '.join(LAWS)}, or a table", near(str(value), LAWS))
    return {"kind": value}


Time = Annotated[LawTable, BeforeValidator(lambda v: _law(v, _constant)), Words('"20s" (always so long), or a law (see below)')]
Shape = Annotated[LawTable, BeforeValidator(lambda v: _law(v, _named)), Words("name of a law, or a table (see below)")]


class MenuTable(Table):
    """Before the queue: a message, and perhaps self-service. A line is held meanwhile; it is not part of the wait."""

    message: Time | None = Field(None, description="How long the message or the choosing takes; no time where left out.")
    escape: Part = Field(0.0, description="Share that leaves it early, at any moment, for an agent.")
    self_service: Time | None = Field(None, description="Time that everybody else then spends in self-service.")
    contained: Part = Field(0.0, description="Share of these who need nobody after that.")
    hang_up: Part = Field(0.0, description="Share that hangs up somewhere in the menu.")
    misrouted: Part = Field(0.0, description="Share of the others that comes to a wrong queue first and is passed on from there.")
    misrouted_to: Name | None = Field(None, description="The wrong queue.")
    misrouted_time: Seconds = Field(60.0, description="Mean time until an agent there has found out (exponential).")


class TransferTable(Table):
    """A share of the served that is passed on to another queue."""

    to: Name = Field(description="The queue.")
    share: Part = Field(description="Share of the served.")
    extra: SecondsOrZero = Field(0.0, description="Time for telling everything again, beyond a handle time of that queue.")


class RepeatTable(Table):
    """Those who are not settled and come again."""

    share: Part = Field(description="Share of the served, where the agent has no `resolution` of their own.")
    after: Time | None = Field(None, description="Time until then; exponential with a mean of an hour where left out.")
    limit: Annotated[int, Field(ge=0, le=20)] = Field(1, description="Most times one contact comes again for this.")
    to: Name | None = Field(None, description="Queue they come to; the same where left out.")


class OfferTable(Table):
    """A call back, or a message left, instead of waiting."""

    over: SecondsOrZero = Field(description="Offered where the wait predicted (place × mean handle time ÷ agents) is longer.")
    accept: Part = Field(description="Share that takes it.")
    to: Name | None = Field(None, description="Queue of the contact that follows; none where left out.")


class SegmentTable(Table):
    """A kind of customer within the queue."""

    name: Name = Field(description="Name of the segment.")
    share: Part = Field(description="Share of the queue's contacts; all together 1.")
    priority: Annotated[int, Field(ge=1, le=99)] | None = Field(None, description="Instead of the queue's.")
    credit: SecondsOrZero = Field(0.0, description="Head start: as if they had come so much earlier.")
    patience: Seconds | None = Field(None, description="Mean patience, instead of the queue's.")
    target: Promise | None = Field(None, description="Service promised to them, instead of the queue's.")


class TrunksTable(Table):
    """Lines into the centre. A contact holds one from its arrival until the customer goes; who finds none gets the busy signal."""

    name: Name = Field(description="Name, by which queues say that they come in here.")
    lines: int = Field(ge=1, le=1_000_000, description="How many.")


class SkillTable(Table):
    """In what agents are not like everybody for one queue."""

    queue: Name = Field(description="The queue.")
    handle_factor: Annotated[float, Field(gt=0, le=100)] = Field(
        1.0, description="Their handle time ÷ the usual one; 0.8 for a specialist."
    )
    resolution: Part | None = Field(
        None, description="Share of contacts that they settle; 1 − share of the queue's `repeat` where left out."
    )
    after: SecondsOrZero = Field(0.0, description="They take contacts only that have waited so long (overflow).")
    rank: Annotated[int, Field(ge=0, le=99)] | None = Field(
        None, description="Arriving contacts take free agents of a lower rank first; as `[routing] agents` says where left out."
    )
    priority: Annotated[int, Field(ge=1, le=99)] | None = Field(None, description="The queue's priority for them, when they get free.")

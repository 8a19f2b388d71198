"""The rules of a centre in which contacts do more than wait and be served: by line, as both engines read them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

from wfm.model import Queue, Skill

LEAVING = ("agent", "head_count")
BREAKS = ("fixed", "shifted")


@dataclass(frozen=True)
class Rules:
    """One number for each line (queue, or segment of one), in their order.

    trunks: lines of each trunk group. places: most that may wait, −1 for any number. over_s: predicted wait above which the offer is made,
    inf for none. pace_s: mean handle time, for that prediction. credit_s: head start in the order of waiting. keep_free: others that must
    stay free. stages: waits after which further agents may take a contact, ascending. gives_way: see `Journey`. slowness: how many times
    its handle time a contact takes while its agent holds 0, 1, … of them, () where that is always once. among: which of
    those preferred. head_count: whether whoever gets free first goes. shifted: whether who goes into a break late comes
    back as much later.
    """

    trunks: tuple[int, ...]
    places: tuple[int, ...]
    over_s: tuple[float, ...]
    pace_s: tuple[float, ...]
    credit_s: tuple[float, ...]
    keep_free: tuple[int, ...]
    stages: tuple[tuple[float, ...], ...]
    gives_way: tuple[bool, ...]
    slowness: tuple[tuple[float, ...], ...] = ()
    among: str = "longest_idle"
    head_count: bool = False
    shifted: bool = False

    @classmethod
    def none(cls, lines: int) -> Rules:
        """Those of a centre where contacts only wait and are served."""
        nothing = ((),) * lines
        return cls((), (-1,) * lines, (inf,) * lines, (0.0,) * lines, (0.0,) * lines, (0,) * lines, nothing, (False,) * lines, nothing)

    @property
    def slows(self) -> bool:
        """Whether contacts of any line take longer the more of them are in hand."""
        return any(self.slowness)


def lines_of(queue: Queue) -> tuple[Queue, ...]:
    """The queue, or one for each of its segments: what waits in one order."""
    return tuple(
        replace(
            queue,
            name=f"{queue.name} / {segment.name}",
            priority=queue.priority if segment.priority is None else segment.priority,
            target=segment.target or queue.target,
        )
        for segment in queue.journey.segments
    ) or (queue,)


def trunks_of(queues: tuple[Queue, ...]) -> dict[str, int]:
    """Lines by the name of the trunks, in the order in which queues name them."""
    return {queue.journey.trunks.name: queue.journey.trunks.lines for queue in queues if queue.journey.trunks}


def rules_of(
    base: tuple[Queue, ...], pace_s: tuple[float, ...], trades: tuple[tuple[Skill, ...], ...], among: str, leaving: str, breaks: str
) -> Rules | None:
    """The rules of a scenario's queues; pace_s by queue. None where every contact only waits and is served, which is the usual case."""
    skills = [skill for trade in trades for skill in trade]
    each = [(queue, pace, segment) for queue, pace in zip(base, pace_s, strict=True) for segment in queue.journey.segments or (None,)]
    rules = Rules(
        trunks=tuple(trunks_of(base).values()),
        places=tuple(-1 if queue.journey.places is None else queue.journey.places for queue, _, _ in each),
        over_s=tuple(queue.journey.offer.over_s if queue.journey.offer else inf for queue, _, _ in each),
        pace_s=tuple(pace for _, pace, _ in each),
        credit_s=tuple(segment.credit_s if segment else 0.0 for _, _, segment in each),
        keep_free=tuple(queue.journey.keep_free for queue, _, _ in each),
        stages=tuple(tuple(sorted({s.after_s for s in skills if s.queue == queue.name and s.after_s > 0})) for queue, _, _ in each),
        gives_way=tuple(queue.journey.gives_way for queue, _, _ in each),
        slowness=tuple(_slowness(queue) for queue, _, _ in each),
        among=among,
        head_count=leaving == "head_count",
        shifted=breaks == "shifted",
    )
    return rules if _beyond_waiting(rules, base, skills) else None


def _slowness(queue: Queue) -> tuple[float, ...]:
    if queue.concurrency == 1 or not queue.chat_slowdown:
        return ()
    return (1.0, *(queue.slowness(in_hand) for in_hand in range(1, queue.concurrency + 1)))


def _beyond_waiting(rules: Rules, base: tuple[Queue, ...], skills: list[Skill]) -> bool:
    journeys = [queue.journey for queue in base]
    more = [
        (
            j.trunks,
            j.menu,
            j.places is not None,
            j.busy_redial_share,
            j.transfers,
            j.repeat,
            j.disconnect,
            j.offer,
            j.keep_free,
            j.gives_way,
            j.patience_by_time,
        )
        for j in journeys
    ]
    return (
        any(any(one) for one in more)
        or bool(skills)
        or any(rules.credit_s)
        or any(j.segments for j in journeys)
        or any(j.redial is not None and q.redial_share > 0 for j, q in zip(journeys, base, strict=True))
        or rules.head_count
        or rules.slows
        or rules.shifted
        or rules.among != "longest_idle"
    )

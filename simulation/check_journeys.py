"""What must hold of the journeys of contacts, which name other queues and share trunks."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from wfm.errors import Fault
from wfm.model import Experiment, Queue


def journey_faults(queues: tuple[Queue, ...], experiment: Experiment) -> Iterator[Fault]:
    """Every fault of the queues' journeys and the agents' traits."""
    names = [queue.name for queue in queues]
    lines: dict[str, int] = {}
    for queue in queues:
        yield from _elsewhere(queue, names)
        yield from _alone(queue, experiment)
        trunks = queue.journey.trunks
        if trunks and lines.setdefault(trunks.name, trunks.lines) != trunks.lines:
            found = f"{trunks.lines} lines of trunks {trunks.name!r}"
            yield Fault("", f"queue {queue.name!r}", found, f"{lines[trunks.name]}, as the queues before it say")
    for agent in experiment.agents:
        for skill in agent.traits:
            if skill.queue not in names:
                yield Fault("", f"agent {agent.name!r}", f"queue {skill.queue!r}", "a queue of the scenario", _near(skill.queue, names))


def _elsewhere(queue: Queue, names: list[str]) -> Iterator[Fault]:
    journey = queue.journey
    named = [("transfers", one.to) for one in journey.transfers]
    named += [("repeat", journey.repeat.to)] if journey.repeat and journey.repeat.to else []
    named += [("offer", journey.offer.to)] if journey.offer and journey.offer.to else []
    named += [("menu.misrouted_to", journey.menu.misrouted_to)] if journey.menu and journey.menu.misrouted else []
    for place, name in named:
        if name not in names:
            yield Fault("", f"queue {queue.name!r}, {place}", f"queue {name!r}", "a queue of the scenario", _near(name, names))


def _alone(queue: Queue, experiment: Experiment) -> Iterator[Fault]:
    """What several contacts at a time do not go with."""
    where, chats = f"queue {queue.name!r}", f"{queue.concurrency} contacts at a time"
    if queue.concurrency > 1 and experiment.leaving == "head_count":
        yield Fault("", where, f"{chats} and leaving by head count", "one of them")
    if queue.concurrency > 1 and queue.journey.gives_way:
        yield Fault("", where, f"work that gives way and {chats}", "one of them")
    if queue.journey.trunks and queue.journey.gives_way:
        yield Fault("", where, "work that gives way and trunks", "one of them: nobody holds the line for work that may lie")
    wrap = queue.journey.wrap
    if wrap is not None and queue.concurrency > 1 and queue.chat_slowdown:
        yield Fault("", where, "chat_slowdown and wrap", "one of them: the customer then stays until the agent is done")
    if wrap is not None and not wrap.mean < queue.handle_s:
        yield Fault(
            "", f"{where}, wrap", f"{wrap.mean:g} s on average", f"less than the handle time, of which it is a part ({queue.handle_s:g} s)"
        )


def _near(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, 1)
    return f"did you mean {close[0]!r}?" if close else ""

"""The lines of those who wait, and who is next for whom."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from heapq import heappop, heappush

from simulation.floor import Agent, Floor

Turn = tuple[float, int]
"""When a contact came to its queue (less its head start), and how many had joined a line before: the order in which they are served."""


class Lines:
    """One for each queue, first come first served; and those who hung up, until somebody would have turned to them.

    queue, entered_s: of each contact, entered_s as it becomes known. credit_s: head start by queue.
    """

    def __init__(self, floor: Floor, queue: list[int], entered_s: list[float], credit_s: tuple[float, ...]):
        self.floor, self.queue, self.entered_s, self.credit_s = floor, queue, entered_s, credit_s
        self.waiting: list[OrderedDict[int, None]] = [OrderedDict() for _ in credit_s]
        self.hung_up: list[list[tuple[Turn, int]]] = [[] for _ in credit_s]
        self.joined: dict[int, int] = {}

    def __contains__(self, contact: int) -> bool:
        return contact in self.waiting[self.queue[contact]]

    def of(self, contact: int) -> OrderedDict[int, None]:
        return self.waiting[self.queue[contact]]

    def join(self, contact: int) -> None:
        """Go to the end of the line."""
        self.joined[contact] = len(self.joined) + 1
        self.of(contact)[contact] = None

    def put_back(self, contact: int) -> None:
        """To the head of the line: work that was laid aside."""
        self.of(contact)[contact] = None
        self.of(contact).move_to_end(contact, last=False)

    def turn(self, contact: int) -> Turn:
        return self.entered_s[contact] - self.credit_s[self.queue[contact]], self.joined.get(contact, 0)

    def hang_up(self, contact: int) -> None:
        del self.of(contact)[contact]
        heappush(self.hung_up[self.queue[contact]], (self.turn(contact), contact))

    def first(self, agent: Agent, now_s: float) -> int | None:
        """The contact that routing puts first for this agent: of the first level where anybody may be taken, whose turn is first."""
        for level in agent.levels:
            heads = (next(iter(self.waiting[queue])) for queue in level if self.waiting[queue])
            allowed = (contact for contact in heads if self._may(agent, contact, now_s))
            first = min(allowed, key=self.turn, default=None)
            if first is not None:
                return first
        return None

    def _may(self, agent: Agent, contact: int, now_s: float) -> bool:
        return self.floor.may_serve(agent, self.queue[contact], self.entered_s[contact], now_s)

    def next_for(self, agent: Agent, now_s: float, noticed: Callable[[int], None]) -> int | None:
        """The contact this agent should take now. Somebody who chats takes another chat only if that is what comes first for them."""
        first = self.first(agent, now_s)
        self._notice_hung_up(agent, first, now_s, noticed)
        if first is not None and not self._goes_with(agent, self.queue[first]):
            return None
        return first

    def _goes_with(self, agent: Agent, queue: int) -> bool:
        """Whether the agent may hold contacts of this line beside those in hand: segments of one queue are chatted with together."""
        return not agent.in_hand or self.floor.family[queue] == self.floor.family[agent.queue]

    def _notice_hung_up(self, agent: Agent, first: int | None, now_s: float, noticed: Callable[[int], None]) -> None:
        """Tell of those who hung up and would have been next for this agent."""
        for level in agent.levels:
            last = first is not None and self.queue[first] in level
            for queue in level:
                gone = self.hung_up[queue]
                while gone and not (last and gone[0][0] > self.turn(first)) and self._goes_with(agent, queue):
                    if not self._may(agent, gone[0][1], now_s):
                        break
                    noticed(heappop(gone)[1])
            if last:
                return

    def ready_for_another(self, family: int, now_s: float, noticed: Callable[[int], None]) -> Agent | None:
        """Whoever holds fewest chats of this queue among those who have room and whose next contact one of its chats would be."""
        if not any(self.waiting[line] or self.hung_up[line] for line, own in enumerate(self.floor.family) if own == family):
            return None
        for agent in self.floor.with_room(family):
            first = self.first(agent, now_s)
            self._notice_hung_up(agent, first, now_s, noticed)
            if first is not None and self.floor.family[self.queue[first]] == family:
                return agent
        return None

    def closing(self, queue: int) -> Iterator[int]:
        """Whoever waits, one after the other; and those who hung up are forgotten."""
        yield from tuple(self.waiting[queue])
        self.hung_up[queue].clear()

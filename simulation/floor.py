"""The floor: every agent, what they do, and where those stand who could take a contact at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator

from simulation.routing import Levels

Served = tuple[int, ...]
"""Queues somebody serves, in their own order."""

Standing = OrderedDict["Agent", None]
"""Agents in the order in which they came to stand here."""


class Agent:
    """One agent in one replication.

    served: queues served now, or the last time. levels: the same in the order of the routing policy, empty when off the queues. queue: that
    of the contacts in hand (or of the last one). since: when they began to stand idle, as an order number. place: where they stand, None
    when they can take nothing. left_s: when their last stint ended.
    """

    __slots__ = ("in_hand", "left_s", "levels", "number", "place", "queue", "served", "since")

    def __init__(self, number: int):
        self.number = number
        self.served: Served = ()
        self.levels: Levels = ()
        self.queue = -1
        self.in_hand = 0
        self.since = 0
        self.left_s = 0.0
        self.place: Standing | None = None


class Floor:
    """Agents ready for a contact: idle ones by what they serve, chatting ones with room for another chat by how many they hold."""

    def __init__(self, agents: int, served: Iterable[Served], concurrency: list[int], rank: Callable[[Served, int], int]):
        self.agents = [Agent(number) for number in range(agents)]
        self.concurrency = concurrency
        self._idle: dict[Served, Standing] = {queues: OrderedDict() for queues in served}
        self._idle_for = [
            [(rank(queues, queue), place) for queues, place in self._idle.items() if queue in queues] for queue in range(len(concurrency))
        ]
        self._chatting: list[list[Standing]] = [[OrderedDict() for _ in range(size)] for size in concurrency]
        self._stood = 0

    def longest_idle(self, queue: int) -> Agent | None:
        """The wholly free agent who serves this queue, of the lowest rank and idle longest; None if there is none."""
        first = ((rank, next(iter(place))) for rank, place in self._idle_for[queue] if place)
        return min(first, key=_standing, default=(0, None))[1]

    def with_room(self, queue: int) -> Iterator[Agent]:
        """Agents who hold chats of this queue and may take another, fewest chats first, then by how long they have held that many."""
        for place in self._chatting[queue]:
            yield from place

    def has_room(self, agent: Agent) -> bool:
        """Whether the agent may take another contact: one of any queue when free, one more of the same chat queue when chatting."""
        if not agent.in_hand:
            return True
        return agent.in_hand < self.concurrency[agent.queue] and _serves(agent.levels, agent.queue)

    def stand(self, agent: Agent) -> None:
        """Put an agent who has room where the next contact will look for them."""
        agent.place = self._chatting[agent.queue][agent.in_hand] if agent.in_hand else self._idle[agent.served]
        agent.place[agent] = None
        self._stood += 1
        agent.since = self._stood

    def step_away(self, agent: Agent) -> None:
        """Take an agent from where they stand, if they do."""
        if agent.place is not None:
            del agent.place[agent]
            agent.place = None


def _standing(ranked: tuple[int, Agent]) -> tuple[int, int]:
    rank, agent = ranked
    return rank, agent.since


def _serves(levels: Levels, queue: int) -> bool:
    return any(queue in level for level in levels)

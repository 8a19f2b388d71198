"""The floor: every agent, what they do, and where those stand who could take a contact at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from itertools import groupby

from simulation.routing import Levels
from simulation.rules import Rules
from simulation.setting import Setting

Kind = tuple[tuple[int, ...], int]
"""Queues somebody serves, in their own order, and their trade (`simulation.setting`)."""

Standing = OrderedDict["Agent", None]
"""Agents in the order in which they came to stand here."""


class Agent:
    """One agent in one replication.

    name: number of the agent in whose place they work, their own but by head count. kind: what they serve now, or the last time. levels:
    the queues of it in the order of the routing policy, empty when off the queues. queue: that of the contacts in hand (or of the last
    one), held: those. since: when they began to stand idle, as an order number. place: where they stand, None when they
    can take nothing. left_s: when their last stint ended. For breaks that shift: free_s: when they last finished late; owes: what they are
    to serve, and the break they have first, as soon as they finish; back: number of the return they are expected by, −1 for none, due_s:
    when they should have been back.
    """

    __slots__ = (
        "back",
        "due_s",
        "free_s",
        "held",
        "kind",
        "left_s",
        "levels",
        "name",
        "number",
        "owes",
        "place",
        "queue",
        "since",
    )

    def __init__(self, number: int):
        self.number = self.name = number
        self.kind: Kind = ((), 0)
        self.levels: Levels = ()
        self.queue = -1
        self.held: list[int] = []
        self.since = 0
        self.left_s = self.free_s = self.due_s = 0.0
        self.owes: tuple[Kind, float] | None = None
        self.back = -1
        self.place: Standing | None = None

    @property
    def in_hand(self) -> int:
        """How many contacts they hold."""
        return len(self.held)


class Floor:
    """Agents ready for a contact: idle ones by what they serve, chatting ones with room for another chat by how many they hold."""

    def __init__(self, agents: int, kinds: list[Kind], setting: Setting, rules: Rules):
        self.agents = [Agent(number) for number in range(agents)]
        self.concurrency, self.rules = [queue.concurrency for queue in setting.queues], rules
        self.family = setting.base_of
        self._after_s = [{kind: setting.skill(kind[1], queue).after_s for kind in kinds} for queue in range(len(setting.queues))]
        self.idle: dict[Kind, Standing] = {kind: OrderedDict() for kind in kinds}
        self._servers = [
            sorted(((setting.rank(kind[0], queue, kind[1]), number) for number, kind in enumerate(kinds) if queue in kind[0]))
            for queue in range(len(setting.queues))
        ]
        self._kinds = kinds
        self._yielding: dict[Kind, Standing] = {kind: OrderedDict() for kind in kinds}
        self._chatting: list[list[Standing]] = [[OrderedDict() for _ in range(queue.concurrency)] for queue in setting.base]
        self._stood = 0

    def choose(self, queue: int, entered_s: float, now_s: float, choice: float) -> Agent | None:
        """A wholly free agent for a contact that came to the queue then: of the lowest rank at which one may take it, None if none may.

        choice: in (0, 1), for taking any of them.
        """
        for _, servers in groupby(self._servers[queue], key=lambda server: server[0]):
            kinds = [self._kinds[number] for _, number in servers]
            places = [self.idle[kind] for kind in kinds if self._may(kind, queue, entered_s, now_s)]
            ready = [place for place in places if len(place) > self.rules.keep_free[queue]]
            if ready:
                return self._among(ready, choice)
        return None

    def _may(self, kind: Kind, queue: int, entered_s: float, now_s: float) -> bool:
        after_s = self._after_s[queue][kind]
        return after_s == 0 or entered_s + after_s <= now_s

    def _among(self, places: list[Standing], choice: float) -> Agent:
        if self.rules.among == "random":
            everybody = [agent for place in places for agent in place]
            return everybody[int(choice * len(everybody))]
        firsts = [next(iter(place)) for place in places]
        if self.rules.among == "most_idle":
            return min(firsts, key=lambda agent: (-len(self.idle[agent.kind]), agent.since))
        return min(firsts, key=lambda agent: agent.since)

    def at_lesser_work(self, queue: int, entered_s: float, now_s: float) -> Agent | None:
        """Of the agents whose work gives way, one for a contact of another kind: of the lowest rank, and longest at it; None for none."""
        for _, servers in groupby(self._servers[queue], key=lambda server: server[0]):
            kinds = [self._kinds[number] for _, number in servers]
            firsts = [
                next(iter(self._yielding[kind])) for kind in kinds if self._yielding[kind] and self._may(kind, queue, entered_s, now_s)
            ]
            if firsts:
                return min(firsts, key=lambda agent: agent.since)
        return None

    def may_serve(self, agent: Agent, queue: int, entered_s: float, now_s: float) -> bool:
        """Whether an agent who looks for work may take a contact that came to the queue then: waited long enough, others left free."""
        return len(self.idle[agent.kind]) >= self.rules.keep_free[queue] and self._may(agent.kind, queue, entered_s, now_s)

    def on(self, queue: int) -> int:
        """How many agents serve the queue now, busy or not."""
        return sum(bool(agent.levels) and queue in agent.kind[0] for agent in self.agents)

    def with_room(self, family: int) -> Iterator[Agent]:
        """Agents who hold chats of this queue and may take another, fewest chats first, then by how long they have held that many."""
        for place in self._chatting[family]:
            yield from place

    def has_room(self, agent: Agent) -> bool:
        """Whether the agent may take another contact: one of any queue when free, one more of the same chat queue when chatting."""
        if not agent.in_hand:
            return True
        return agent.in_hand < self.concurrency[agent.queue] and any(agent.queue in level for level in agent.levels)

    def stand(self, agent: Agent) -> None:
        """Put an agent who has room where the next contact will look for them."""
        self._stand_at(agent, self._chatting[self.family[agent.queue]][agent.in_hand] if agent.in_hand else self.idle[agent.kind])

    def stand_by(self, agent: Agent) -> None:
        """Note an agent whose work gives way."""
        self._stand_at(agent, self._yielding[agent.kind])

    def _stand_at(self, agent: Agent, place: Standing) -> None:
        agent.place = place
        place[agent] = None
        self._stood += 1
        agent.since = self._stood

    def step_away(self, agent: Agent) -> None:
        """Take an agent from where they stand, if they do."""
        if agent.place is not None:
            del agent.place[agent]
            agent.place = None

"""The contact centre: the life of a contact and the day of an agent, in SimPy. This page is the specification.

Whatever happens decides at once who serves whom; nothing is left to whoever wakes up first. Events of one instant happen in the order
completion, shift change, abandonment, arrival, each by number (`simulation.events`, `simulation.timetable`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from heapq import heappop, heappush
from math import inf

import numpy as np
import simpy

from simulation.arrivals import Contacts
from simulation.events import At, Happening
from simulation.floor import Agent, Floor
from simulation.presence import Stint, inside
from simulation.setting import Setting
from simulation.timetable import Change, Row, timetable
from simulation.trace import Fate, Trace

COMPLETION, SHIFT_CHANGE, ABANDONMENT, ARRIVAL = map(int, Happening)
ANSWERED, ABANDONED, UNANSWERED = map(int, Fate)

Turn = tuple[float, int]
"""When a contact came, and its number: the order in which contacts are served."""

Strike = Callable[[float], None]
"""Called every simulated hour with the share of the axis done; what it raises passes through."""


def quiet(_share: float) -> None:
    """The clock nobody listens to."""


class Centre:
    """One replication. A contact is its number, the row in `Contacts`; a queue is its number; an agent is an `Agent`."""

    def __init__(self, setting: Setting, contacts: Contacts, stints: tuple[Stint, ...], strike: Strike = quiet):
        self.env = simpy.Environment()
        self.contacts, self.strike, self.horizon_s, self.step_s = contacts, strike, setting.horizon_s, setting.step_s
        self._know_the_contacts(contacts)
        queues = range(len(setting.queues))
        concurrency = [queue.concurrency for queue in setting.queues]
        self.chats = [queue for queue in queues if concurrency[queue] > 1]
        self.waiting: list[OrderedDict[int, None]] = [OrderedDict() for _ in queues]
        self.hung_up: list[list[Turn]] = [[] for _ in queues]
        self.levels = {served: setting.levels(served) for served in sorted({stint.queues for stint in stints})}
        self.floor = Floor(len(setting.agents), self.levels, concurrency, setting.rank)
        self.late: list[tuple[int, float, float]] = []
        self.closings = [setting.closings(stints, queue) for queue in queues]
        self.timetable = timetable(stints, self.closings, setting.horizon_s)
        self.changes = {Change.GO: self.go, Change.COME: self.come, Change.CLOSE: self.close, Change.STRIKE: self.hour}

    def _know_the_contacts(self, contacts: Contacts) -> None:
        self.arrival_s, self.queue = contacts.arrival_s.tolist(), contacts.queue.tolist()
        self.handle_s, self.patience_s = contacts.handle_s.tolist(), contacts.patience_s.tolist()
        self.again, self.delay_s = contacts.again.tolist(), contacts.delay_s.tolist()
        self.fate = [UNANSWERED] * len(contacts)
        self.agent = [-1] * len(contacts)
        self.wait_s = [0.0] * len(contacts)
        self.virtual_s = [inf] * len(contacts)

    def run(self) -> Trace:
        """Live through the whole axis, until the last contact is over."""
        self._expect_contact(0)
        self._expect_change(0)
        self.env.run()
        late = np.array(sorted(self.late)).reshape(-1, 3)
        facts = {"fate": self.fate, "wait_s": self.wait_s, "agent": self.agent, "virtual_s": self.virtual_s}
        return Trace.of(self.contacts, self.step_s, self.arrival_s, late, **facts)

    # --- the life of a contact ---------------------------------------------------------------------------------------------------

    def _expect_contact(self, contact: int) -> None:
        if contact < self.contacts.originals:
            At(self.env, self.arrival_s[contact], ARRIVAL, contact, self.arrive)

    def arrive(self, event: At) -> None:
        """Ask for an agent: the one preferred, else one who chats and has room; else wait."""
        contact = event.value
        self._expect_contact(contact + 1)
        agent = self.floor.longest_idle(self.queue[contact])
        if agent is None:
            self.wait(contact)
        else:
            self.floor.step_away(agent)
            self.serve(contact, agent)
            if self.floor.has_room(agent):
                self.floor.stand(agent)

    def wait(self, contact: int) -> None:
        """Join the line, until an agent is found, patience ends, or nobody will come any more."""
        queue, patience_s = self.queue[contact], self.patience_s[contact]
        self.waiting[queue][contact] = None
        self._fill_rooms()
        if contact not in self.waiting[queue]:
            return
        if patience_s < inf:
            At(self.env, self.env.now + patience_s, ABANDONMENT, contact, self.leave)
        elif inside(self.closings[queue], self.env.now):
            self._send_away(contact)

    def leave(self, event: At) -> None:
        """Hang up, unless served meanwhile."""
        contact = event.value
        line = self.waiting[self.queue[contact]]
        if contact in line:
            del line[contact]
            self.fate[contact] = ABANDONED
            self.wait_s[contact] = self.env.now - self.arrival_s[contact]
            heappush(self.hung_up[self.queue[contact]], self._turn(contact))
            self._fill_rooms()
            self._call_again(self.again[contact], self.env.now + self.delay_s[contact])

    def _call_again(self, contact: int, at_s: float) -> None:
        """Expect the redial of this number, where there is one and it comes before the end of all days."""
        if contact >= 0 and at_s < self.horizon_s:
            self.arrival_s[contact] = at_s
            At(self.env, at_s, ARRIVAL, contact, self.arrive)

    def serve(self, contact: int, agent: Agent) -> None:
        """Be served: the contact takes as long as it takes, whoever the agent."""
        now = self.env.now
        self.fate[contact] = ANSWERED
        self.agent[contact] = agent.number
        self.wait_s[contact] = self.virtual_s[contact] = now - self.arrival_s[contact]
        agent.in_hand += 1
        agent.queue = self.queue[contact]
        At(self.env, now + self.handle_s[contact], COMPLETION, contact, self.finish)

    def finish(self, event: At) -> None:
        """Be done; the agent turns to the next contact, or goes if their time is over."""
        agent = self.floor.agents[self.agent[event.value]]
        agent.in_hand -= 1
        if agent.levels:
            self.look_for_work(agent)
            self._fill_rooms()
        elif not agent.in_hand:
            self._note_late(agent)

    def _send_away(self, contact: int) -> None:
        del self.waiting[self.queue[contact]][contact]
        self.wait_s[contact] = self.env.now - self.arrival_s[contact]

    # --- the day of an agent -----------------------------------------------------------------------------------------------------

    def _expect_change(self, number: int) -> None:
        if number < len(self.timetable):
            At(self.env, self.timetable[number].at_s, SHIFT_CHANGE, number, self.change)

    def change(self, event: At) -> None:
        """The next row of the timetable comes true."""
        self._expect_change(event.value + 1)
        row = self.timetable[event.value]
        self.changes[row.change](row)

    def come(self, row: Row) -> None:
        """Begin (or, after a contact that took too long, go on) to serve these queues."""
        agent = self.floor.agents[row.number]
        if agent.in_hand:
            self._note_late(agent)
        agent.served, agent.levels = row.queues, self.levels[row.queues]
        self.look_for_work(agent)
        self._fill_rooms()

    def go(self, row: Row) -> None:
        """Take no more contacts; one in hand is finished first. The end of a break stays where it was planned."""
        agent = self.floor.agents[row.number]
        self.floor.step_away(agent)
        agent.levels, agent.left_s = (), self.env.now

    def look_for_work(self, agent: Agent) -> None:
        """Take contacts while there are any and there is room, then stand ready for more."""
        self.floor.step_away(agent)
        while self.floor.has_room(agent):
            contact = self._next_for(agent)
            if contact is None:
                self.floor.stand(agent)
                return
            self._take(contact, agent)

    def _take(self, contact: int, agent: Agent) -> None:
        del self.waiting[self.queue[contact]][contact]
        self.serve(contact, agent)

    def _note_late(self, agent: Agent) -> None:
        if self.env.now > agent.left_s:
            self.late.append((agent.number, agent.left_s, self.env.now))

    def _turn(self, contact: int) -> Turn:
        return self.arrival_s[contact], contact

    # --- who is next -------------------------------------------------------------------------------------------------------------

    def _first(self, agent: Agent) -> int | None:
        """The contact that routing puts first for this agent: of the first level where anybody waits, whoever came first."""
        for level in agent.levels:
            first = min((next(iter(self.waiting[queue])) for queue in level if self.waiting[queue]), key=self._turn, default=None)
            if first is not None:
                return first
        return None

    def _next_for(self, agent: Agent) -> int | None:
        """The contact this agent should take now. Somebody who chats takes another chat only if that is what comes first for them."""
        first = self._first(agent)
        self._notice_hung_up(agent, first)
        if agent.in_hand and first is not None and self.queue[first] != agent.queue:
            return None
        return first

    def _notice_hung_up(self, agent: Agent, first: int | None) -> None:
        """Note for those who hung up, and would have been next for this agent, the wait they had before them."""
        for level in agent.levels:
            last = first is not None and self.queue[first] in level
            for queue in level:
                gone = self.hung_up[queue]
                while gone and not (last and gone[0] > self._turn(first)) and not (agent.in_hand and queue != agent.queue):
                    _, contact = heappop(gone)
                    self.virtual_s[contact] = self.env.now - self.arrival_s[contact]
            if last:
                return

    def _fill_rooms(self) -> None:
        """Give waiting chats to agents who hold chats and have room, unless something more urgent waits for these agents.

        One chat at a time, to whoever holds fewest, until no room is left that may be filled.
        """
        for queue in self.chats:
            while (agent := self._ready_for_another(queue)) is not None:
                self.floor.step_away(agent)
                self._take(self._next_for(agent), agent)
                if self.floor.has_room(agent):
                    self.floor.stand(agent)

    def _ready_for_another(self, queue: int) -> Agent | None:
        """Whoever holds fewest chats of this queue among those who have room and whose next contact one of its chats would be."""
        if not self.waiting[queue] and not self.hung_up[queue]:
            return None
        for agent in self.floor.with_room(queue):
            first = self._first(agent)
            self._notice_hung_up(agent, first)
            if first is not None and self.queue[first] == queue:
                return agent
        return None

    # --- the hours of the house --------------------------------------------------------------------------------------------------

    def close(self, row: Row) -> None:
        """Whoever still waits is sent away without an answer: nobody will serve this queue any more today."""
        for contact in tuple(self.waiting[row.number]):
            self._send_away(contact)
        self.hung_up[row.number].clear()
        self._fill_rooms()

    def hour(self, row: Row) -> None:
        """Tell how far the day is."""
        self.strike(row.at_s / self.horizon_s)


def live(setting: Setting, contacts: Contacts, stints: tuple[Stint, ...], strike: Strike = quiet) -> Trace:
    """One replication, told from its first event to its last."""
    return Centre(setting, contacts, stints, strike).run()

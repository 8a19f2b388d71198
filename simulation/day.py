"""The day of an agent and the hours of the house: the other half of `simulation.centre`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import simpy

from simulation.events import At, Happening
from simulation.floor import Agent, Floor, Kind
from simulation.lines import Lines
from simulation.presence import Stint
from simulation.routing import Levels
from simulation.rules import Rules
from simulation.setting import Setting
from simulation.timetable import Change, Row, timetable

Strike = Callable[[float], None]
"""Called every simulated hour with the share of the axis done; what it raises passes through."""


class Day:
    """What agents do, in a centre that has a floor, lines, and contacts to serve or to send away."""

    env: simpy.Environment
    setting: Setting
    rules: Rules
    floor: Floor
    lines: Lines
    virtual_s: list[float]
    entered_s: list[float]
    serve: Callable[[int, Agent], None]
    _send_away: Callable[[int], None]

    def _plan(self, stints: tuple[Stint, ...], kinds: list[Kind], strike: Strike) -> None:
        """Everything that is known of the day beforehand."""
        queues = self.setting.queues
        self.strike = strike
        self.chats = [number for number, queue in enumerate(self.setting.base) if queue.concurrency > 1]
        self.levels: dict[Kind, Levels] = {kind: self.setting.levels(*kind) for kind in kinds}
        self.away, self.to_go = self.floor.agents[::-1], {kind: deque[float]() for kind in kinds}
        self.late: list[tuple[int, float, float]] = []
        self.absent: list[tuple[int, float, float]] = []
        self.returns: list[tuple[Agent, Kind]] = []
        self.closings = [self.setting.closings(stints, queue) for queue in range(len(queues))]
        self.timetable = timetable(stints, self.closings, self.setting.horizon_s)
        self.changes = {Change.GO: self.go, Change.COME: self.come, Change.CLOSE: self.close, Change.STRIKE: self.hour}

    def _kind(self, agent: int, queues: tuple[int, ...]) -> Kind:
        return queues, self.setting.trade(agent)

    def _expect_change(self, number: int) -> None:
        if number < len(self.timetable):
            At(self.env, self.timetable[number].at_s, Happening.SHIFT_CHANGE, number, self.change)

    def change(self, event: At) -> None:
        """The next row of the timetable comes true."""
        self._expect_change(event.value + 1)
        row = self.timetable[event.value]
        self.changes[row.change](row)

    def come(self, row: Row) -> None:
        """Begin (or, after a contact that took too long, go on) to serve these queues."""
        kind = self._kind(row.number, row.queues)
        if self.to_go[kind]:
            self.late.append((row.number, self.to_go[kind].popleft(), self.env.now))
            return
        agent = self.away.pop() if self.rules.head_count else self.floor.agents[row.number]
        agent.name = row.number
        if agent.in_hand:
            self._note_late(agent)
        if self.rules.shifted and row.rest_s > 0 and agent.in_hand:
            agent.owes = kind, row.rest_s
        elif self.rules.shifted and row.rest_s > 0 and agent.free_s > agent.left_s:
            self._expect_back(agent, kind, max(agent.free_s + row.rest_s, self.env.now))
        else:
            self._begin(agent, kind)

    def _begin(self, agent: Agent, kind: Kind) -> None:
        agent.kind, agent.levels = kind, self.levels[kind]
        self.look_for_work(agent)
        self._fill_rooms()

    def _be_free_late(self, agent: Agent) -> None:
        """Done after the time on the queues was over; the break that was due begins now, where breaks shift."""
        if agent.owes is None:
            self._note_late(agent)
            agent.free_s = self.env.now
        else:
            kind, rest_s = agent.owes
            agent.owes = None
            self._expect_back(agent, kind, self.env.now + rest_s)

    def _expect_back(self, agent: Agent, kind: Kind, at_s: float) -> None:
        agent.back, agent.due_s = len(self.returns), self.env.now
        self.returns.append((agent, kind))
        At(self.env, at_s, Happening.SHIFT_CHANGE, len(self.timetable) + agent.back, self.come_back)

    def come_back(self, event: At) -> None:
        """Return from a break that began late, unless the time on the queues is over by now."""
        number = event.value - len(self.timetable)
        agent, kind = self.returns[number]
        if agent.back == number:
            self._note_absent(agent)
            self._begin(agent, kind)

    def _note_absent(self, agent: Agent) -> None:
        if agent.back >= 0:
            self.absent.append((agent.number, agent.due_s, self.env.now))
            agent.back = -1

    def go(self, row: Row) -> None:
        """Take no more contacts; one in hand is finished first. The end of a break stays where it was planned, or shifts as well.

        By head count a free agent of this kind goes, else whoever is the first to finish.
        """
        agent: Agent | None = self.floor.agents[row.number]
        if self.rules.head_count:
            kind = self._kind(row.number, row.queues)
            agent = next(iter(self.floor.idle[kind]), None)
            if agent is None:
                self.to_go[kind].append(self.env.now)
                return
        self._note_absent(agent)
        agent.owes = None
        self._go_away(agent)

    def _go_away(self, agent: Agent) -> None:
        self.floor.step_away(agent)
        agent.levels, agent.left_s = (), self.env.now
        self.away.append(agent)

    def look_for_work(self, agent: Agent) -> None:
        """Take contacts while there are any and there is room, then stand ready for more."""
        self.floor.step_away(agent)
        while self.floor.has_room(agent):
            contact = self.lines.next_for(agent, self.env.now, self._notice)
            if contact is None:
                self.floor.stand(agent)
                return
            self._take(contact, agent)

    def _take(self, contact: int, agent: Agent) -> None:
        del self.lines.of(contact)[contact]
        self.serve(contact, agent)

    def _notice(self, contact: int) -> None:
        """Somebody who hung up would be taken now."""
        self.virtual_s[contact] = self.env.now - self.entered_s[contact]

    def _note_late(self, agent: Agent) -> None:
        if self.env.now > agent.left_s:
            self.late.append((agent.number, agent.left_s, self.env.now))

    def _fill_rooms(self) -> None:
        """Give waiting chats to agents who hold chats and have room, unless something more urgent waits for these agents.

        One chat at a time, to whoever holds fewest, until no room is left that may be filled. After each the queues are gone through
        again from the first: what was taken may have been what kept a chat of another queue waiting.
        """
        while (agent := self._ready_for_another()) is not None:
            self.floor.step_away(agent)
            self._take(self.lines.next_for(agent, self.env.now, self._notice), agent)
            if self.floor.has_room(agent):
                self.floor.stand(agent)

    def _ready_for_another(self) -> Agent | None:
        ready = (self.lines.ready_for_another(queue, self.env.now, self._notice) for queue in self.chats)
        return next((agent for agent in ready if agent is not None), None)

    # --- the hours of the house --------------------------------------------------------------------------------------------------

    def close(self, row: Row) -> None:
        """Whoever still waits is sent away without an answer: nobody will serve this queue any more today."""
        for contact in self.lines.closing(row.number):
            self._send_away(contact)
        self._fill_rooms()

    def hour(self, row: Row) -> None:
        """Tell how far the day is."""
        self.strike(row.at_s / self.setting.horizon_s)

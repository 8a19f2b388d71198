"""The work in hand: when it will be done, and what moves that. Part of `simulation.centre`."""

from __future__ import annotations

from collections.abc import Callable

import simpy

from simulation.events import At, Happening
from simulation.floor import Agent, Floor
from simulation.lines import Lines
from simulation.rules import Rules


class InHand:
    """What agents hold. All lists by contact.

    left_s: work left when it was last taken, at the usual pace; factor: the agent's on it. done_s: when it will be done. begun_s: when it
    was last taken. server: number of the agent. pieces: how often it was laid aside; moves: how often `done_s` was changed. took_s: time of
    the first piece, or of a contact whose pace changed, else nan. further: as in `Trace`.
    """

    env: simpy.Environment
    rules: Rules
    floor: Floor
    lines: Lines
    queue: list[int]
    factor: list[float]
    left_s: list[float]
    done_s: list[float]
    begun_s: list[float]
    server: list[int]
    pieces: list[int]
    moves: list[int]
    took_s: list[float]
    further: list[tuple[int, int, float, float]]
    finish: Callable[[At], None]

    def _take_in_hand(self, contact: int, agent: Agent) -> None:
        """One more for this agent: it is done at the pace of so many, and so are the others from now on."""
        slowness = self.rules.slowness[self.queue[contact]]
        if slowness:
            self._stretch(agent, slowness[len(agent.held) + 1] / slowness[len(agent.held)])
        agent.held.append(contact)
        pace = slowness[len(agent.held)] if slowness else 1.0
        self._expect_end(contact, self.env.now + self.left_s[contact] * self.factor[contact] * pace)

    def _let_go(self, contact: int, agent: Agent) -> None:
        """One less: the others go faster from now on."""
        slowness = self.rules.slowness[self.queue[contact]]
        agent.held.remove(contact)
        if slowness:
            self.took_s[contact] = self.env.now - self.begun_s[contact]
            self._stretch(agent, slowness[len(agent.held)] / slowness[len(agent.held) + 1])

    def _stretch(self, agent: Agent, factor: float) -> None:
        """What is left of everything in hand takes so many times as long."""
        for contact in agent.held:
            self.moves[contact] += 1
            self._expect_end(contact, self.env.now + (self.done_s[contact] - self.env.now) * factor)

    def _expect_end(self, contact: int, at_s: float) -> None:
        self.done_s[contact] = at_s
        At(self.env, at_s, Happening.COMPLETION, (contact, self.moves[contact]), self.finish)

    def _lay_aside(self, agent: Agent) -> None:
        """The contact in hand goes back to the head of its line; what is left of it is done later, by whoever takes it then."""
        contact, now = agent.held.pop(), self.env.now
        self.left_s[contact] = (self.done_s[contact] - now) / self.factor[contact]
        if self.pieces[contact]:
            self._note_piece(contact)
        else:
            self.took_s[contact] = now - self.begun_s[contact]
        self.pieces[contact] += 1
        self.moves[contact] += 1
        self.lines.put_back(contact)

    def _note_piece(self, contact: int) -> None:
        """The first piece of the work is the contact's own, further ones are noted beside it."""
        name = self.floor.agents[self.server[contact]].name
        self.further.append((self.queue[contact], name, self.begun_s[contact], self.env.now))

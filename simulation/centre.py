"""The contact centre: the life of a contact (here) and the day of an agent (`simulation.day`), in SimPy. These pages are the specification.

Whatever happens decides at once who serves whom; nothing is left to whoever wakes up first. Events of one instant happen in the order
completion, shift change, abandonment, step, arrival, each by number (`simulation.events`, `simulation.timetable`).
"""

from __future__ import annotations

from math import inf

import simpy

from simulation.arrivals import Contacts
from simulation.day import Day, Strike
from simulation.events import At, Happening, Step
from simulation.floor import Agent, Floor
from simulation.in_hand import InHand
from simulation.lines import Lines
from simulation.notes import Notes
from simulation.presence import Stint, inside
from simulation.rules import Rules
from simulation.setting import Setting
from simulation.trace import BLOCKED, HUNG_UP, Fate, Trace


def quiet(_share: float) -> None:
    """The clock nobody listens to."""


class Centre(InHand, Day, Notes):
    """One replication. A contact is its number, the row in `Contacts`; a queue is its number; an agent is an `Agent`."""

    def __init__(self, setting: Setting, contacts: Contacts, stints: tuple[Stint, ...], strike: Strike = quiet):
        self.env = simpy.Environment()
        self.setting, self.horizon_s = setting, setting.horizon_s
        self.rules = setting.rules or Rules.none(len(setting.queues))
        self._know_the_contacts(contacts)
        kinds = sorted({self._kind(stint.agent, stint.queues) for stint in stints})
        agents = len(stints) if self.rules.head_count else len(setting.agents)
        self.floor = Floor(agents, kinds, setting, self.rules)
        self.lines = Lines(self.floor, self.queue, self.entered_s, self.rules.credit_s)
        self.trunks = list(self.rules.trunks)
        self.steps = {Step.MENU_OVER: self.leave_menu, Step.WAITED_LONG: self.look_further, Step.TALK_OVER: self.part}
        self._plan(stints, kinds, strike)

    def run(self) -> Trace:
        """Live through the whole axis, until the last contact is over."""
        self._expect_contact(0)
        self._expect_change(0)
        self.env.run()
        return self._told()

    # --- the life of a contact ---------------------------------------------------------------------------------------------------

    def _expect_contact(self, contact: int) -> None:
        if contact < self.contacts.originals:
            At(self.env, self.arrival_s[contact], Happening.ARRIVAL, contact, self.arrive)

    def arrive(self, event: At) -> None:
        """Get a line, hear the menu, ask for an agent; without a free line, be blocked."""
        contact = event.value
        self._expect_contact(contact + 1)
        self.entered_s[contact] = self.env.now
        trunks = self.lives.trunks[contact]
        if trunks >= 0 and not self.lives.inside[contact]:
            if not self.trunks[trunks]:
                self.fate[contact] = int(Fate.BLOCKED)
                self._call_again(contact, BLOCKED)
                return
            self.trunks[trunks] -= 1
        if self.lives.menu_s[contact] > 0:
            self._step(self.env.now + float(self.lives.menu_s[contact]), contact, Step.MENU_OVER)
        else:
            self.leave_menu(contact)

    def _step(self, at_s: float, contact: int, step: Step) -> None:
        At(self.env, at_s, Happening.STEP, contact * 4 + step, self.step)

    def step(self, event: At) -> None:
        """What was to happen to a contact happens."""
        contact, step = divmod(event.value, 4)
        self.steps[step](contact)

    def leave_menu(self, contact: int) -> None:
        """Need nobody any more, or ask for an agent: the one preferred, else one who chats and has room; else wait."""
        self.entered_s[contact] = self.env.now
        if self.lives.contained[contact]:
            self._leave_without(contact, Fate.CONTAINED)
            return
        if self.lives.gives_up[contact]:
            self._leave_without(contact, Fate.GIVEN_UP)
            self._call_again(contact, HUNG_UP)
            return
        agent = self.floor.choose(self.queue[contact], self.env.now, self.env.now, self.lives.choice[contact]) or self._fetch(contact)
        if agent is None:
            self.wait(contact)
        else:
            self.floor.step_away(agent)
            self.serve(contact, agent)
            if self.floor.has_room(agent):
                self.floor.stand(agent)

    def _fetch(self, contact: int) -> Agent | None:
        """An agent from work that gives way to this contact, None if there is none."""
        if self.rules.gives_way[self.queue[contact]]:
            return None
        agent = self.floor.at_lesser_work(self.queue[contact], self.entered_s[contact], self.env.now)
        if agent is not None:
            self._lay_aside(agent)
        return agent

    def wait(self, contact: int) -> None:
        """Join the line, until an agent is found, patience ends, or nobody will come any more. A full line has no place for another."""
        queue, line = self.queue[contact], self.lines.of(contact)
        self.lines.join(contact)
        self._fill_rooms()
        if contact not in line:
            return
        if 0 <= self.rules.places[queue] < len(line):
            del line[contact]
            self._leave_without(contact, Fate.BLOCKED)
            self._call_again(contact, BLOCKED)
        elif self.lives.accepts[contact] and self._predicted_s(queue) > self.rules.over_s[queue]:
            del line[contact]
            self._leave_without(contact, Fate.PROMISED)
            self._follow(int(self.lives.promise[contact]), self.env.now)
        elif self.patience_s[contact] == inf and inside(self.closings[queue], self.env.now):
            self._send_away(contact)
        else:
            self._wait_on(contact)

    def _wait_on(self, contact: int) -> None:
        if self.patience_s[contact] < inf:
            At(self.env, self.env.now + self.patience_s[contact], Happening.ABANDONMENT, contact, self.leave)
        self._expect_further(contact)

    def _predicted_s(self, queue: int) -> float:
        """Wait predicted for the last of the line: its place × mean handle time ÷ agents there."""
        agents = self.floor.on(queue)
        return len(self.lines.waiting[queue]) * self.rules.pace_s[queue] / agents if agents else inf

    def _expect_further(self, contact: int) -> None:
        """Note when the contact will have waited long enough for further agents."""
        stages = self.rules.stages[self.queue[contact]]
        if self.stage[contact] < len(stages):
            self._step(self.entered_s[contact] + stages[self.stage[contact]], contact, Step.WAITED_LONG)
            self.stage[contact] += 1

    def look_further(self, contact: int) -> None:
        """Having waited long enough: an agent who may be asked from now on looks for work, from lesser work if none is free."""
        if contact not in self.lines:
            return
        self._expect_further(contact)
        agent = self.floor.choose(self.queue[contact], self.entered_s[contact], self.env.now, self.lives.choice[contact])
        agent = agent or self._fetch(contact)
        if agent is not None:
            self.look_for_work(agent)
        self._fill_rooms()

    def leave(self, event: At) -> None:
        """Hang up, unless served meanwhile."""
        contact = event.value
        if contact in self.lines and not self.pieces[contact]:
            self.lines.hang_up(contact)
            self.wait_s[contact] = self.env.now - self.entered_s[contact]
            self._leave_without(contact, Fate.ABANDONED)
            self._fill_rooms()
            self._call_again(contact, HUNG_UP)

    def _leave_without(self, contact: int, fate: Fate) -> None:
        """Leave the centre without an agent."""
        self.fate[contact] = int(fate)
        self._free_line(contact)

    def _free_line(self, contact: int) -> None:
        if self.lives.trunks[contact] >= 0:
            self.trunks[self.lives.trunks[contact]] += 1

    def _send_away(self, contact: int) -> None:
        del self.lines.of(contact)[contact]
        if not self.pieces[contact]:
            self.wait_s[contact] = self.env.now - self.entered_s[contact]
        self._free_line(contact)

    def _call_again(self, contact: int, after: int) -> None:
        """Expect the redial of this contact, where there is one after this."""
        if self.lives.tries_again[contact] & after:
            self._follow(self.again[contact], self.env.now + self.delay_s[contact])

    def _follow(self, contact: int, at_s: float) -> bool:
        """Expect another attempt, where there is one and it comes before the end of all days."""
        if contact < 0 or at_s >= self.horizon_s:
            return False
        self.arrival_s[contact] = at_s
        At(self.env, at_s, Happening.ARRIVAL, contact, self.arrive)
        return True

    def serve(self, contact: int, agent: Agent) -> None:
        """Be served: the contact takes as long as it takes this kind of agent."""
        now, kind, lives, queue = self.env.now, agent.kind, self.lives, self.queue[contact]
        if not self.pieces[contact]:
            self.fate[contact] = int(Fate.ANSWERED)
            self.agent[contact] = agent.name
            self.wait_s[contact] = self.virtual_s[contact] = now - self.entered_s[contact]
        factor = self.factor[contact] = self.setting.skill(kind[1], queue).handle_factor
        self.settled[contact] = bool(lives.after_u[contact] < self.setting.resolution(kind[1], queue))
        agent.queue, self.begun_s[contact], self.server[contact] = queue, now, agent.number
        if lives.wrap_s[contact] > 0 and not self.rules.gives_way[queue]:
            talk_s = (self.handle_s[contact] - float(lives.wrap_s[contact])) * factor
            self._step(now + talk_s, contact, Step.TALK_OVER)
        self._take_in_hand(contact, agent)
        if self.rules.gives_way[queue]:
            self.floor.stand_by(agent)

    def finish(self, event: At) -> None:
        """Be done; the agent turns to the next contact, or goes if their time is over."""
        contact, moves = event.value
        if moves != self.moves[contact]:  # laid aside before it was done, or at another pace since
            return
        if self.pieces[contact]:
            self._note_piece(contact)
        if not self.lives.wrap_s[contact] > 0 or self.rules.gives_way[self.queue[contact]]:
            self.part(contact)
        agent = self.floor.agents[self.server[contact]]
        self._let_go(contact, agent)
        if self.rules.head_count and self.to_go[agent.kind]:
            self.late.append((agent.name, self.to_go[agent.kind].popleft(), self.env.now))
            self._go_away(agent)
        elif agent.levels:
            self.look_for_work(agent)
            self._fill_rooms()
        elif not agent.in_hand:
            self._be_free_late(agent)

    def part(self, contact: int) -> None:
        """The customer goes; or is passed on, keeping the line, or will come again."""
        follower = -1 if self.settled[contact] else int(self.lives.after[contact])
        follows = self._follow(follower, self.env.now + float(self.lives.after_s[contact]))
        if not (follows and self.lives.inside[follower]):
            self._free_line(contact)


def live(setting: Setting, contacts: Contacts, stints: tuple[Stint, ...], strike: Strike = quiet) -> Trace:
    """One replication, told from its first event to its last."""
    return Centre(setting, contacts, stints, strike).run()

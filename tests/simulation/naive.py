"""The centre once more, without SimPy and without clever containers: after every event everybody is looked at. Slow, short, independent."""

from math import inf

from simulation.arrivals import Contacts
from simulation.presence import Stint
from simulation.setting import Setting

DONE, SHIFTS, GIVES_UP, ARRIVES = range(4)
GO, COME, CLOSE = range(3)


class Naive:
    """fate: "answered", "abandoned" or "unanswered"; wait_s and agent as in `Trace`."""

    def __init__(self, setting: Setting, contacts: Contacts, stints: tuple[Stint, ...]):
        self.setting, self.queue = setting, contacts.queue.tolist()
        self.arrival, self.handle, self.patience = contacts.arrival_s.tolist(), contacts.handle_s.tolist(), contacts.patience_s.tolist()
        self.size = [queue.concurrency for queue in setting.queues]
        self.fate = ["unanswered"] * len(self.queue)
        self.wait_s = [0.0] * len(self.queue)
        self.agent = [-1] * len(self.queue)
        self.waiting: list[int] = []
        self.serves: dict[int, tuple[int, ...]] = dict.fromkeys(range(len(setting.agents)), ())
        self.hand: dict[int, list[int]] = {number: [] for number in self.serves}
        self.last: dict[int, int] = dict.fromkeys(self.serves, 0)
        self.order = 0
        self.again, self.delay = contacts.again.tolist(), contacts.delay_s.tolist()
        self.events: list[tuple[float, int, tuple[int, ...]]] = [(t, ARRIVES, (i,)) for i, t in enumerate(self.arrival) if t < inf]
        self.shut = [setting.closings(stints, queue) for queue in range(len(self.size))]
        self.events += [(s.end_s, SHIFTS, (GO, s.agent)) for s in stints]
        self.events += [(s.start_s, SHIFTS, (COME, s.agent, *s.queues)) for s in stints]
        self.events += [(a, SHIFTS, (CLOSE, queue)) for queue, spans in enumerate(self.shut) for a, _ in spans]

    def run(self) -> "Naive":
        while self.events:
            event = min(self.events)
            self.events.remove(event)
            self.now, kind, what = event
            (self.done, self.shifts, self.gives_up, self.arrives)[kind](*what)
            while self.someone_chats_more():
                pass
        return self

    def rank(self, agent, contact):
        """Sorts the contacts an agent may take, most urgent first."""
        queue = self.queue[contact]
        rules = {
            "priority_longest_wait": (self.setting.queues[queue].priority, self.arrival[contact], contact),
            "longest_wait": (self.arrival[contact], contact),
            "skill_order": (self.serves[agent].index(queue), self.arrival[contact], contact),
        }
        return rules[self.setting.routing]

    def preferred(self, agent, queue):
        served = self.serves[agent]
        return {"longest_idle": 0, "fewest_skills": len(served), "own_order": served.index(queue)}[self.setting.preference]

    def first_for(self, agent):
        mine = [c for c in self.waiting if self.queue[c] in self.serves[agent]]
        return min(mine, key=lambda c: self.rank(agent, c), default=None)

    def takes(self, agent, contact):
        if contact in self.waiting:
            self.waiting.remove(contact)
        self.fate[contact], self.agent[contact] = "answered", agent
        self.wait_s[contact] = self.now - self.arrival[contact]
        self.hand[agent].append(contact)
        self.events.append((self.now + self.handle[contact], DONE, (contact,)))
        self.stamp(agent)

    def stamp(self, agent):
        self.order += 1
        self.last[agent] = self.order

    def looks(self, agent):
        """A free agent takes what comes first; one who chats takes only a chat of the same queue, and only if that comes first."""
        self.stamp(agent)
        while (contact := self.first_for(agent)) is not None and self.may_take(agent, contact):
            self.takes(agent, contact)

    def may_take(self, agent, contact):
        hand, queue = self.hand[agent], self.queue[contact]
        return not hand or (self.queue[hand[0]] == queue and len(hand) < self.size[queue])

    def someone_chats_more(self):
        for queue in range(len(self.size)):
            chatting = [a for a, hand in self.hand.items() if hand and self.queue[hand[0]] == queue and queue in self.serves[a]]
            for agent in sorted(chatting, key=lambda a: (len(self.hand[a]), self.last[a])):
                first = self.first_for(agent)
                if first is not None and self.queue[first] == queue and len(self.hand[agent]) < self.size[queue]:
                    self.takes(agent, first)
                    return True
        return False

    def done(self, contact):
        agent = self.agent[contact]
        self.hand[agent].remove(contact)
        if self.serves[agent]:
            self.looks(agent)

    def shifts(self, what, number, *queues):
        if what == CLOSE:
            for contact in [c for c in self.waiting if self.queue[c] == number]:
                self.sent_away(contact)
        else:
            self.serves[number] = queues
            if queues:
                self.looks(number)

    def sent_away(self, contact):
        self.waiting.remove(contact)
        self.wait_s[contact] = self.now - self.arrival[contact]

    def gives_up(self, contact):
        if contact in self.waiting:
            self.waiting.remove(contact)
            self.fate[contact], self.wait_s[contact] = "abandoned", self.now - self.arrival[contact]
            redial, at = self.again[contact], self.now + self.delay[contact]
            if redial != -1 and at < self.setting.horizon_s:
                self.arrival[redial] = at
                self.events.append((at, ARRIVES, (redial,)))

    def arrives(self, contact):
        queue = self.queue[contact]
        idle = [a for a, served in self.serves.items() if queue in served and not self.hand[a]]
        if idle:
            return self.takes(min(idle, key=lambda a: (self.preferred(a, queue), self.last[a])), contact)
        self.waiting.append(contact)
        while self.someone_chats_more():
            pass
        if contact not in self.waiting:
            return None
        if self.patience[contact] < inf:
            self.events.append((self.now + self.patience[contact], GIVES_UP, (contact,)))
        elif any(a <= self.now < b for a, b in self.shut[queue]):
            self.sent_away(contact)
        return None

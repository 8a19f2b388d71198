"""What is known of each contact beforehand, and what is noted down as it happens. Part of `simulation.centre`."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import numpy as np

from simulation.arrivals import Contacts
from simulation.lives import Lives
from simulation.setting import Setting
from simulation.trace import Fate, Trace


class Notes:
    """The facts of a replication, as lists by contact; and the trace made of them when all is over.

    late, absent: as in `Trace`.
    """

    setting: Setting
    late: list[tuple[int, float, float]]
    absent: list[tuple[int, float, float]]

    def _know_the_contacts(self, contacts: Contacts) -> None:
        if contacts.lives is None and self.setting.rules is not None:
            contacts = replace(contacts, lives=Lives.plain(len(contacts)))
        self.contacts, size = contacts, len(contacts)
        self.arrival_s, self.queue = contacts.arrival_s.tolist(), contacts.queue.tolist()
        self.handle_s, self.patience_s = contacts.handle_s.tolist(), contacts.patience_s.tolist()
        self.again, self.delay_s = contacts.again.tolist(), contacts.delay_s.tolist()
        self.lives = contacts.lives or Lives.plain(size)
        self.entered_s = [0.0] * size
        self.fate = [int(Fate.UNANSWERED)] * size
        self.agent, self.wait_s, self.virtual_s = [-1] * size, [0.0] * size, [inf] * size
        self.factor, self.stage, self.settled = [1.0] * size, [0] * size, [False] * size
        self.left_s, self.done_s, self.begun_s = list(self.handle_s), [inf] * size, [0.0] * size
        self.server, self.pieces, self.moves, self.took_s = [-1] * size, [0] * size, [0] * size, [nan] * size
        self.further: list[tuple[int, int, float, float]] = []

    def _told(self) -> Trace:
        late = np.array(sorted(self.late)).reshape(-1, 3)
        facts = {"fate": self.fate, "wait_s": self.wait_s, "agent": self.agent, "virtual_s": self.virtual_s}
        if self.contacts.lives is not None:
            facts |= {"entered_s": self.entered_s, "factor": self.factor, "took_s": self.took_s}
        further = np.array(sorted(self.further, key=lambda piece: (*piece[2:], piece[1]))).reshape(-1, 4)
        absent = np.array(sorted(self.absent)).reshape(-1, 3)
        return Trace.of(self.contacts, self.setting.step_s, self.arrival_s, late, further, absent, **facts)

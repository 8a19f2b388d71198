"""What reaches the agents of each queue: less than comes where a menu settles it, more where contacts are passed on or come again.

In expectation, everybody who reaches a queue being served. Per queue, of those who come from outside (1 − hang_up)·(escape + (1 −
escape)(1 − contained)) pass the menu; a share is misrouted, served elsewhere first and then here; of the others a share is cut off in
mid-talk and calls again; of the rest shares are passed on; of those left a share comes again as often as its limit lets it. The sums
solve n = m + Pᵀn (flows of an open network, Jackson 1957), taken wave by wave, so that who comes again later is counted later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.signal import lfilter

from wfm.model import Menu, Queue
from wfm.model.arrays import FloatArray
from wfm.staffing.workload import Workload

_WAVES = 12
"""Times a contact is passed on or calls again after being cut off, at most."""


def flowing(works: Sequence[Workload]) -> list[Workload]:
    """The same works with the contacts that reach agents, and their mean handle time; unchanged where no journey matters.

    What is passed on to a queue that is not among them, or while it is closed, is left out. The time until somebody comes again is taken
    as exponential; who has passed one menu is as likely as anybody to pass another. Neither trunks, places, offers of a call back nor
    redials after hanging up count here (redials do in model X).
    """
    if not any(_moves(work.queue) for work in works):
        return list(works)
    contacts, busy_s = _Flow(works).total()
    return [_at_agents(work, contacts[i], busy_s[i]) for i, work in enumerate(works)]


def _moves(queue: Queue) -> bool:
    journey = queue.journey
    return bool(journey.menu or journey.transfers or journey.repeat or journey.disconnect)


def passing(menu: Menu | None) -> float:
    """Share of those who call that leaves the menu for an agent."""
    if menu is None:
        return 1.0
    return (1 - menu.hang_up) * (menu.escape + (1 - menu.escape) * (1 - menu.contained))


def _at_agents(work: Workload, contacts: FloatArray, busy_s: FloatArray) -> Workload:
    contacts = np.where(work.is_open | work.defers, contacts, 0.0)
    handle_s = np.divide(busy_s, contacts, out=np.zeros_like(contacts), where=contacts > 0)
    return replace(work, contacts=contacts, handle_s=handle_s, forecast=float(work.contacts.sum()))


class _Flow:
    """All arrays (queues, intervals)."""

    def __init__(self, works: Sequence[Workload]) -> None:
        self.queues = [work.queue for work in works]
        self.number = {queue.name: i for i, queue in enumerate(self.queues)}
        self.step_s = works[0].step_s
        self.first = np.array([work.contacts for work in works])
        self.handle_s = np.array([np.where(work.handle_s > 0, work.handle_s, _usual_s(work)) for work in works])
        self.contacts, self.busy_s = np.zeros_like(self.first), np.zeros_like(self.first)

    def total(self) -> tuple[FloatArray, FloatArray]:
        """Contacts that agents handle, and the seconds that takes."""
        coming, turn = self.first, 0
        while coming.any():
            coming = self._settle(coming, turn)
            turn += 1
        return self.contacts, self.busy_s

    def _settle(self, coming: FloatArray, turn: int) -> FloatArray:
        """Count those who come, and what of them is passed on; returns those who come again, after so many `turn`s before."""
        inside, again = np.zeros_like(coming), np.zeros_like(coming)
        for _ in range(_WAVES):
            calling, passed = np.zeros_like(coming), np.zeros_like(coming)
            for i, queue in enumerate(self.queues):
                served = inside[i] + self._arrive(i, coming[i] * passing(queue.journey.menu), passed)
                left = self._serve(i, served, calling)
                self._pass_on(queue, left, passed)
                self._repeat(queue, left, turn, again)
            coming, inside = calling, passed
            if not (coming.any() or inside.any()):
                break
        return again

    def _count(self, i: int, contacts: FloatArray, seconds: FloatArray | float) -> None:
        self.contacts[i] += contacts
        self.busy_s[i] += contacts * seconds

    def _arrive(self, i: int, contacts: FloatArray, passed: FloatArray) -> FloatArray:
        """Those who come to the right place at once; the others are served at the wrong one and passed on to here."""
        menu = self.queues[i].journey.menu
        if menu is None or not menu.misrouted:
            return contacts
        wrong = contacts * menu.misrouted
        if menu.misrouted_to in self.number:
            self._count(self.number[menu.misrouted_to], wrong, menu.misrouted_s)
        passed[i] += wrong
        return contacts - wrong

    def _serve(self, i: int, contacts: FloatArray, calling: FloatArray) -> FloatArray:
        """Count them; returns those who are not cut off. Who is has talked for half the time, and calls again."""
        queue = self.queues[i]
        cut = contacts * queue.journey.disconnect
        wrap_s = queue.journey.wrap.mean if queue.journey.wrap else 0.0
        self._count(i, contacts - cut, self.handle_s[i])
        self._count(i, cut, np.maximum(self.handle_s[i] - wrap_s, 0.0) / 2)
        delay_s = queue.journey.redial.mean if queue.journey.redial and queue.journey.redial.mean else queue.redial_after_s
        calling[i] += _later(cut * _once_passed(queue.journey.menu), delay_s, self.step_s)
        return contacts - cut

    def _pass_on(self, queue: Queue, left: FloatArray, passed: FloatArray) -> None:
        for transfer in queue.journey.transfers:
            if transfer.to in self.number:
                to = self.number[transfer.to]
                passed[to] += left * transfer.share
                self.busy_s[to] += left * transfer.share * transfer.extra_s

    def _repeat(self, queue: Queue, left: FloatArray, turn: int, again: FloatArray) -> None:
        repeat = queue.journey.repeat
        to = self.number.get(repeat.to or queue.name) if repeat else None
        if repeat is None or to is None or turn >= repeat.limit:
            return
        settled_elsewhere = sum(transfer.share for transfer in queue.journey.transfers)
        unsettled = left * (1 - settled_elsewhere) * repeat.share
        same = self.queues[to] is queue
        again[to] += _later(unsettled * (_once_passed(queue.journey.menu) if same else 1.0), repeat.after.mean, self.step_s)


def _once_passed(menu: Menu | None) -> float:
    """For those who call again where the menu could not help them, and cannot now: so many callers are as many at an agent."""
    return (1 - menu.hang_up) / passing(menu) if menu and passing(menu) > 0 else 1.0


def _usual_s(work: Workload) -> float:
    """Of a queue's contacts where an interval has none of its own."""
    total = float(work.contacts.sum())
    return float(work.contacts @ work.handle_s) / total if total else work.queue.handle_s


def _later(contacts: FloatArray, mean_s: float, step_s: float) -> FloatArray:
    """Those who come anywhere in their interval, moved by an exponential time; what falls past the end is lost."""
    if mean_s <= 0:
        return contacts
    passed = step_s / mean_s
    stays, keep = float(-np.expm1(-passed)), float(np.exp(-passed))
    later = lfilter([0.0, stays * stays / passed], [1.0, -keep], contacts)
    return np.asarray((1 - stays / passed) * contacts + later)

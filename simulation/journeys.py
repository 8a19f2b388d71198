"""The journeys of a replication's contacts: every further attempt and leg that there might be, drawn beforehand.

An attempt that hangs up or is blocked may be followed by a redial; one that is served by a transfer, a repeat or, cut off, a redial; one
that takes an offer by the promised call. All draws belong to the contact and to the path that led to the attempt, never to who serves it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from simulation.arrivals import Contacts, draw_contacts, handle_of, patience_of
from simulation.laws import times_s
from simulation.lives import ALWAYS, FIRST_TURNS, Columns, Leg
from simulation.setting import Setting
from simulation.streams import exponential, key, uniforms
from simulation.trace import BLOCKED, HUNG_UP, Cause
from wfm.model import Law, Queue
from wfm.model.arrays import BoolArray, FloatArray, IntArray

MOST_HOPS = 4
"""Transfers of one contact: queues may pass it round in a circle."""

CONTACTS = ("arrival_s", "queue", "interval", "handle_s", "patience_s", "again", "delay_s")


def draw_journeys(setting: Setting, counts: IntArray, replication: int, turns: IntArray | None = None) -> Contacts:
    """The contacts of one replication with all that may follow. counts (queues, intervals), of the scenario's queues.

    turns: most redials in a row that are drawn for each contact, `FIRST_TURNS` where None; nobody's life depends on it who does not need
    more (`Trace.left_out`).
    """
    run = (setting.seed, replication)
    first = draw_contacts(setting.base, counts, setting.base_handle_s, setting.step_s, run, setting.recorded, setting.opening_s)
    return Journeys(setting, first, replication, np.full(len(first), FIRST_TURNS) if turns is None else turns).draw()


class Journeys:
    """One replication's."""

    def __init__(self, setting: Setting, first: Contacts, replication: int, turns: IntArray):
        self.setting, self.first, self.run, self.turns = setting, first, (setting.seed, replication), turns
        self.rows_of = [np.flatnonzero(first.queue == queue) for queue in range(len(setting.base))]
        self.columns = Columns(len(first))
        self.origin = np.arange(len(first))
        self.to_follow: deque[Leg] = deque()

    def draw(self) -> Contacts:
        for name in ("arrival_s", "interval"):
            self.columns.put(name, self.origin, getattr(self.first, name))
        for queue, rows in enumerate(self.rows_of):
            self._begin(self._first(queue, rows))
        while self.to_follow:
            leg = self.to_follow.popleft()
            for follower in (*self._redials(leg), *self._promises(leg), *self._after_service(leg)):
                self._begin(follower)
        whole = {name: self.columns.column(name) for name in CONTACTS}
        return Contacts(**whole, originals=len(self.first), lives=self.columns.lives())

    def _first(self, queue: int, rows: IntArray) -> Leg:
        noun = self.setting.base[queue]
        mean_s = self.setting.base_handle_s[queue][self.first.interval[rows]]
        handle_s, wrap_s = handle_of(noun, mean_s, self.run, noun.name)
        return Leg(rows, queue, np.arange(len(rows)), queue, "", Cause.FIRST, self.setting.trunks_of(queue), handle_s, wrap_s)

    def _draws(self, leg: Leg, purpose: str, path: str | None = None) -> FloatArray:
        """Numbers in (0, 1) for the attempts of a leg; path "" for what a contact keeps in all its attempts."""
        owner, size = self.setting.base[leg.home].name, len(self.rows_of[leg.home])
        return uniforms(size, key(*self.run, purpose + (leg.path if path is None else path), owner))[leg.slot]

    def _times_s(self, leg: Leg, purpose: str, law: Law) -> FloatArray:
        return times_s(law, self._draws(leg, purpose)) if law.mean > 0 else np.zeros(len(leg.rows))

    # --- what an attempt is -----------------------------------------------------------------------------------------------------------

    def _begin(self, leg: Leg) -> None:
        """Write a leg down, and remember to ask what may follow it."""
        if not len(leg.rows):
            return
        put, queue = self.columns.put, self.setting.base[leg.queue]
        segment = self._segment(leg)
        put("queue", leg.rows, self.setting.first_line[leg.queue] + segment)
        put("handle_s", leg.rows, leg.handle_s)
        put("wrap_s", leg.rows, leg.wrap_s)
        put("cause", leg.rows, int(leg.cause))
        put("origin", leg.rows, self.rows_of[leg.home][leg.slot])
        put("trunks", leg.rows, leg.trunks)
        put("inside", leg.rows, leg.cause is Cause.TRANSFER)
        put("choice", leg.rows, self._draws(leg, "choice"))
        if leg.cause is not Cause.PROMISE:
            put("patience_s", leg.rows, self._patience_s(leg, queue, segment))
        if leg.cause is not Cause.PROMISE and leg.cause is not Cause.TRANSFER:
            self._menu(leg, queue)
        self.to_follow.append(leg)

    def _segment(self, leg: Leg) -> IntArray:
        """Number of the customers' segment in the queue where they are; the first where that queue does not know it."""
        home, here = (self.setting.base[queue].journey.segments for queue in (leg.home, leg.queue))
        if not home or not here:
            return np.zeros(len(leg.rows), np.int64)
        shares = np.cumsum([segment.share for segment in home])
        theirs = np.minimum(np.searchsorted(shares, self._draws(leg, "segment", ""), side="right"), len(home) - 1)
        names = [segment.name for segment in here]
        return np.array([names.index(segment.name) if segment.name in names else 0 for segment in home])[theirs]

    def _patience_s(self, leg: Leg, queue: Queue, segment: IntArray) -> FloatArray:
        owner, size = self.setting.base[leg.home].name, len(self.rows_of[leg.home])
        patience_s = patience_of(queue, size, self.run, leg.path, owner)[leg.slot]
        for number, one in enumerate(queue.journey.segments):
            if one.patience_s is not None:
                theirs = segment == number
                patience_s[theirs] = patience_of(queue, size, self.run, leg.path, owner, one.patience_s)[leg.slot][theirs]
        return patience_s * self.setting.patience_scale[leg.queue][self.first.interval[self.rows_of[leg.home][leg.slot]]]

    def _menu(self, leg: Leg, queue: Queue) -> None:
        menu = queue.journey.menu
        if menu is None:
            return
        message_s = self._times_s(leg, "message", menu.message)
        early = self._draws(leg, "escape", "") < menu.escape
        served_s = np.where(early, 0.0, self._times_s(leg, "self-service", menu.self_service))
        heard_s = np.where(early, message_s * self._draws(leg, "escaping"), message_s)
        gives_up = self._draws(leg, "giving up") < menu.hang_up
        heard_s = np.where(gives_up, (heard_s + served_s) * self._draws(leg, "moment of giving up"), heard_s + served_s)
        self.columns.put("menu_s", leg.rows, heard_s)
        self.columns.put("gives_up", leg.rows, gives_up)
        self.columns.put("contained", leg.rows, ~gives_up & ~early & (self._draws(leg, "contained", "") < menu.contained))

    # --- what may follow --------------------------------------------------------------------------------------------------------------

    def _leg(self, leg: Leg, who: BoolArray, **other: object) -> Leg:
        """A leg that follows for some of these attempts."""
        kept = {"slot": leg.slot[who], "handle_s": leg.handle_s[who], "wrap_s": leg.wrap_s[who]}
        return leg._replace(**{**kept, **other}, rows=self.columns.more(int(who.sum())))

    def _redials(self, leg: Leg) -> Iterator[Leg]:
        """As often as anybody would: after hanging up, or being blocked. A redial takes as long as its contact would have taken."""
        queue = self.setting.base[leg.queue]
        shares = (queue.redial_share, HUNG_UP), (queue.journey.busy_redial_share, BLOCKED)
        if leg.turn >= queue.redial_limit or not any(share for share, _ in shares) or leg.cause in (Cause.PROMISE, Cause.TRANSFER):
            return
        will = self._draws(leg, f"redial {leg.turn + 1}")
        bits = sum(np.where(will < share, bit, 0) for share, bit in shares)
        drawn = self.turns[self.rows_of[leg.home][leg.slot]] > leg.turn
        yield self._again(leg, (bits > 0) & drawn, "again")
        self.columns.put("tries_again", leg.rows, np.where(drawn, bits, 0))
        self.columns.put("cut", leg.rows, np.where(drawn, 0, bits))

    def _again(self, leg: Leg, who: BoolArray, link: str) -> Leg:
        queue = self.setting.base[leg.queue]
        law = queue.journey.redial or Law("exponential", queue.redial_after_s)
        delay_s = self._times_s(leg, f"delay {leg.turn + 1}", law)
        path = leg.path.removesuffix(f" {leg.turn}") + f" {leg.turn + 1}"
        follower = self._leg(leg, who, path=path, cause=Cause.REDIAL, turn=leg.turn + 1)
        self.columns.put(link, leg.rows[who], follower.rows)
        self.columns.put("delay_s" if link == "again" else "after_s", leg.rows[who], delay_s[who])
        return follower

    def _promises(self, leg: Leg) -> Iterator[Leg]:
        """The contact that an accepted offer leads to."""
        offer = self.setting.base[leg.queue].journey.offer
        if offer is None or leg.cause is Cause.PROMISE:
            return
        accepts = self._draws(leg, "accept") < offer.accept
        self.columns.put("accepts", leg.rows, accepts)
        if offer.to:
            follower = self._elsewhere(leg, accepts, offer.to, Cause.PROMISE, " promise")
            self.columns.put("promise", leg.rows[accepts], follower.rows)
            yield follower

    def _elsewhere(self, leg: Leg, who: BoolArray, to: str, cause: Cause, step: str, extra_s: float = 0.0) -> Leg:
        """A leg in another queue, with a handle time of its own there."""
        number = self.setting.number[to]
        interval = self.first.interval[self.rows_of[leg.home]]
        names = (self.setting.base[leg.home].name, leg.path + step)
        handle_s, wrap_s = handle_of(self.setting.base[number], self.setting.base_handle_s[number][interval], self.run, *names)
        mine = leg.slot[who]
        trunks = {Cause.TRANSFER: leg.trunks, Cause.PROMISE: -1}.get(cause, self.setting.trunks_of(number))
        times = {"handle_s": handle_s[mine] + extra_s, "wrap_s": wrap_s[mine]}
        return self._leg(leg, who, **times, queue=number, path=leg.path + step, cause=cause, trunks=trunks, turn=0)

    def _after_service(self, leg: Leg) -> Iterator[Leg]:
        """Of the served, who is at the wrong place, who is cut off, who is passed on, and else who is not settled."""
        left = np.ones(len(leg.rows), bool)
        for ways in (self._misrouted, self._cut_off, self._passed_on, self._repeated):
            for who, follower in ways(leg, left):
                self.columns.put("after", leg.rows[who], follower.rows)
                left = left & ~who
                yield follower

    def _misrouted(self, leg: Leg, left: BoolArray) -> Iterator[tuple[BoolArray, Leg]]:
        """Served where they do not belong, and passed on to where they do: the leg so far turns out to be the second."""
        menu = self.setting.base[leg.queue].journey.menu
        if menu is None or not menu.misrouted or leg.cause in (Cause.TRANSFER, Cause.PROMISE):
            return
        who = left & (self._draws(leg, "misrouted", "") < menu.misrouted)
        rows, wrong = leg.rows[who], self.setting.number[menu.misrouted_to]
        self.columns.put("queue", rows, self.setting.first_line[wrong])
        self.columns.put("handle_s", rows, menu.misrouted_s * exponential(self._draws(leg, "wrong place"))[who])
        self.columns.put("wrap_s", rows, 0.0)
        self.columns.put("after_u", rows, ALWAYS)
        yield who, self._leg(leg, who, path=leg.path + " right place", cause=Cause.TRANSFER, hops=leg.hops + 1)

    def _cut_off(self, leg: Leg, left: BoolArray) -> Iterator[tuple[BoolArray, Leg]]:
        queue = self.setting.base[leg.queue]
        if not queue.journey.disconnect or leg.turn >= queue.redial_limit or leg.cause is Cause.PROMISE:
            return
        who = left & (self._draws(leg, "cut off") < queue.journey.disconnect)
        talk_s = (leg.handle_s - leg.wrap_s)[who] * self._draws(leg, "moment")[who]
        self.columns.put("handle_s", leg.rows[who], talk_s)
        self.columns.put("wrap_s", leg.rows[who], 0.0)
        self.columns.put("after_u", leg.rows[who], ALWAYS)
        yield who, self._again(leg._replace(path=leg.path + " cut off"), who, "after_s")

    def _passed_on(self, leg: Leg, left: BoolArray) -> Iterator[tuple[BoolArray, Leg]]:
        transfers = self.setting.base[leg.queue].journey.transfers
        if not transfers or leg.hops >= MOST_HOPS:
            return
        will, below = self._draws(leg, "transfer"), 0.0
        for number, one in enumerate(transfers):
            who = left & (will >= below) & (will < below + one.share)
            below += one.share
            self.columns.put("after_u", leg.rows[who], ALWAYS)
            step = f" transfer {number}"
            yield who, self._elsewhere(leg, who, one.to, Cause.TRANSFER, step, one.extra_s)._replace(hops=leg.hops + 1)

    def _repeated(self, leg: Leg, left: BoolArray) -> Iterator[tuple[BoolArray, Leg]]:
        """Every one that the least able agent would not settle; whether it comes is seen when somebody has served it."""
        repeat = self.setting.base[leg.queue].journey.repeat
        if repeat is None or leg.repeats >= repeat.limit:
            return
        settled = self._draws(leg, "settled")
        who = left & (settled >= self.setting.least_resolution(leg.queue))
        self.columns.put("after_u", leg.rows[who], settled[who])
        self.columns.put("after_s", leg.rows[who], self._times_s(leg, "repeating", repeat.after)[who])
        to = repeat.to or self.setting.base[leg.queue].name
        yield who, self._elsewhere(leg, who, to, Cause.REPEAT, " repeat")._replace(repeats=leg.repeats + 1, hops=0)

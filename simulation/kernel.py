"""The centre once more, compiled: the rules of `simulation.centre`, the same trace to the last bit.

The specification is `simulation/centre.py`; functions here bear the names they have there. All state lies in the arrays of a `World`, so
that the work can be cut into spells. Everything compiled stays in this one file, since numba's cache does not notice changes elsewhere.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from simulation.world import ABANDONED, ANSWERED, CLOSE, COME, GO, NOBODY, UNANSWERED, World

part = njit(_nrt=False, forceinline=True)
"""A part of `live`: written into it, not called, and without reference counts, since nothing is made here. It is 20 times as fast so."""

AWAY, WAITING, HUNG_UP = 0, 1, 2
ZERO, ONE, TWO = np.uint64(0), np.uint64(1), np.uint64(2)


# --- the next events: a heap of (time, contact) -----------------------------------------------------------------------------------


@part
def sift_down(heap, size, at_s, contact):
    """Put an event at the root, which is free, and let it sink to its place among `size`."""
    hole, child = ZERO, ONE
    while child < size:
        right = child + ONE
        if right < size and earlier(heap, right, heap[child].at_s, heap[child].contact):
            child = right
        if not earlier(heap, child, at_s, contact):
            break
        heap[hole].at_s, heap[hole].contact = heap[child].at_s, heap[child].contact
        hole, child = child, TWO * child + ONE
    heap[hole].at_s, heap[hole].contact = at_s, contact


@part
def sift_up(heap, size, at_s, contact):
    """Put an event behind the last of `size` and let it rise to its place."""
    hole = np.uint64(size)
    while hole:
        parent = (hole - ONE) // TWO
        if earlier(heap, parent, at_s, contact):
            break
        heap[hole].at_s, heap[hole].contact = heap[parent].at_s, heap[parent].contact
        hole = parent
    heap[hole].at_s, heap[hole].contact = at_s, contact


@part
def earlier(heap, place, at_s, contact):
    """Whether the event at this place of the heap comes before the other."""
    return (heap[place].at_s < at_s) | ((heap[place].at_s == at_s) & (heap[place].contact < contact))


@part
def drop_root(heap, size):
    """Take the earliest of `size` events away; returns how many are left."""
    size -= 1
    if size:
        sift_down(heap, size, heap[size].at_s, heap[size].contact)
    return size


# --- the floor --------------------------------------------------------------------------------------------------------------------


@part
def longest_idle(w, queue):
    best, rank = NOBODY, 0
    for k in range(w.lines[queue].servers, w.lines[queue + 1].servers):
        server = w.servers[k]
        if best != NOBODY and server.rank != rank:
            break
        agent, rank = w.places[server.profile].first, server.rank
        if agent != NOBODY and (best == NOBODY or w.agents[agent].since < w.agents[best].since):
            best = agent
    return best


@part
def has_room(w, agent):
    a = w.agents[agent]
    if not a.in_hand:
        return True
    return a.in_hand < w.lines[a.queue].concurrency and w.level_of[a.profile, a.queue] >= 0


@part
def stand(w, agent):
    a = w.agents[agent]
    a.place = w.lines[a.queue].rooms + a.in_hand if a.in_hand else a.profile
    place = w.places[a.place]
    a.before, a.behind = place.last, NOBODY
    if place.last == NOBODY:
        place.first = agent
    else:
        w.agents[place.last].behind = agent
    place.last = agent
    w.clock[0].stood += 1
    a.since = w.clock[0].stood


@part
def step_away(w, agent):
    a = w.agents[agent]
    if a.place == NOBODY:
        return
    place = w.places[a.place]
    if a.before == NOBODY:
        place.first = a.behind
    else:
        w.agents[a.before].behind = a.behind
    if a.behind == NOBODY:
        place.last = a.before
    else:
        w.agents[a.behind].before = a.before
    a.place = NOBODY


# --- the lines: those who wait and those who hung up, in the order in which they came ----------------------------------------------


@part
def join(w, contact):
    """Go to the end of the line; returns who stood there before."""
    line = w.lines[w.queue[contact]]
    before = line.tail
    w.contacts[contact].standing, w.contacts[contact].behind = WAITING, NOBODY
    if before == NOBODY:
        line.head = contact
    else:
        w.contacts[before].behind = contact
    line.tail = contact
    if line.front == NOBODY:
        line.front = contact
    return before


@part
def move_front(w, line):
    """The first who waits has gone: find the next who does."""
    contact = w.contacts[line.front].behind
    while contact != NOBODY and w.contacts[contact].standing != WAITING:
        contact = w.contacts[contact].behind
    line.front = contact


@part
def drop_head(w, line):
    """Nobody need remember the first of the line any more."""
    line.head = w.contacts[line.head].behind
    if line.head == NOBODY:
        line.tail = NOBODY


@part
def send_away(w, contact):
    w.contacts[contact].standing = AWAY
    w.contacts[contact].wait_s = w.clock[0].now_s - w.arrival_s[contact]


@part
def turn_back(w, contact, before):
    """Send the last of the line away, who has only just joined it."""
    send_away(w, contact)
    line = w.lines[w.queue[contact]]
    if line.front == contact:
        line.front = NOBODY
    if line.head == contact:
        line.head = line.tail = NOBODY
    else:
        w.contacts[before].behind, line.tail = NOBODY, before


# --- the life of a contact --------------------------------------------------------------------------------------------------------


@part
def arrive(w, contact):
    c = w.contacts[contact]
    c.wait_s, c.virtual_s, c.agent, c.fate, c.standing = 0.0, np.inf, NOBODY, UNANSWERED, AWAY
    agent = longest_idle(w, w.queue[contact])
    if agent == NOBODY:
        wait(w, contact)
        return
    step_away(w, agent)
    serve(w, contact, agent)
    if has_room(w, agent):
        stand(w, agent)


@part
def wait(w, contact):
    w.clock[0].before = join(w, contact)
    w.clock[0].joined, w.clock[0].rooms = contact, 1


@part
def settle(w, contact, before):
    if w.contacts[contact].standing != WAITING:
        return
    clock = w.clock[0]
    if w.patience_s[contact] < np.inf:
        sift_up(w.leaves, clock.leaves, clock.now_s + w.patience_s[contact], contact)
        clock.leaves += 1
    elif closed(w, w.queue[contact]):
        turn_back(w, contact, before)


@part
def closed(w, queue):
    """Whether now lies in one of the queue's closings."""
    line, now_s = w.lines[queue], w.clock[0].now_s
    while line.closing + 1 < w.lines[queue + 1].first_closing and w.closings[line.closing + 1, 0] <= now_s:
        line.closing += 1
    return w.closings[line.closing, 0] <= now_s < w.closings[line.closing, 1]


@part
def leave(w, contact):
    if w.contacts[contact].standing != WAITING:
        return
    line = w.lines[w.queue[contact]]
    w.contacts[contact].standing, w.contacts[contact].fate = HUNG_UP, ABANDONED
    w.contacts[contact].wait_s = w.clock[0].now_s - w.arrival_s[contact]
    if line.front == contact:
        move_front(w, line)
    w.clock[0].rooms = 1
    call_again(w, contact)


@part
def call_again(w, contact):
    redial, at_s = w.again[contact], w.clock[0].now_s + w.delay_s[contact]
    if redial != NOBODY and at_s < w.clock[0].horizon_s:
        w.arrival_s[redial] = at_s
        sift_up(w.redials, w.clock[0].redials, at_s, redial)
        w.clock[0].redials += 1


@part
def serve(w, contact, agent):
    c, a, clock = w.contacts[contact], w.agents[agent], w.clock[0]
    c.fate, c.agent, c.standing = ANSWERED, agent, AWAY
    c.wait_s = c.virtual_s = clock.now_s - w.arrival_s[contact]
    a.in_hand += 1
    a.queue = w.queue[contact]
    done_s = clock.now_s + w.handle_s[contact]
    if clock.root_free:
        sift_down(w.ends, clock.ends, done_s, contact)
        clock.root_free = 0
    else:
        sift_up(w.ends, clock.ends, done_s, contact)
        clock.ends += 1


@part
def finish(w, agent):
    a = w.agents[agent]
    a.in_hand -= 1
    if a.profile != NOBODY:
        w.clock[0].looking, w.clock[0].rooms = agent, 1
    elif not a.in_hand:
        note_late(w, agent)


# --- the day of an agent ----------------------------------------------------------------------------------------------------------


@part
def change(w, row):
    if row.change == GO:
        go(w, row.number)
    elif row.change == COME:
        come(w, row.number, row.profile)
    elif row.change == CLOSE:
        close(w, row.number)


@part
def come(w, agent, profile):
    if w.agents[agent].in_hand:
        note_late(w, agent)
    w.agents[agent].profile = profile
    w.clock[0].looking, w.clock[0].rooms = agent, 1


@part
def go(w, agent):
    step_away(w, agent)
    w.agents[agent].profile = NOBODY
    w.agents[agent].left_s = w.clock[0].now_s


@part
def look_for_work(w, agent):
    step_away(w, agent)
    while has_room(w, agent):
        contact = next_for(w, agent)
        if contact == NOBODY:
            stand(w, agent)
            return
        take(w, contact, agent)


@part
def take(w, contact, agent):
    """The contact is the head of its line: whoever hung up before it was noticed when it was chosen."""
    line = w.lines[w.queue[contact]]
    move_front(w, line)
    drop_head(w, line)
    serve(w, contact, agent)


@part
def note_late(w, agent):
    clock, left_s = w.clock[0], w.agents[agent].left_s
    if clock.now_s > left_s:
        late = w.late[clock.late]
        late[0], late[1], late[2] = agent, left_s, clock.now_s
        clock.late += 1


# --- who is next ------------------------------------------------------------------------------------------------------------------


@part
def first_for(w, agent):
    profile = w.agents[agent].profile
    best, level = NOBODY, 0
    for k in range(w.profiles[profile], w.profiles[profile + 1]):
        served = w.served[k]
        if best != NOBODY and served.level != level:
            break
        front = w.lines[served.queue].front
        if front != NOBODY and (best == NOBODY or came_before(w, front, best)):
            best, level = front, served.level
    return best


@part
def came_before(w, contact, other):
    at_s, other_s = w.arrival_s[contact], w.arrival_s[other]
    return at_s < other_s or (at_s == other_s and contact < other)


@part
def next_for(w, agent):
    a = w.agents[agent]
    first = first_for(w, agent)
    notice_hung_up(w, agent, first)
    if a.in_hand and first != NOBODY and w.queue[first] != a.queue:
        return NOBODY
    return first


@part
def notice_hung_up(w, agent, first):
    a = w.agents[agent]
    last = w.level_of[a.profile, w.queue[first]] if first != NOBODY else len(w.lines)
    for k in range(w.profiles[a.profile], w.profiles[a.profile + 1]):
        served = w.served[k]
        if served.level > last:
            return
        if not (a.in_hand and served.queue != a.queue):
            notice_in(w, w.lines[served.queue], first if served.level == last else NOBODY)


@part
def notice_in(w, line, before):
    """Those at the head of the line who hung up and came earlier than this contact."""
    while line.head != NOBODY and w.contacts[line.head].standing == HUNG_UP:
        if before != NOBODY and not came_before(w, line.head, before):
            return
        w.contacts[line.head].virtual_s = w.clock[0].now_s - w.arrival_s[line.head]
        drop_head(w, line)


@part
def fill_rooms(w):
    for queue in w.chats:
        agent = ready_for_another(w, queue)
        while agent != NOBODY:
            step_away(w, agent)
            take(w, next_for(w, agent), agent)
            if has_room(w, agent):
                stand(w, agent)
            agent = ready_for_another(w, queue)


@part
def ready_for_another(w, queue):
    line = w.lines[queue]
    if line.head == NOBODY:
        return NOBODY
    for room in range(line.rooms + 1, line.rooms + line.concurrency):
        agent = w.places[room].first
        while agent != NOBODY:
            first = first_for(w, agent)
            notice_hung_up(w, agent, first)
            if first != NOBODY and w.queue[first] == queue:
                return agent
            agent = w.agents[agent].behind
    return NOBODY


@part
def close(w, queue):
    line = w.lines[queue]
    contact = line.front
    while contact != NOBODY:
        if w.contacts[contact].standing == WAITING:
            send_away(w, contact)
        contact = w.contacts[contact].behind
    line.head = line.front = line.tail = NOBODY
    w.clock[0].rooms = 1


# --- one event after the other ----------------------------------------------------------------------------------------------------


@part
def happen(w):
    """Let the next event happen: earliest first, then completion, shift change, abandonment, arrival. Returns False when all is over."""
    clock = w.clock[0]
    end_s = w.ends[0].at_s if clock.ends else np.inf
    change_s = w.changes[clock.change].at_s if clock.change < len(w.changes) else np.inf
    leave_s = w.leaves[0].at_s if clock.leaves else np.inf
    arrival_s = w.arrival_s[clock.contact] if clock.contact < clock.originals else np.inf
    redial_s = w.redials[0].at_s if clock.redials else np.inf
    clock.now_s = min(end_s, change_s, leave_s, arrival_s, redial_s)
    if clock.now_s == np.inf:
        return False
    if clock.now_s == end_s:
        next_end(w)
    elif clock.now_s == change_s:
        clock.change += 1
        change(w, w.changes[clock.change - 1])
    elif clock.now_s == leave_s:
        contact = w.leaves[0].contact
        clock.leaves = drop_root(w.leaves, clock.leaves)
        leave(w, contact)
    else:
        arrive(w, next_arrival(w, arrival_s <= redial_s))
    follow(w)
    return True


@part
def follow(w):
    """What follows from the event: noted by it and done here, once for all kinds, since every part is written out where it is called."""
    clock = w.clock[0]
    if clock.looking != NOBODY:
        look_for_work(w, clock.looking)
        clock.looking = NOBODY
    if clock.rooms:
        fill_rooms(w)
        clock.rooms = 0
    if clock.joined != NOBODY:
        settle(w, clock.joined, clock.before)
        clock.joined = NOBODY
    if clock.root_free:
        clock.ends = drop_root(w.ends, clock.ends)
        clock.root_free = 0


@part
def next_arrival(w, original):
    clock = w.clock[0]
    if original:
        clock.contact += 1
        return clock.contact - 1
    contact = w.redials[0].contact
    clock.redials = drop_root(w.redials, clock.redials)
    return contact


@part
def next_end(w):
    """The earliest completion; the first contact taken after it may use its place in the heap."""
    w.clock[0].root_free = 1
    finish(w, w.contacts[w.ends[0].contact].agent)


def _live(w: World, events: int) -> bool:
    """Let up to this many events happen; returns whether there may be more."""
    going = True
    while going and events:
        going = happen(w)
        events -= 1
    return going


try:
    live = njit(nogil=True, cache=True, _nrt=False)(_live)
except RuntimeError:  # nowhere to keep what was compiled: neither beside this file nor in the user's home
    live = njit(nogil=True)(_live)

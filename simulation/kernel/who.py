"""Who is next for whom."""

from __future__ import annotations

from simulation.kernel.floor import has_room, may_serve, stand, step_away
from simulation.kernel.lines import came_before, drop_head, move_front, stop_waiting
from simulation.kernel.parts import AWAY, HUNG_UP, part
from simulation.kernel.service import serve
from simulation.world import NOBODY


@part
def first_for(w, m, agent):
    profile = w.agents[agent].profile
    best, level = NOBODY, 0
    for k in range(w.profiles[profile], w.profiles[profile + 1]):
        served = w.served[k]
        if best != NOBODY and served.level != level:
            break
        front = w.lines[served.queue].front
        if front != NOBODY and (best == NOBODY or came_before(w, m, front, best)) and allowed(w, m, profile, front):
            best, level = front, served.level
    return best


@part
def allowed(w, m, profile, contact):
    if m is None:
        return True
    else:  # noqa: RET505 (the two are never compiled together)
        return may_serve(w, m, profile, contact)


@part
def next_for(w, m, agent):
    a = w.agents[agent]
    first = first_for(w, m, agent)
    notice_hung_up(w, m, agent, first)
    if a.in_hand and first != NOBODY and not alike(m, w.queue[first], a.queue):
        return NOBODY
    return first


@part
def alike(m, queue, other):
    """Whether an agent may hold contacts of both lines at a time."""
    if m is None:
        return queue == other
    else:  # noqa: RET505 (the two are never compiled together)
        return m.rules[queue].family == m.rules[other].family


@part
def notice_hung_up(w, m, agent, first):
    a = w.agents[agent]
    last = w.level_of[a.profile, w.queue[first]] if first != NOBODY else len(w.lines)
    for k in range(w.profiles[a.profile], w.profiles[a.profile + 1]):
        served = w.served[k]
        if served.level > last:
            return
        if not a.in_hand or alike(m, served.queue, a.queue):
            notice_in(w, m, w.lines[served.queue], first if served.level == last else NOBODY, a.profile)


@part
def notice_in(w, m, line, before, profile):
    """Those at the head of the line who hung up, came earlier than this contact, and might be taken."""
    while line.head != NOBODY and w.contacts[line.head].standing == HUNG_UP:
        if before != NOBODY and not came_before(w, m, line.head, before):
            return
        if not allowed(w, m, profile, line.head):
            return
        w.virtual_s[line.head] = w.clock[0].now_s - w.entered_s[line.head]
        drop_head(w, line)


@part
def look_for_work(w, m, agent):
    step_away(w, m, agent)
    while has_room(w, agent):
        contact = next_for(w, m, agent)
        if contact == NOBODY:
            stand(w, m, agent)
            return
        take(w, m, contact, agent)


@part
def take(w, m, contact, agent):
    """The contact is the head of its line: whoever hung up before it was noticed when it was chosen."""
    line = w.lines[w.queue[contact]]
    stop_waiting(w, m, contact, AWAY)
    move_front(w, line)
    drop_head(w, line)
    serve(w, m, contact, agent)


@part
def fill_rooms(w, m):
    chat = 0
    while chat < len(w.chats):
        agent = ready_for_another(w, m, w.chats[chat])
        chat += 1
        if agent != NOBODY:
            step_away(w, m, agent)
            take(w, m, next_for(w, m, agent), agent)
            if has_room(w, agent):
                stand(w, m, agent)
            chat = 0


@part
def ready_for_another(w, m, queue):
    line = w.lines[queue]
    if nobody_in(w, m, queue):
        return NOBODY
    for room in range(line.rooms + 1, line.rooms + line.concurrency):
        agent = w.places[room].first
        while agent != NOBODY:
            first = first_for(w, m, agent)
            notice_hung_up(w, m, agent, first)
            if first != NOBODY and alike(m, w.queue[first], queue):
                return agent
            agent = w.agents[agent].behind
    return NOBODY


@part
def nobody_in(w, m, queue):
    """Whether nobody need be thought of in this line and those that follow it of the same queue."""
    if m is None:
        return w.lines[queue].head == NOBODY
    else:  # noqa: RET505 (the two are never compiled together)
        line = queue
        while line < len(m.rules) and alike(m, line, queue) and w.lines[line].head == NOBODY:
            line += 1
        return line == len(m.rules) or not alike(m, line, queue)

"""The day of an agent, and the hours of the house."""

from __future__ import annotations

import numpy as np

from simulation.kernel.contact import send_away
from simulation.kernel.floor import step_away
from simulation.kernel.heap import drop_root, push
from simulation.kernel.lines import stop_waiting
from simulation.kernel.parts import AWAY, WAITING, part
from simulation.kernel.service import depart, let_go, note_piece
from simulation.world import CLOSE, COME, GO, NOBODY


@part
def change(w, m, row):
    if row.change == GO:
        go(w, m, row.number, row.profile)
    elif row.change == COME:
        come(w, m, row.number, row.profile, row.rest_s)
    elif row.change == CLOSE:
        close(w, m, row.number)


@part
def come(w, m, number, profile, rest_s):
    agent = number
    if m is not None and m.clock[0].head_count:
        if m.profiles[profile].first_to_go != NOBODY:
            instead(w, m, number, profile)
            return
        m.clock[0].away -= 1
        agent = m.away[m.clock[0].away]
        m.names[agent] = number
    if w.agents[agent].in_hand:
        note_late(w, agent)
    if m is not None and m.clock[0].shifted and rest_s > 0 and rests_first(w, m, agent, profile, rest_s):
        return
    begin(w, m, agent, profile)


@part
def begin(w, m, agent, profile):
    w.agents[agent].profile = profile
    if m is not None:
        count_on(w, m, profile, 1)
    w.clock[0].looking, w.clock[0].rooms = agent, 1


@part
def rests_first(w, m, agent, profile, rest_s):
    """Whether the agent went into the break late and so comes back as much later."""
    rest = m.rests[agent]
    rest.profile = profile
    if w.agents[agent].in_hand:
        rest.owes, rest.rest_s = 1, rest_s
        return True
    if rest.free_s > w.agents[agent].left_s:
        expect_back(w, m, agent, max(rest.free_s + rest_s, w.clock[0].now_s))
        return True
    return False


@part
def expect_back(w, m, agent, at_s):
    rest, number = m.rests[agent], m.clock[0].coming
    rest.back, rest.due_s, m.coming[number] = number, w.clock[0].now_s, agent
    m.clock[0].coming += 1
    push(m.returns, m.clock[0].returns, at_s, number)
    m.clock[0].returns += 1


@part
def come_back(w, m):
    number = m.returns[0].contact
    m.clock[0].returns = drop_root(m.returns, m.clock[0].returns)
    agent = m.coming[number]
    if m.rests[agent].back == number:
        note_absent(w, m, agent)
        begin(w, m, agent, m.rests[agent].profile)


@part
def note_absent(w, m, agent):
    rest = m.rests[agent]
    if rest.back != NOBODY:
        row = m.absent[m.clock[0].absent]
        row[0], row[1], row[2] = agent, rest.due_s, w.clock[0].now_s
        m.clock[0].absent += 1
        rest.back = NOBODY


@part
def be_free_late(w, m, agent):
    if m is not None and m.clock[0].shifted:
        rest = m.rests[agent]
        if rest.owes:
            rest.owes = 0
            expect_back(w, m, agent, w.clock[0].now_s + rest.rest_s)
            return
        rest.free_s = w.clock[0].now_s
    note_late(w, agent)


@part
def go(w, m, number, profile):
    agent = number
    if m is not None and m.clock[0].head_count:
        agent = w.places[profile].first
        if agent == NOBODY:
            owe(w, m, profile)
            return
    if m is not None and m.clock[0].shifted:
        note_absent(w, m, agent)
        m.rests[agent].owes = 0
    go_away(w, m, agent)


@part
def go_away(w, m, agent):
    step_away(w, m, agent)
    if m is not None and w.agents[agent].profile != NOBODY:
        count_on(w, m, w.agents[agent].profile, -1)
        if m.clock[0].head_count:
            m.away[m.clock[0].away] = agent
            m.clock[0].away += 1
    w.agents[agent].profile = NOBODY
    w.agents[agent].left_s = w.clock[0].now_s


@part
def count_on(w, m, kind, change):
    for k in range(w.profiles[kind], w.profiles[kind + 1]):
        m.rules[w.served[k].queue].on += change


@part
def owe(w, m, profile):
    """Somebody of this kind is to go, as soon as one is done."""
    group, number = m.profiles[profile], m.clock[0].owed
    m.clock[0].owed += 1
    m.to_go[number].at_s, m.to_go[number].contact = w.clock[0].now_s, NOBODY
    if group.first_to_go == NOBODY:
        group.first_to_go = number
    else:
        m.to_go[group.last_to_go].contact = number
    group.last_to_go = number


@part
def instead(w, m, agent, profile):
    """The first who was to go is no longer; until now there was one too many, noted as this agent's time."""
    group = m.profiles[profile]
    late = w.late[w.clock[0].late]
    late[0], late[1], late[2] = agent, m.to_go[group.first_to_go].at_s, w.clock[0].now_s
    w.clock[0].late += 1
    group.first_to_go = m.to_go[group.first_to_go].contact


@part
def finish(w, m, contact):
    agent = np.uint32(w.agent[contact]) if m is None else m.rows[contact].server
    if m is not None and m.clock[0].moves:
        if not m.rows[contact].at_work or m.rows[contact].done_s != w.clock[0].now_s:
            return  # laid aside before it was done, or at another pace since
        m.rows[contact].at_work = 0
        let_go(w, m, contact, agent)
        if m.rows[contact].pieces:
            note_piece(w, m, contact)
    a = w.agents[agent]
    if m is not None and (not m.rows[contact].wrap_s > 0 or m.rules[w.queue[contact]].gives_way):
        depart(w, m, contact)
    a.in_hand -= 1
    if m is not None and m.clock[0].head_count and m.profiles[a.profile].first_to_go != NOBODY:
        instead(w, m, m.names[agent], a.profile)
        go_away(w, m, agent)
        return
    if a.profile != NOBODY:
        w.clock[0].looking, w.clock[0].rooms = agent, 1
    elif not a.in_hand:
        be_free_late(w, m, agent)


@part
def note_late(w, agent):
    clock, left_s = w.clock[0], w.agents[agent].left_s
    if clock.now_s > left_s:
        late = w.late[clock.late]
        late[0], late[1], late[2] = agent, left_s, clock.now_s
        clock.late += 1


@part
def close(w, m, queue):
    line = w.lines[queue]
    contact = line.front
    while contact != NOBODY:
        if w.contacts[contact].standing == WAITING:
            stop_waiting(w, m, contact, AWAY)
            send_away(w, m, contact)
        contact = w.contacts[contact].behind
    line.head = line.front = line.tail = NOBODY
    w.clock[0].rooms = 1

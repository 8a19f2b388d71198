"""The floor: where those stand who could take a contact at once."""

from __future__ import annotations

import numpy as np

from simulation.kernel.parts import part
from simulation.more import MOST_IDLE, NOBODY, RANDOM


@part
def choose(w, m, contact):
    if m is None:
        return longest_idle(w, w.queue[contact])
    else:  # noqa: RET505 (the two are never compiled together)
        return preferred(w, m, contact)


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
def preferred(w, m, contact):
    queue = w.queue[contact]
    best, rank, ready, first = NOBODY, 0, 0, 0
    for k in range(w.lines[queue].servers, w.lines[queue + 1].servers):
        server = w.servers[k]
        if best != NOBODY and rank != server.rank:
            break
        if can_spare(w, m, server.profile, contact):
            if best == NOBODY:
                first = np.int64(k)
            agent, rank = w.places[server.profile].first, server.rank
            ready += m.profiles[server.profile].idle
            if best == NOBODY or goes_before(w, m, agent, best):
                best = agent
    if m.clock[0].among == RANDOM and best != NOBODY:
        return any_of(w, m, contact, first, int(m.rows[contact].choice * ready))
    return best


@part
def at_lesser_work(w, m, contact):
    """Of the agents whose work gives way, one for this contact of another kind."""
    queue = w.queue[contact]
    best, rank = NOBODY, 0
    for k in range(w.lines[queue].servers, w.lines[queue + 1].servers):
        server = w.servers[k]
        if best != NOBODY and rank < server.rank:
            break
        agent, rank = w.places[m.clock[0].yielding + server.profile].first, server.rank
        sooner = agent != NOBODY and (best == NOBODY or w.agents[best].since > w.agents[agent].since)
        if sooner and waited(w, m, server.profile, contact):
            best = agent
    return best


@part
def goes_before(w, m, agent, other):
    a, b = w.agents[agent], w.agents[other]
    if m.clock[0].among == MOST_IDLE and m.profiles[a.profile].idle != m.profiles[b.profile].idle:
        return m.profiles[a.profile].idle > m.profiles[b.profile].idle
    return a.since < b.since


@part
def any_of(w, m, contact, first, number):
    """The agent of this number among those who may take the contact, from this server on."""
    k = first
    while True:
        profile = w.servers[k].profile
        idle = m.profiles[profile].idle
        if can_spare(w, m, profile, contact):
            if number < idle:
                break
            number -= idle
        k += 1
    agent = w.places[profile].first
    while number:
        agent = w.agents[agent].behind
        number -= 1
    return agent


@part
def can_spare(w, m, profile, contact):
    """Whether one of such agents, free now, may take the contact."""
    return m.profiles[profile].idle > m.rules[w.queue[contact]].keep_free and waited(w, m, profile, contact)


@part
def waited(w, m, profile, contact):
    """Whether the contact has waited long enough for such agents."""
    after_s = m.skills[profile, w.queue[contact]].after_s
    return after_s == 0 or w.entered_s[contact] + after_s <= w.clock[0].now_s


@part
def may_serve(w, m, profile, contact):
    return m.profiles[profile].idle >= m.rules[w.queue[contact]].keep_free and waited(w, m, profile, contact)


@part
def has_room(w, agent):
    a = w.agents[agent]
    if not a.in_hand:
        return True
    return a.in_hand < w.lines[a.queue].concurrency and w.level_of[a.profile, a.queue] >= 0


@part
def stand(w, m, agent):
    a = w.agents[agent]
    stand_at(w, m, agent, w.lines[a.queue].rooms + a.in_hand if a.in_hand else a.profile)


@part
def stand_at(w, m, agent, number):
    a, place = w.agents[agent], w.places[number]
    a.place = number
    if m is not None:
        count_idle(m, number, 1)
    a.before, a.behind = place.last, NOBODY
    if place.last == NOBODY:
        place.first = agent
    else:
        w.agents[place.last].behind = agent
    place.last = agent
    w.clock[0].stood += 1
    a.since = w.clock[0].stood


@part
def step_away(w, m, agent):
    a = w.agents[agent]
    if a.place == NOBODY:
        return
    if m is not None:
        count_idle(m, a.place, -1)
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


@part
def count_idle(m, place, change):
    if place < len(m.profiles):
        m.profiles[place].idle += change

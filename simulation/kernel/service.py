"""From the agent's hand to the next attempt: being served, leaving, coming again."""

from __future__ import annotations

from numba import njit

from simulation.kernel.ends import expect_end
from simulation.kernel.floor import stand_at
from simulation.kernel.heap import push, sift_up
from simulation.kernel.lines import put_back
from simulation.kernel.parts import LEAN, part
from simulation.world import ANSWERED, NOBODY, TALK_OVER


@part
def serve(w, m, contact, agent):
    a, clock = w.agents[agent], w.clock[0]
    if m is None or not m.rows[contact].pieces:
        w.fate[contact], w.agent[contact] = ANSWERED, agent if m is None else m.names[agent]
        w.wait_s[contact] = w.virtual_s[contact] = clock.now_s - w.entered_s[contact]
    a.in_hand += 1
    a.queue = w.queue[contact]
    took_s = w.handle_s[contact]
    if m is not None:
        took_s = in_their_way(w, m, contact, agent)
    done_s = clock.now_s + took_s
    expect_end(w.clock, w.ends, done_s, contact)


@part
def in_their_way(w, m, contact, agent):
    """How long the contact takes with this agent; notes when the customer will go, and whether they will be settled."""
    row, queue, profile = m.rows[contact], w.queue[contact], w.agents[agent].profile
    skill = m.skills[profile, queue]
    pace = 1.0
    row.factor, row.server = skill.handle_factor, agent
    row.settled = row.after_u < skill.resolution
    if row.wrap_s > 0 and not m.rules[queue].gives_way:
        expect_step(w, m, contact, w.clock[0].now_s + (w.handle_s[contact] - row.wrap_s) * row.factor, TALK_OVER)
    if m.clock[0].moves:
        pace = take_in_hand(w, m, contact, agent)
        row.begun_s, row.done_s, row.at_work = w.clock[0].now_s, w.clock[0].now_s + row.left_s * row.factor * pace, 1
        if m.rules[queue].gives_way:
            stand_at(w, m, agent, m.clock[0].yielding + profile)
    return row.left_s * row.factor * pace


@part
def take_in_hand(w, m, contact, agent):
    """Returns how many times as long it takes beside what else is in hand, which is slower from now on too."""
    in_hand, queue = w.agents[agent].in_hand, w.queue[contact]
    if m.rules[queue].slows:
        stretch(w.clock, w.ends, m.rows, m.hand, agent, in_hand - 1, m.slowness[queue, in_hand] / m.slowness[queue, in_hand - 1])
    m.hand[agent, in_hand - 1] = contact
    return m.slowness[queue, in_hand]


@part
def let_go(w, m, contact, agent):
    """Called before the agent's number in hand falls."""
    in_hand, queue, slot = w.agents[agent].in_hand, w.queue[contact], 0
    while m.hand[agent, slot] != contact:
        slot += 1
    m.hand[agent, slot] = m.hand[agent, in_hand - 1]
    if m.rules[queue].slows:
        m.rows[contact].took_s = w.clock[0].now_s - m.rows[contact].begun_s
        stretch(w.clock, w.ends, m.rows, m.hand, agent, in_hand - 1, m.slowness[queue, in_hand - 1] / m.slowness[queue, in_hand])


@njit(**LEAN)
def stretch(clock, ends, rows, hand, agent, held, factor):
    """What is left of so many contacts in hand takes so many times as long. Called and not written in, to keep the whole small."""
    now_s = clock[0].now_s
    for slot in range(held):
        contact = hand[agent, slot]
        rows[contact].done_s = now_s + (rows[contact].done_s - now_s) * factor
        expect_end(clock, ends, rows[contact].done_s, contact)


@part
def lay_aside(w, m, agent):
    """The contact in hand goes back to the head of its line; what is left of it is done later, by whoever takes it then."""
    contact = m.hand[agent, 0]
    row = m.rows[contact]
    row.left_s = (row.done_s - w.clock[0].now_s) / row.factor
    if row.pieces:
        note_piece(w, m, contact)
    else:
        row.took_s = w.clock[0].now_s - row.begun_s
    row.pieces += 1
    row.at_work = 0
    w.agents[agent].in_hand -= 1
    put_back(w, m, contact)


@part
def note_piece(w, m, contact):
    piece, row = m.pieces[m.clock[0].pieces], m.rows[contact]
    piece[0], piece[1], piece[2], piece[3] = w.queue[contact], m.names[row.server], row.begun_s, w.clock[0].now_s
    m.clock[0].pieces += 1


@part
def expect_step(w, m, contact, at_s, step):
    push(m.steps, m.clock[0].steps, at_s, contact * 4 + step)
    m.clock[0].steps += 1


@part
def depart(w, m, contact):
    row, at_s = m.rows[contact], w.clock[0].now_s + m.rows[contact].after_s
    follower = NOBODY if row.settled else row.after
    follow_up(w, m, follower, at_s)
    if follower == NOBODY or at_s >= w.clock[0].horizon_s or not m.rows[follower].inside:
        free_line(m, contact)


@part
def free_line(m, contact):
    if m.rows[contact].trunks != NOBODY:
        m.trunks[m.rows[contact].trunks] += 1


@part
def follow_up(w, m, contact, at_s):
    if m is None:
        come_again(w, contact, at_s)
    else:
        m.clock[0].follower, m.clock[0].follows_s = contact, at_s


@part
def come_again(w, contact, at_s):
    if contact != NOBODY and at_s < w.clock[0].horizon_s:
        w.arrival_s[contact] = at_s
        sift_up(w.redials, w.clock[0].redials, at_s, contact)
        w.clock[0].redials += 1


@part
def call_again(w, m, contact, after):
    if m is not None and not m.rows[contact].tries_again & after:
        return
    follow_up(w, m, w.again[contact], w.clock[0].now_s + w.delay_s[contact])

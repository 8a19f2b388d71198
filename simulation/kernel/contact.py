"""The life of a contact, until it is served."""

from __future__ import annotations

import numpy as np

from simulation.kernel.floor import at_lesser_work, choose, has_room, stand, step_away
from simulation.kernel.heap import sift_up
from simulation.kernel.lines import closed, join, move_front, stop_waiting, turn_back
from simulation.kernel.parts import HUNG_UP, WAITING, part
from simulation.kernel.service import call_again, expect_step, follow_up, free_line, lay_aside, serve
from simulation.world import (
    ABANDONED,
    AFTER_BUSY,
    AFTER_HANGING_UP,
    BLOCKED,
    CONTAINED,
    GIVEN_UP,
    MENU_OVER,
    NOBODY,
    PROMISED,
    WAITED_LONG,
)


@part
def arrive(w, m, contact):
    if m is None:
        ask_for_agent(w, m, contact)
    else:
        get_line(w, m, contact)


@part
def get_line(w, m, contact):
    row = m.rows[contact]
    w.entered_s[contact] = w.clock[0].now_s
    if row.trunks != NOBODY and not row.inside:
        if not m.trunks[row.trunks]:
            w.fate[contact] = BLOCKED
            call_again(w, m, contact, AFTER_BUSY)
            return
        m.trunks[row.trunks] -= 1
    if row.menu_s > 0:
        expect_step(w, m, contact, w.clock[0].now_s + row.menu_s, MENU_OVER)
    else:
        m.clock[0].entering = contact


@part
def leave_menu(w, m, contact):
    """Ask for an agent after it; or once more, after having waited long enough for further ones."""
    if not m.clock[0].further:
        w.entered_s[contact] = w.clock[0].now_s
        if m.rows[contact].contained:
            leave_without(w, m, contact, CONTAINED)
            return
        if m.rows[contact].gives_up:
            leave_without(w, m, contact, GIVEN_UP)
            call_again(w, m, contact, AFTER_HANGING_UP)
            return
    ask_for_agent(w, m, contact)
    m.clock[0].further = 0


@part
def leave_without(w, m, contact, fate):
    w.fate[contact] = fate
    if m is not None:
        free_line(m, contact)


@part
def ask_for_agent(w, m, contact):
    agent = choose(w, m, contact)
    if m is not None and m.clock[0].give_way and agent == NOBODY:
        agent = fetch(w, m, contact)
    if m is not None and m.clock[0].further:
        w.clock[0].looking, w.clock[0].rooms = agent, 1
        return
    if agent == NOBODY:
        wait(w, m, contact)
        return
    step_away(w, m, agent)
    serve(w, m, contact, agent)
    if has_room(w, agent):
        stand(w, m, agent)


@part
def fetch(w, m, contact):
    """An agent from work that gives way to this contact."""
    if m.rules[w.queue[contact]].gives_way:
        return NOBODY
    agent = at_lesser_work(w, m, contact)
    if agent != NOBODY:
        lay_aside(w, m, agent)
    return agent


@part
def wait(w, m, contact):
    w.clock[0].before = join(w, m, contact)
    w.clock[0].joined, w.clock[0].rooms = contact, 1


@part
def settle(w, m, contact, before):
    if w.contacts[contact].standing != WAITING:
        return
    if m is not None and turned_away(w, m, contact, before):
        return
    if w.patience_s[contact] == np.inf and closed(w, w.queue[contact]):
        turn_back(w, m, contact, before)
        send_away(w, m, contact)
        return
    clock = w.clock[0]
    if w.patience_s[contact] < np.inf:
        sift_up(w.leaves, clock.leaves, clock.now_s + w.patience_s[contact], contact)
        clock.leaves += 1
    if m is not None:
        expect_further(w, m, contact)


@part
def turned_away(w, m, contact, before):
    """Whether there is no place to wait, or the offer was taken instead of waiting."""
    rule, row = m.rules[w.queue[contact]], m.rows[contact]
    if 0 <= rule.places < rule.waiting:
        turn_back(w, m, contact, before)
        leave_without(w, m, contact, BLOCKED)
        call_again(w, m, contact, AFTER_BUSY)
        return True
    if row.accepts and predicted_s(rule) > rule.over_s:
        turn_back(w, m, contact, before)
        leave_without(w, m, contact, PROMISED)
        follow_up(w, m, row.promise, w.clock[0].now_s)
        return True
    return False


@part
def predicted_s(rule):
    return rule.waiting * rule.pace_s / rule.on if rule.on else np.inf


@part
def expect_further(w, m, contact):
    row, rule = m.rows[contact], m.rules[w.queue[contact]]
    if rule.first_stage + row.stage < rule.end_stage:
        expect_step(w, m, contact, w.entered_s[contact] + m.stages[rule.first_stage + row.stage], WAITED_LONG)
        row.stage += 1


@part
def look_further(w, m, contact):
    if w.contacts[contact].standing != WAITING:
        return
    expect_further(w, m, contact)
    m.clock[0].entering, m.clock[0].further = contact, 1


@part
def leave(w, m, contact):
    if w.contacts[contact].standing != WAITING or (m is not None and m.rows[contact].pieces):
        return
    line = w.lines[w.queue[contact]]
    stop_waiting(w, m, contact, HUNG_UP)
    w.wait_s[contact] = w.clock[0].now_s - w.entered_s[contact]
    leave_without(w, m, contact, ABANDONED)
    if line.front == contact:
        move_front(w, line)
    w.clock[0].rooms = 1
    call_again(w, m, contact, AFTER_HANGING_UP)


@part
def send_away(w, m, contact):
    if m is None or not m.rows[contact].pieces:
        w.wait_s[contact] = w.clock[0].now_s - w.entered_s[contact]
    if m is not None:
        free_line(m, contact)

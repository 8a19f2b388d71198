"""The centre against an independent one, and against rules that must hold whatever happens."""

from collections import defaultdict
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation.centre import Centre
from simulation.measure import measure
from simulation.trace import Fate, Trace
from tests.simulation.naive import Naive
from tests.simulation.small import CALLS, contacts, roster, setting_of, team
from tests.simulation.strategies import Small, centres, crowds

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def live(small: Small) -> Trace:
    return Centre(small.setting, small.contacts, small.setting.stints).run()


@settings(FEW, max_examples=200)
@given(st.one_of(centres(), crowds()))
def test_every_contact_meets_the_same_fate_wait_and_agent_as_in_an_independent_simulation(small: Small):
    trace, naive = live(small), Naive(small.setting, small.contacts, small.setting.stints).run()
    made = np.argsort(naive.arrival, kind="stable")[: np.isfinite(naive.arrival).sum()]
    assert trace.arrival_s.tolist() == [naive.arrival[contact] for contact in made]
    assert [Fate(fate).name.lower() for fate in trace.fate] == [naive.fate[contact] for contact in made]
    assert trace.wait_s.tolist() == [naive.wait_s[contact] for contact in made]
    assert trace.agent.tolist() == [naive.agent[contact] for contact in made]


@FEW
@given(centres(most_chats=1))
def test_who_hung_up_would_have_been_served_when_a_rerun_with_endless_patience_serves_them(small: Small):
    trace = live(small)
    for contact in np.flatnonzero(trace.fate == Fate.ABANDONED):
        patience_s = small.contacts.patience_s.copy()
        patience_s[contact] = 1e9
        patient = replace(small.contacts, patience_s=patience_s)
        again = Centre(small.setting, patient, small.setting.stints).run()
        served = again.fate[contact] == Fate.ANSWERED
        assert trace.virtual_s[contact] == (again.wait_s[contact] if served else np.inf)


@FEW
@given(centres())
def test_nobody_is_served_outside_the_roster_or_by_somebody_without_the_skill(small: Small):
    trace = live(small)
    for contact in np.flatnonzero(trace.fate == Fate.ANSWERED):
        at_s = trace.answer_s[contact]
        # at the very end of a stint a contact may still be taken: completions come before shift changes
        on = [s for s in small.setting.stints if s.agent == trace.agent[contact] and s.start_s <= at_s <= s.end_s]
        assert any(trace.queue[contact] in stint.queues for stint in on)


@FEW
@given(centres())
def test_agents_hold_one_contact_or_chats_of_one_queue_up_to_its_concurrency(small: Small):
    trace = live(small)
    held = defaultdict(list)
    for contact in np.flatnonzero(trace.fate == Fate.ANSWERED):
        held[trace.agent[contact]].append((trace.answer_s[contact], trace.service_s[contact], trace.queue[contact]))
    for mine in held.values():
        for at_s, _, queue in mine:
            just_after_s = at_s + 1e-3  # at the instant itself one may be done and the next begun
            together = [other for start_s, took_s, other in mine if start_s < just_after_s < start_s + took_s]
            assert len(set(together)) <= 1
            assert len(together) <= small.setting.queues[together[0] if together else queue].concurrency


@FEW
@given(centres())
def test_every_queue_is_answered_first_come_first_served(small: Small):
    trace = live(small)
    for queue in range(len(small.setting.queues)):
        answered = (trace.queue == queue) & (trace.fate == Fate.ANSWERED)
        assert np.all(np.diff(trace.answer_s[answered]) >= -1e-6)


@FEW
@given(centres())
def test_offered_is_answered_and_abandoned_and_unanswered_in_every_cell(small: Small):
    sums = measure(small.setting, small.setting.stints, live(small))
    assert np.array_equal(sums["offered"], sums["answered"] + sums["abandoned"] + sums["unanswered"])
    assert sums["offered"].sum() == len(small.contacts)
    assert np.all(sums["answered_in_target"] <= sums["answered"])
    assert np.all(sums["abandoned_in_target"] <= sums["abandoned"])
    assert np.all(sums["virtual_in_target"] >= sums["answered_in_target"])
    assert np.all(sums["virtual_in_target"] <= sums["answered_in_target"] + sums["abandoned_in_target"])
    assert np.array_equal(sums["wait_counts"].sum(axis=1), (sums["answered"] + sums["abandoned"]).sum(axis=1))


def _union(small: Small, trace: Trace, agent: int) -> float:
    """Seconds in which this agent is rostered on queues, or serves somebody, or both."""
    spans = [(stint.start_s, stint.end_s) for stint in small.setting.stints if stint.agent == agent]
    spans += [(trace.answer_s[c], trace.answer_s[c] + trace.service_s[c]) for c in np.flatnonzero(trace.agent == agent)]
    total, reached = 0.0, 0.0
    for start_s, end_s in sorted(spans):
        total += max(end_s - max(start_s, reached), 0.0)
        reached = max(reached, end_s)
    return total


@FEW
@given(centres())
def test_agents_are_never_busier_than_present(small: Small):
    trace = live(small)
    sums = measure(small.setting, small.setting.stints, trace)
    assert np.all(sums["busy_s"].sum(axis=0) <= sums["present_s"] + 1e-6)
    assert np.isclose(sums["present_s"].sum(), sum(_union(small, trace, agent) for agent in range(len(small.setting.agents))))
    size = np.array([queue.concurrency for queue in small.setting.queues])[trace.queue]
    assert np.isclose(sums["busy_s"].sum(), (trace.service_s / size).sum())


@FEW
@given(centres())
def test_mails_wait_to_the_end_and_nobody_else_waits_for_ever(small: Small):
    trace = live(small)
    horizon_s = small.setting.horizon_s
    mail = np.array([small.setting.deferred(queue) for queue in trace.queue], bool)
    left = mail & (trace.fate == Fate.UNANSWERED)
    assert np.all(trace.answer_s[left] == horizon_s)
    assert not np.any(mail & (trace.fate == Fate.ABANDONED))
    hung_up = trace.fate == Fate.ABANDONED
    assert np.allclose(trace.wait_s[hung_up], small.contacts.patience_s[hung_up])


def test_no_contacts_at_all_is_a_quiet_day():
    nothing = contacts()
    setting = setting_of((CALLS,), roster(*team(2, 540, 1020, ["calls"])))
    sums = measure(setting, setting.stints, Centre(setting, nothing, setting.stints).run())
    assert sums["offered"].sum() == 0
    assert sums["present_s"].sum() == 2 * 8 * 3600

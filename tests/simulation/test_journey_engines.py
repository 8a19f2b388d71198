"""Everything a contact may go through: the same trace from both engines to the last bit, and nobody is lost on the way."""

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from simulation import centre, fast
from simulation.tables import tables_of
from simulation.trace import Cause, Fate, Trace
from tests.simulation import bent
from tests.simulation.rich import rich_centres
from tests.simulation.strategies import Small

MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
COLUMNS = ("arrival_s", "queue", "interval", "fate", "wait_s", "agent", "service_s", "virtual_s", "late")
MORE = ("entered_s", "wrap_s", "cause", "origin", "trunks", "further", "absent")


def differences(one: Trace, other: Trace) -> list[str]:
    names = COLUMNS if one.entered_s is None else COLUMNS + MORE
    return [name for name in names if getattr(one, name).tobytes() != getattr(other, name).tobytes()]


def both(small: Small, live=fast.live) -> list[str]:
    setting = small.setting
    readable = centre.live(setting, small.contacts, setting.stints)
    return differences(readable, live(tables_of(setting), small.contacts, setting.stints))


@MANY
@given(rich_centres())
def test_every_attempt_has_the_same_life_in_both_engines(small: Small):
    assert both(small) == []


@pytest.mark.parametrize("rule", sorted(bent.JOURNEY_RULES))
def test_a_bent_rule_is_noticed(rule: str):
    live = bent.live_with(rule)

    @settings(MANY, derandomize=True, database=None, phases=[Phase.generate], report_multiple_bugs=False)
    @given(rich_centres())
    def identical(small: Small) -> None:
        assert both(small, live) == []

    with pytest.raises(AssertionError):
        identical()


@settings(MANY, max_examples=100)
@given(rich_centres())
def test_nobody_is_lost_and_every_attempt_ends_in_one_way(small: Small):
    contacts = small.contacts
    trace = centre.live(small.setting, contacts, small.setting.stints)
    ended = [int((trace.fate == fate).sum()) for fate in Fate]
    assert sum(ended) == len(trace.arrival_s)
    assert np.array_equal(np.unique(trace.origin[trace.cause == Cause.FIRST]), np.arange(contacts.originals))
    assert len(trace.arrival_s) - contacts.originals <= sum(ended) - ended[Fate.UNANSWERED] - ended[Fate.CONTAINED]
    assert np.all(trace.wait_s >= 0)
    assert np.all((trace.agent >= 0) == (trace.fate == Fate.ANSWERED))
    assert np.all(trace.wait_s[np.isin(trace.fate, (Fate.BLOCKED, Fate.CONTAINED, Fate.PROMISED))] == 0)


@settings(MANY, max_examples=100)
@given(rich_centres())
def test_lines_are_held_from_arrival_until_the_customer_goes_and_never_more_than_there_are(small: Small):
    trace = centre.live(small.setting, small.contacts, small.setting.stints)
    gone_s = trace.answer_s + trace.service_s - trace.wrap_s
    at_the_door = (trace.fate == Fate.BLOCKED) & (trace.entered_s == trace.arrival_s)
    for number, lines in enumerate(small.setting.rules.trunks):
        mine = trace.trunks == number
        if np.array(small.setting.rules.gives_way)[trace.queue[mine]].any():
            continue  # such work keeps its line while it lies aside
        for contact in np.flatnonzero(mine):
            at_s = trace.arrival_s[contact]
            held = mine & (trace.arrival_s <= at_s) & (gone_s > at_s + 1e-6)
            assert held[: contact + 1].sum() <= lines
            if at_the_door[contact] and small.setting.rules.places[trace.queue[contact]] < 0:
                assert (mine & (trace.arrival_s <= at_s) & (gone_s >= at_s - 1e-6)).sum() > lines

"""The recursion against the compiled events: the same trace to the last bit, wherever it may be used."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import dedicated, fast, simulate
from simulation.engines import ENGINES
from simulation.presence import attended
from simulation.tables import tables_of
from tests.simulation.small import CALLS, CHATS, forecast_of, roster, setting_of, shift, team
from tests.simulation.small import contacts as contacts_of
from tests.simulation.strategies import TWO_DAYS, Small, _crowded
from tests.simulation.test_kernel import MANY, differences
from wfm.model import Agent, Channel, Experiment, Queue, Skill, TimeAxis
from wfm.queueing import evaluate_transient


@st.composite
def specialists(draw: st.DrawFn) -> Small:
    """Queues of calls and mails and agents who serve one each, always short of hands; breaks, nights, and shifts that touch."""
    return _of_seed(draw(st.integers(0, 2**32 - 1)))


def _of_seed(seed: int) -> Small:
    dice = np.random.default_rng(seed)
    channels = dice.choice([Channel.VOICE, Channel.VOICE, Channel.EMAIL], dice.integers(1, 4))
    lines = tuple(Queue(f"{channel} {number}", Channel(channel)) for number, channel in enumerate(channels))
    who = [
        _shift(dice, f"agent {number}", str(dice.choice([q.name for q in lines])), day)
        for number in range(dice.integers(1, 7))
        for day in (0, 1)
    ]
    own = {one.agent: next(part.queues for part in one.segments if part.queues) for one in who}
    who = [replace(one, segments=tuple(replace(s, queues=own[one.agent] if s.queues else ()) for s in one.segments)) for one in who]
    grid = dice.choice([1.0, 60.0, 300.0, 0.1])
    rows = [_crowded(dice, lines, grid, day) for day in (0, 86400) for _ in range(dice.integers(5, 60))]
    rows.sort(key=lambda row: (row[0], row[1]))
    return Small(setting_of(lines, roster(*who, axis=TWO_DAYS)), contacts_of(*rows))


def _shift(dice: np.random.Generator, agent: str, queue: str, day: int):
    start = day * 1440 + int(dice.integers(0, 4)) * 15
    parts = []
    for number, length in enumerate(dice.integers(1, 8, 4)):
        works = number == 0 or dice.random() < 0.7
        parts.append((start, start + int(length) * 15, [queue] if works else []))
        start += int(length) * 15
    return shift(agent, *parts, day=day)


@MANY
@given(specialists())
def test_every_contact_has_the_same_fate_wait_virtual_wait_and_agent_as_in_the_kernel(small: Small):
    setting = small.setting
    assert dedicated.fits(setting)
    compiled = fast.live(tables_of(setting), small.contacts, setting.stints)
    assert differences(compiled, dedicated.live(setting, small.contacts, setting.stints)) == []


@settings(MANY, max_examples=100)
@given(specialists())
def test_so_it_is_when_some_are_absent(small: Small):
    setting = small.setting
    for replication in range(3):
        there = attended(setting.stints, setting.agents, 0.4, 1, replication)
        compiled = fast.live(tables_of(setting), small.contacts, there)
        assert differences(compiled, dedicated.live(setting, small.contacts, there)) == []


def test_the_tests_above_meet_every_fate_and_people_who_stay_late():
    seen = np.zeros(3, int)
    late = hoped = 0
    for seed in range(40):
        small = _of_seed(seed)
        trace = dedicated.live(small.setting, small.contacts, small.setting.stints)
        seen += np.bincount(trace.fate, minlength=3)[:3]
        late += len(trace.late)
        hoped += int(np.isfinite(trace.virtual_s[trace.fate == 1]).sum())
    assert seen.min() > 100
    assert late > 50
    assert hoped > 100


SHORT = Queue("calls", handle_s=240, patience_s=120)
AXIS = TimeAxis(date(2026, 3, 2), 1, 60, "UTC")


@pytest.mark.parametrize(
    "queue",
    [replace(CALLS, redial_share=0.3), CHATS],
    ids=["redials", "chats"],
)
def test_what_the_recursion_does_not_know_is_left_to_the_kernel(queue: Queue):
    assert not dedicated.fits(setting_of((queue,), roster(*team(2, 540, 1020, [queue.name]))))
    assert dedicated.fits(setting_of((CALLS,), roster(*team(2, 540, 1020, ["calls"]))))


def test_agents_who_are_not_all_alike_are_left_to_the_kernel():
    slow = Agent("agent 0000", "any", ("calls",), traits=(Skill("calls", rank=2),))
    assert not dedicated.fits(setting_of((CALLS,), roster(*team(2, 540, 1020, ["calls"])), agents=(slow,)))


def test_an_agent_of_two_queues_is_left_to_the_kernel():
    lines = (CALLS, replace(CALLS, name="more"))
    assert not dedicated.fits(setting_of(lines, roster(shift("ann", (540, 600, ["calls"]), (600, 660, ["more"])))))


def test_the_fast_engine_takes_the_recursion_where_it_may_and_gives_the_totals_of_the_readable_one():
    lines = (CALLS, replace(CALLS, name="more", handle_s=100))
    who = roster(*team(5, 540, 1020, ["calls"]), *(replace(one, agent=f"x{one.agent}") for one in team(2, 500, 1000, ["more"])))
    assert ENGINES["fast"](setting_of(lines, who)).live.func is dedicated.live
    paths = np.zeros((3, 2, 24))
    paths[:, :, 8:18] = np.array([60, 70, 50])[:, None, None]
    fast_one, readable = (
        simulate(forecast_of(lines, paths), lines, who, Experiment(3, absence=0.1, workers=1, engine=engine))
        for engine in ("fast", "simpy")
    )
    for name in ("offered", "answered", "abandoned", "wait_s", "virtual_in_target", "busy_s", "present_s", "waits", "queue_s"):
        assert getattr(fast_one, name).tobytes() == getattr(readable, name).tobytes()


def test_a_day_of_changing_load_and_staff_is_that_of_the_exact_transient():
    calls = np.array([0] * 8 + [40, 90, 140, 160, 150, 120, 100, 60] + [0] * 8, float)
    agents = np.array([0] * 8 + [4, 7, 10, 11, 11, 11, 11, 11] + [11] * 8)  # nobody goes before the end: see `evaluate_transient`
    who = roster(*(shift(f"agent {n:02}", (int(np.argmax(agents > n)) * 60, 1440, ["calls"])) for n in range(11)), axis=AXIS)
    runs = 1500
    paths = np.random.default_rng(4).poisson(calls, (runs, 1, 24)).astype(float)
    outcome = simulate(forecast_of((SHORT,), paths, AXIS), (SHORT,), who, Experiment(runs, workers=1))
    exact = evaluate_transient(calls=calls, interval_s=3600, aht_s=240, agents=agents, patience_s=120)
    for found, expected in ((outcome.queue_s / 3600, exact.mean_queue), (outcome.busy_s / 3600, exact.mean_busy)):
        seen = found[:, 0, 8:16]
        error = seen.std(axis=0, ddof=1) / runs**0.5
        assert np.all(np.abs(seen.mean(axis=0) - expected[8:16]) < 4 * error)

"""What a contact may go through, as stories with exact times, and as shares and formulas that must come out."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from simulation import simulate
from simulation.arrivals import Contacts
from simulation.centre import live
from simulation.measure import measure
from simulation.run import contacts_of
from simulation.tally import with_further_work
from simulation.trace import Cause, Fate, Trace
from tests.simulation.small import ANN, BOB, CALLS, STEADY, forecast_of, roster, setting_of, shift
from wfm.errors import ScenarioError
from wfm.model import (
    Agent,
    Channel,
    CustomerSegment,
    Experiment,
    Journey,
    Law,
    Menu,
    Offer,
    Outcome,
    Queue,
    Repeat,
    Roster,
    Skill,
    TimeAxis,
    Transfer,
    Trunks,
)

DAY = TimeAxis(date(2026, 3, 2), 1, 60, "UTC")
LONG = TimeAxis(DAY.start, 10, 60, "UTC")
ONE = Experiment(1, workers=1)


def measured(queues: tuple[Queue, ...], per_hour: tuple[float, ...], who: Roster, experiment: Experiment = ONE, seed: int = 1) -> Outcome:
    mean = np.outer(per_hour, np.ones(who.axis.n_intervals)) * who.axis.step_minutes / 60
    paths = np.random.default_rng(seed).poisson(mean, (experiment.replications, *mean.shape)).astype(float)
    return simulate(forecast_of(queues, paths, who.axis), queues, who, experiment)


def always(agents: int, queues: list[str], axis: TimeAxis = LONG, begin: int = 0) -> tuple:
    return tuple(shift(f"agent {begin + k:03}", (0, axis.minutes, queues)) for k in range(agents))


def share(over: np.ndarray, under: np.ndarray) -> tuple[float, float]:
    """Ratio over the hours after the first day, and its standard error by days."""
    a, b = (values[..., 24:].sum(axis=1).reshape(-1, 24).sum(axis=1) for values in (over, under))
    ratio = a.sum() / b.sum()
    return ratio, (a - ratio * b).std(ddof=1) / b.mean() / len(a) ** 0.5


def attempts(outcome: Outcome) -> np.ndarray:
    return outcome.offered + outcome.blocked + outcome.contained


def erlang_b(load: float, servers: int) -> float:
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


# --- lines, places and the menu ---------------------------------------------------------------------------------------------------------


def test_with_a_line_for_each_agent_and_no_more_the_share_blocked_is_erlangs():
    queue = replace(CALLS, patience_s=None, journey=Journey(trunks=Trunks("main", 10)))
    outcome = measured((queue,), (150.0,), roster(*always(10, ["calls"]), axis=LONG), Experiment(20, workers=1))
    found, error = share(outcome.blocked, attempts(outcome))
    assert abs(found - erlang_b(10.0, 10)) < 4 * error < 0.02
    assert outcome.wait_s.sum() == 0


def test_places_to_wait_are_those_of_the_queue_with_finite_room():
    agents, places, load = 5, 3, 6.0
    queue = replace(CALLS, patience_s=None, journey=Journey(places=places))
    outcome = measured((queue,), (load * 15,), roster(*always(agents, ["calls"]), axis=LONG), Experiment(20, workers=1))
    weights = [1.0]
    for state in range(1, agents + places + 1):
        weights.append(weights[-1] * load / min(state, agents))
    found, error = share(outcome.blocked, attempts(outcome))
    assert abs(found - weights[-1] / sum(weights)) < 4 * error < 0.02


def test_a_message_holds_a_line_and_so_counts_towards_those_that_are_taken():
    """Lines in use follow Erlang's formula for handle time and message together, while there is an agent for every line."""
    journey = Journey(trunks=Trunks("main", 8), menu=Menu(Law("uniform", points=(30, 90))))
    queue = replace(CALLS, patience_s=None, journey=journey)
    outcome = measured((queue,), (90.0,), roster(*always(8, ["calls"]), axis=LONG), Experiment(20, workers=1))
    blocked = erlang_b(90 * 300 / 3600, 8)
    found, error = share(outcome.blocked, attempts(outcome))
    assert abs(found - blocked) < 4 * error < 0.02
    in_use, error = share(outcome.line_s / 3600, np.ones_like(outcome.line_s))
    assert abs(in_use - 90 * 300 / 3600 * (1 - blocked)) < 4 * error < 0.2


def test_the_menu_keeps_its_share_and_those_who_leave_it_early_are_never_contained():
    menu = Menu(Law("constant", 40), escape=0.25, self_service=Law("triangular", points=(60, 120, 180)), contained=0.6)
    queue = replace(CALLS, journey=Journey(menu=menu))
    contacts = contacts_of(setting_of((queue,), roster(*always(1, ["calls"]), axis=LONG)), np.full((1, LONG.n_intervals), 40), 0)
    lives = contacts.lives
    early = lives.menu_s < 40
    assert abs(early.mean() - 0.25) < 4 * (0.1875 / len(contacts)) ** 0.5
    assert not lives.contained[early].any()
    assert abs(lives.contained[~early].mean() - 0.6) < 4 * (0.24 / (~early).sum()) ** 0.5
    assert lives.menu_s[~early].min() >= 100
    assert lives.menu_s[~early].mean() == pytest.approx(160, abs=2)


def test_who_finds_no_line_may_try_again_as_often_as_allowed():
    journey = Journey(trunks=Trunks("main", 1), busy_redial_share=1.0, redial=Law("constant", 100))
    queue = replace(STEADY, redial_limit=2, handle_s=10_000, handle_cv=0.0, journey=journey)
    trace = lived((queue,), roster(*always(1, ["steady"], DAY), axis=DAY), {0: 2})
    assert [Fate(fate).name for fate in trace.fate] == ["ANSWERED", "BLOCKED", "BLOCKED", "BLOCKED"]
    assert np.allclose(np.diff(trace.arrival_s[1:]), 100)
    assert trace.cause.tolist() == [Cause.FIRST, Cause.FIRST, Cause.REDIAL, Cause.REDIAL]
    assert trace.origin.tolist() == [0, 1, 1, 1]


def lived(queues: tuple[Queue, ...], who: Roster, counts: dict[int, int], **experiment: object) -> Trace:
    """What becomes of so many contacts of each queue in the first hour."""
    setting = setting_of(queues, who, **experiment)
    table = np.zeros((len(queues), who.axis.n_intervals), int)
    for queue, count in counts.items():
        table[queue, 0] = count
    return live(setting, contacts_of(setting, table, 0), setting.stints)


# --- service ----------------------------------------------------------------------------------------------------------------------------


def test_after_call_work_keeps_the_agent_but_not_the_line():
    journey = Journey(wrap=Law("constant", 60), trunks=Trunks("main", 1))
    queue = replace(STEADY, handle_s=300, handle_cv=0.0, journey=journey)
    setting = setting_of((queue,), roster(shift(ANN, (0, 1440, ["steady"]))))
    contacts = contacts_of(setting, np.eye(1, 24, dtype=int) * 3, 0)
    at = replace(contacts, arrival_s=np.array([0.0, 239.0, 250.0]))
    trace = live(setting, at, setting.stints)
    assert trace.fate.tolist() == [Fate.ANSWERED, Fate.BLOCKED, Fate.ANSWERED]
    assert trace.wait_s.tolist() == [0, 0, 50]
    assert trace.wrap_s.tolist() == [60, 0, 60]
    assert trace.service_s.tolist() == [300, 0, 300]


def test_a_specialist_takes_as_long_as_their_factor_says():
    quick = Agent(ANN, "any", ("steady",), traits=(Skill("steady", handle_factor=0.5, rank=0),))
    slow = Agent(BOB, "any", ("steady",), traits=(Skill("steady", handle_factor=2.0, rank=1),))
    queue = replace(STEADY, handle_cv=0.0)
    who = roster(shift(ANN, (0, 1440, ["steady"])), shift(BOB, (0, 1440, ["steady"])))
    trace = lived((queue,), who, {0: 40}, agents=(quick, slow))
    for agent, took_s in ((0, 120.0), (1, 480.0)):
        assert set(trace.service_s[trace.agent == agent]) == {took_s}
    assert (trace.agent == 0).sum() > (trace.agent == 1).sum()


def test_handle_and_patience_follow_the_laws_that_are_named():
    journey = Journey(handle=Law("gamma", cv=0.5), patience=Law("weibull", cv=2.0))
    queue = replace(CALLS, handle_s=240, patience_s=120, journey=journey)
    setting = setting_of((queue,), roster(*always(1, ["calls"]), axis=LONG))
    contacts = contacts_of(setting, np.full((1, LONG.n_intervals), 200), 0)
    assert setting.rules is None
    for times, mean, cv in ((contacts.handle_s, 240, 0.5), (contacts.patience_s, 120, 2.0)):
        assert abs(times.mean() - mean) < 4 * mean * cv / len(times) ** 0.5
        assert times.std() / times.mean() == pytest.approx(cv, rel=0.05)


def test_patience_changes_with_the_time_of_day_at_which_somebody_comes():
    queue = replace(CALLS, patience_s=120, journey=Journey(patience_by_time=((0, 720, 30.0),)))
    contacts = contacts_of(setting_of((queue,), roster(*always(1, ["calls"], DAY), axis=DAY)), np.full((1, 24), 1000), 0)
    early = contacts.interval < 12
    for who, mean_s in ((early, 30), (~early, 120)):
        assert abs(contacts.patience_s[who].mean() - mean_s) < 4 * mean_s / who.sum() ** 0.5


# --- who takes what ---------------------------------------------------------------------------------------------------------------------


def test_segments_are_served_by_priority_as_two_queues_would_be():
    gold, rest = CustomerSegment("gold", 0.3, 1), CustomerSegment("rest", 0.7, 2)
    queue = replace(CALLS, patience_s=None, journey=Journey(segments=(gold, rest)))
    two = (replace(CALLS, name="gold", patience_s=None), replace(CALLS, name="rest", patience_s=None, priority=2))
    experiment = Experiment(8, workers=1)
    one = measured((queue,), (135.0,), roster(*always(10, ["calls"]), axis=LONG), experiment)
    apart = measured(two, (0.3 * 135, 0.7 * 135), roster(*always(10, ["gold", "rest"]), axis=LONG), experiment, seed=2)
    assert [line.name for line in one.segments.queues] == ["calls / gold", "calls / rest"]
    assert np.array_equal(one.segments.offered.sum(axis=1), one.offered[:, 0])
    for line in (0, 1):
        waits = [share(o.wait_s[:, [line]], o.offered[:, [line]]) for o in (one.segments, apart)]
        assert abs(waits[0][0] - waits[1][0]) < 4 * np.hypot(waits[0][1], waits[1][1])
    assert waits[0][0] > 3 * share(one.segments.wait_s[:, [0]], one.segments.offered[:, [0]])[0]


def test_a_head_start_puts_a_segment_before_those_who_came_shortly_before():
    queue = replace(STEADY, handle_s=1000, handle_cv=0.0, journey=Journey(segments=(CustomerSegment("all", 1.0, credit_s=50),)))
    other = replace(STEADY, name="other", handle_s=10, handle_cv=0.0)
    setting = setting_of((queue, other), roster(shift(ANN, (0, 1440, ["steady", "other"]))))
    contacts = contacts_of(setting, np.stack([np.eye(24, dtype=int)[0] * 2, np.eye(24, dtype=int)[0] * 2]), 0)
    order = np.argsort(contacts.queue, kind="stable")
    arrival_s = np.empty(4)
    arrival_s[order] = (0.0, 140.0, 80.0, 100.0)
    turned = replace(contacts, arrival_s=arrival_s)
    trace = live(setting, _sorted(turned), setting.stints)
    answered = trace.queue[np.argsort(trace.answer_s)]
    assert answered.tolist() == [0, 1, 0, 1]  # 80, then 140 less 50, then 100


def _sorted(contacts: Contacts) -> Contacts:
    order = np.argsort(contacts.arrival_s)
    lives = replace(contacts.lives, **{name: getattr(contacts.lives, name)[order] for name in vars(contacts.lives)})
    columns = {
        name: getattr(contacts, name)[order] for name in ("arrival_s", "queue", "interval", "handle_s", "patience_s", "again", "delay_s")
    }
    return Contacts(**columns, originals=contacts.originals, lives=lives)


def test_overflow_agents_take_a_contact_only_after_its_delay():
    second = Agent(BOB, "any", ("steady",), traits=(Skill("steady", after_s=60),))
    who = roster(shift(ANN, (0, 1440, ["steady"])), shift(BOB, (0, 1440, ["steady"])))
    queue = replace(STEADY, handle_s=5000, handle_cv=0.0)
    trace = lived((queue,), who, {0: 2}, agents=(second,))
    assert trace.agent.tolist() == [0, 1]
    assert trace.wait_s.tolist() == [0, pytest.approx(60)]


def test_agents_kept_free_leave_the_modest_queue_waiting():
    urgent, modest = replace(STEADY, name="urgent"), replace(STEADY, name="modest", priority=2, journey=Journey(keep_free=1))
    who = roster(*(shift(f"agent {k}", (0, 1440, ["urgent", "modest"])) for k in range(3)))
    trace = lived((urgent, modest), who, {1: 30})
    start, end = trace.answer_s, trace.answer_s + trace.service_s
    for contact in np.flatnonzero(trace.fate == Fate.ANSWERED):
        assert ((start <= start[contact]) & (end > start[contact] + 1e-6)).sum() <= 2


@pytest.mark.parametrize("among", ["longest_idle", "most_idle", "random"])
def test_whoever_is_chosen_among_the_free_the_waits_are_the_same(among: str):
    who = roster(*always(6, ["calls"], DAY), axis=DAY)
    found = measured((CALLS,), (80.0,), who, replace(ONE, among=among))
    usual = measured((CALLS,), (80.0,), who)
    assert np.array_equal(found.wait_s, usual.wait_s)


def test_work_that_gives_way_is_laid_aside_for_a_call_and_taken_up_again_where_it_was():
    mails = replace(STEADY, name="mails", channel=Channel.EMAIL, priority=2, handle_s=600, handle_cv=0.0, journey=Journey(gives_way=True))
    calls = replace(STEADY, handle_s=100, handle_cv=0.0)
    setting = setting_of((mails, calls), roster(shift(ANN, (0, 1440, ["mails", "steady"]))))
    arrivals = Contacts(
        np.array([0.0, 10, 250, 300]), np.array([0, 0, 1, 1]), np.zeros(4, int), np.array([600.0, 600, 100, 100]), np.full(4, np.inf)
    )
    trace = live(setting, arrivals, setting.stints)
    assert trace.wait_s.tolist() == [0, 790, 0, 50]
    assert trace.service_s.tolist() == [250, 600, 100, 100]
    assert trace.further.tolist() == [[0, 0, 450, 800]]
    sums = with_further_work(setting, trace, measure(setting, setting.stints, trace)["busy_s"])
    assert sums.sum(axis=1).tolist() == [1200, 200]


def test_calls_do_not_notice_work_that_gives_way():
    who = roster(*always(6, ["mails", "calls"], DAY), axis=DAY)
    mails = replace(STEADY, name="mails", channel=Channel.EMAIL, priority=2, handle_s=900, journey=Journey(gives_way=True))
    beside = measured((CALLS, mails), (60.0, 12.0), who)
    alone = measured((CALLS,), (60.0,), roster(*always(6, ["calls"], DAY), axis=DAY))
    assert np.array_equal(beside.wait_s[:, 0], alone.wait_s[:, 0])
    assert beside.answered[:, 1].sum() > 200
    assert np.all(beside.busy_s.sum(axis=1) <= beside.present_s + 1e-6)


# --- what follows -----------------------------------------------------------------------------------------------------------------------


def test_the_share_is_passed_on_and_takes_the_time_of_the_second_queue_and_of_telling_again():
    first = replace(STEADY, journey=Journey(transfers=(Transfer("second", 0.25, extra_s=30),)))
    second = replace(STEADY, name="second", handle_s=100, handle_cv=0.0)
    outcome = measured((first, second), (60.0, 0.0), roster(*always(30, ["steady", "second"]), axis=LONG), Experiment(5, workers=1))
    passed, served = outcome.transferred[:, 1].sum(), outcome.answered[:, 0].sum()
    assert abs(passed / served - 0.25) < 4 * (0.1875 / served) ** 0.5
    assert outcome.busy_s[:, 1].sum() / outcome.answered[:, 1].sum() == pytest.approx(130, rel=0.01)
    assert np.array_equal(outcome.transferred[:, 1], outcome.offered[:, 1])


def test_who_is_misrouted_is_served_twice_and_everybody_is_served_at_the_right_place_in_the_end():
    menu = Menu(misrouted=0.2, misrouted_to="second", misrouted_s=50)
    first, second = replace(STEADY, journey=Journey(menu=menu)), replace(STEADY, name="second")
    outcome = measured((first, second), (60.0, 0.0), roster(*always(30, ["steady", "second"]), axis=LONG), Experiment(5, workers=1))
    wrong, right = outcome.answered[:, 1].sum(), outcome.answered[:, 0].sum()
    assert abs(wrong / right - 0.2) < 4 * (0.16 / right) ** 0.5
    assert outcome.transferred[:, 0].sum() == pytest.approx(wrong, abs=3)


@pytest.mark.parametrize("resolution", [None, 0.4])
def test_who_is_not_settled_comes_again_by_the_share_of_the_agent(resolution: float | None):
    queue = replace(STEADY, journey=Journey(repeat=Repeat(0.2, Law("constant", 60), limit=1)))
    names = [f"agent {k:03}" for k in range(30)]
    agents = tuple(Agent(name, "any", ("steady",), traits=(Skill("steady", resolution=resolution),)) for name in names)
    outcome = measured((queue,), (60.0,), roster(*always(30, ["steady"]), axis=LONG), Experiment(5, workers=1, agents=agents))
    first = outcome.answered.sum() - outcome.repeated.sum()
    expected = 0.2 if resolution is None else 1 - resolution
    assert abs(outcome.repeated.sum() / first - expected) < 4 * (expected * (1 - expected) / first) ** 0.5


def test_an_offer_is_taken_where_the_wait_predicted_is_long_and_the_call_back_follows():
    calls = replace(STEADY, handle_s=240, journey=Journey(offer=Offer(over_s=120, accept=1.0, to="callbacks")))
    callbacks = replace(STEADY, name="callbacks", priority=2)
    who = roster(shift(ANN, (0, 1440, ["steady", "callbacks"])))
    trace = lived((calls, callbacks), who, {0: 12})
    promised = trace.fate == Fate.PROMISED
    assert promised.sum() > 3
    assert (trace.cause == Cause.PROMISE).sum() == promised.sum()
    assert (trace.fate[trace.cause == Cause.PROMISE] == Fate.ANSWERED).all()
    assert (trace.queue[trace.cause == Cause.PROMISE] == 1).all()


def test_who_is_cut_off_calls_again():
    queue = replace(STEADY, redial_limit=1, journey=Journey(disconnect=1.0, redial=Law("constant", 30)))
    trace = lived((queue,), roster(*always(20, ["steady"], DAY), axis=DAY), {0: 10})
    assert len(trace.fate) == 20
    assert (trace.cause == Cause.REDIAL).sum() == 10
    first = trace.cause == Cause.FIRST
    again = dict(zip(trace.origin[~first], trace.arrival_s[~first], strict=True))
    for contact in np.flatnonzero(first):
        gone_s = trace.answer_s[contact] + trace.service_s[contact]
        assert again[trace.origin[contact]] == pytest.approx(gone_s + 30)


# --- the whole ----------------------------------------------------------------------------------------------------------------------------


def everything() -> tuple[Queue, ...]:
    journey = Journey(
        wrap=Law("constant", 30),
        trunks=Trunks("main", 20),
        menu=Menu(Law("constant", 20), contained=0.2, misrouted=0.1, misrouted_to="second"),
        places=10,
        busy_redial_share=0.5,
        transfers=(Transfer("second", 0.2, 20),),
        repeat=Repeat(0.2),
        disconnect=0.05,
        offer=Offer(200, 0.4, "callbacks"),
        segments=(CustomerSegment("gold", 0.3, 1, 60), CustomerSegment("rest", 0.7, 2)),
    )
    calls = replace(CALLS, redial_share=0.3, journey=journey)
    return (
        calls,
        replace(CALLS, name="second", journey=replace(journey, menu=None)),
        replace(STEADY, name="callbacks", journey=Journey(keep_free=1)),
    )


def test_every_attempt_of_a_day_with_everything_ends_in_exactly_one_way_from_both_engines():
    names = ["calls", "second", "callbacks"]
    who = roster(*always(12, names, DAY), axis=DAY)
    agents = tuple(Agent(f"agent {k:03}", "any", tuple(names), traits=(Skill("second", 1.5, after_s=30),)) for k in range(5))
    found = [
        measured(everything(), (220.0, 10.0, 0.0), who, Experiment(3, workers=1, agents=agents, engine=engine))
        for engine in ("fast", "simpy")
    ]
    for name in ("offered", "answered", "blocked", "contained", "promised", "wait_s", "busy_s", "line_s", "transferred"):
        assert np.array_equal(getattr(found[0], name), getattr(found[1], name)), name
        assert getattr(found[0], name).sum() > 0, name
    outcome = found[0]
    assert np.array_equal(outcome.offered, outcome.answered + outcome.abandoned + outcome.unanswered + outcome.promised)


def test_the_warm_up_is_lived_through_but_not_measured():
    who = roster(*always(6, ["calls"], DAY), axis=DAY)
    whole, later = measured((CALLS,), (80.0,), who), measured((CALLS,), (80.0,), who, replace(ONE, warm_up_minutes=120))
    assert later.offered[..., :2].sum() == later.busy_s[..., :2].sum() == later.present_s[..., :2].sum() == 0
    for name in ("offered", "wait_s", "busy_s", "answered_in_target"):
        assert np.array_equal(getattr(later, name)[..., 2:], getattr(whole, name)[..., 2:])
    assert later.wait_counts.sum() == later.offered.sum()


def test_every_queue_that_a_journey_names_must_be_there():
    journey = Journey(transfers=(Transfer("secnd", 0.1),), repeat=Repeat(0.1, to="x"), offer=Offer(10, 0.5, "y"), trunks=Trunks("main", 3))
    queues = (replace(CALLS, journey=journey), replace(STEADY, name="second", journey=Journey(trunks=Trunks("main", 4))))
    agents = (Agent(ANN, "any", ("calls",), traits=(Skill("cals"),)),)
    with pytest.raises(ScenarioError) as caught:
        measured(queues, (1.0, 1.0), roster(axis=DAY), replace(ONE, agents=agents, among="rndom", leaving="x", late_share=2))
    for part in (
        "did you mean 'second'",
        "repeat",
        "offer",
        "3, as the queues before it say",
        "did you mean 'calls'",
        "random",
        "head_count",
        "late_share",
    ):
        assert part in str(caught.value)


@pytest.mark.parametrize("leaving", ["agent", "head_count"])
@pytest.mark.parametrize(("per_hour", "agents"), [(0.0, 3), (30.0, 0), (0.0, 0), (30.0, 1)])
def test_nobody_who_calls_and_nobody_who_works_are_days_too(per_hour: float, agents: int, leaving: str):
    names = ["calls", "second", "callbacks"]
    for engine in ("fast", "simpy"):
        who = roster(*always(agents, names, DAY), axis=DAY)
        outcome = measured(everything(), (per_hour, 0.0, 0.0), who, replace(ONE, engine=engine, leaving=leaving))
        assert np.array_equal(outcome.offered, outcome.answered + outcome.abandoned + outcome.unanswered + outcome.promised)
        assert (outcome.answered.sum() > 0) == (agents > 0 and per_hour > 0)
        assert outcome.present_s.sum() == pytest.approx(agents * 86400, abs=3600 * (agents > 0))

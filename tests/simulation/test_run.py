"""Replications: the same numbers whoever computes them, the same day for every roster, stopped when told to."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import fields, replace

import numpy as np
import pytest

from simulation import simulate
from simulation import workers as crew
from simulation.arrivals import draw_contacts
from simulation.engines import fast
from simulation.run import run_one
from simulation.setting import prepare
from simulation.streams import exponential, handle_factor, key, uniforms
from simulation.trace import Fate
from tests.samples import AXIS, CALLS, flat_forecast
from tests.simulation.small import roster, team
from wfm.errors import Cancelled, ScenarioError
from wfm.model import Experiment, Outcome

MONDAY_TEAM = roster(*team(14, 540, 1020, ["calls"], AXIS), axis=AXIS)
FORECAST = flat_forecast(40)


def simulated(experiment: Experiment, who=MONDAY_TEAM, **how) -> Outcome:
    return simulate(FORECAST, (CALLS,), who, experiment, **how)


def same(one: Outcome, other: Outcome) -> bool:
    names = [field.name for field in fields(Outcome) if isinstance(getattr(one, field.name), np.ndarray)]
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in names)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_day():
    assert same(simulated(Experiment(3, workers=1)), simulated(Experiment(3, workers=1)))
    assert not same(simulated(Experiment(3, workers=1)), simulated(Experiment(3, workers=1, seed=2)))


@pytest.mark.parametrize("engine", ["fast", "simpy"])
def test_one_worker_and_two_workers_and_a_borrowed_executor_give_the_same_bytes(engine: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crew, "WORTH_A_PROCESS", 0)
    alone = simulated(Experiment(5, workers=1, absence=0.1, engine=engine))
    assert same(alone, simulated(Experiment(5, workers=2, absence=0.1, engine=engine)))
    with ThreadPoolExecutor(3) as threads:
        assert same(alone, simulated(Experiment(5, absence=0.1, engine=engine), executor=threads))


def test_more_replications_only_add_to_the_ones_before():
    few, more = simulated(Experiment(2, workers=1)), simulated(Experiment(4, workers=1))
    assert np.array_equal(few.wait_s, more.wait_s[:2])


def test_replications_beyond_the_sample_paths_take_them_again_with_new_draws():
    two_paths = replace(FORECAST, paths=FORECAST.paths[:2])
    outcome = simulate(two_paths, (CALLS,), MONDAY_TEAM, Experiment(3, workers=1))
    assert sorted(outcome.offered[:2].tolist()) == sorted(FORECAST.paths[:2].tolist())
    assert np.array_equal(outcome.offered[2], outcome.offered[0])
    assert not np.array_equal(outcome.wait_s[2], outcome.wait_s[0])


def test_the_same_contact_meets_the_same_draws_under_two_rosters():
    larger = roster(*team(16, 540, 1020, ["calls"], AXIS), axis=AXIS)
    traces = [_trace(who) for who in (MONDAY_TEAM, larger)]
    assert np.array_equal(traces[0].arrival_s, traces[1].arrival_s)
    both = (traces[0].fate == Fate.ANSWERED) & (traces[1].fate == Fate.ANSWERED)
    assert both.sum() > 1000
    assert np.array_equal(traces[0].service_s[both], traces[1].service_s[both])
    left = (traces[0].fate == Fate.ABANDONED) & (traces[1].fate == Fate.ABANDONED)
    assert left.sum() > 10
    assert np.allclose(traces[0].wait_s[left], traces[1].wait_s[left])
    assert not np.array_equal(traces[0].wait_s, traces[1].wait_s)


def _trace(who):
    setting = prepare(FORECAST, (CALLS,), who, Experiment())
    monday = np.where(AXIS.day == 0, FORECAST.paths[0], 0)
    return run_one(setting, fast(setting).live, 0, monday, trace=True).trace


def test_a_queue_keeps_its_draws_when_another_is_added_before_it():
    other = replace(CALLS, name="other")
    counts = np.full((1, AXIS.n_intervals), 3)
    handle_s = np.full(counts.shape, 100.0)
    alone = draw_contacts((CALLS,), counts, handle_s, 900, (1, 0))
    beside = draw_contacts((other, CALLS), np.tile(counts, (2, 1)), np.tile(handle_s, (2, 1)), 900, (1, 0))
    assert np.array_equal(beside.handle_s[beside.queue == 1], alone.handle_s)
    assert not np.array_equal(beside.handle_s[beside.queue == 0], alone.handle_s)


def test_streams_are_those_of_philox_and_differ_in_every_part_of_their_key():
    words = np.random.Generator(np.random.Philox(key=key(1, 2, "handle", "calls"))).bit_generator.random_raw(5)
    assert np.allclose(uniforms(5, key(1, 2, "handle", "calls")), words / 2.0**64, atol=1e-15)
    parts = [
        (1, 2, "handle", "calls"),
        (2, 2, "handle", "calls"),
        (1, 3, "handle", "calls"),
        (1, 2, "patience", "calls"),
        (1, 2, "handle", "b"),
    ]
    assert len({key(*part) for part in parts}) == len(parts)


@pytest.mark.parametrize("cv", [0.0, 0.3, 1.0, 1.7])
def test_handle_times_have_the_mean_and_the_spread_they_should(cv: float):
    factor = handle_factor(uniforms(200_000, key(1, 1, "handle", "calls")), cv)
    assert abs(factor.mean() - 1) <= 4 * cv / 200_000**0.5
    assert factor.std() == pytest.approx(cv, rel=0.03)
    assert np.all(factor > 0)


def test_a_spread_of_one_is_exponential():
    uniform = uniforms(1000, key(1, 1, "handle", "calls"))
    assert np.array_equal(handle_factor(uniform, 1.0), exponential(uniform))


def test_progress_is_told_after_every_replication_and_ends_at_the_whole():
    told: list[float] = []
    simulated(Experiment(3, workers=1), progress=lambda _message, share: told.append(share))
    assert told == sorted(told)
    assert {0.0, 1 / 3, 2 / 3, 1.0} <= set(told)


def _stop_after(share: float):
    def progress(_message: str, done: float) -> None:
        if done >= share:
            raise Cancelled("enough")

    return progress


@pytest.mark.parametrize("engine", ["fast", "simpy"])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_cancelled_run_stops_soon_and_leaves_no_process_behind(workers: int, engine: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(crew, "WORTH_A_PROCESS", 0)
    before = set(multiprocessing.active_children())
    begun = time.perf_counter()
    with pytest.raises(Cancelled, match="enough"):
        simulated(Experiment(100_000, workers=workers, engine=engine), progress=_stop_after(1e-9))
    assert set(multiprocessing.active_children()) == before
    assert time.perf_counter() - begun < 20


def test_a_borrowed_executor_survives_a_cancelled_run():
    with ThreadPoolExecutor(1) as threads:
        with pytest.raises(Cancelled):
            simulated(Experiment(50), progress=_stop_after(1e-9), executor=threads)
        assert threads.submit(int, "7").result() == 7


def test_every_fault_of_the_input_is_told_at_once():
    other = replace(CALLS, name="cals")
    twice = roster(*team(1, 540, 1020, ["mails"], AXIS), *team(1, 600, 700, ["calls"], AXIS), axis=AXIS)
    wrong = Experiment(replications=0, routing="longest_wai", absence=2, workers=0, engine="fats", precision=0.0, precision_of="waits")
    with pytest.raises(ScenarioError) as caught:
        simulate(FORECAST, (CALLS, other), twice, wrong)
    text = str(caught.value)
    for part in (
        "replications",
        "workers",
        "absence",
        "did you mean 'longest_wait'",
        "did you mean 'fast'",
        "precision_of",
        "did you mean 'calls'",
        "'mails'",
        "begins before",
    ):
        assert part in text
    assert len(caught.value.faults) == 10


def test_a_forecast_without_paths_is_a_fault():
    with pytest.raises(ScenarioError, match="0 sample paths"):
        simulate(replace(FORECAST, paths=FORECAST.paths[:0]), (CALLS,), MONDAY_TEAM, Experiment())


def test_processes_of_the_callers_own_work_too():
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert same(simulated(Experiment(2), executor=pool), simulated(Experiment(2, workers=1)))


def test_recorded_moments_are_lived_through_as_they_were_and_must_agree_with_the_counts():
    moments = np.sort(np.random.default_rng(2).uniform(9 * 3600, 17 * 3600, 300))
    counts = np.bincount((moments // 900).astype(int), minlength=AXIS.n_intervals)[None, None].astype(float)
    recorded = replace(FORECAST, mean=counts[0], paths=counts, recorded_s=(moments,))
    setting = prepare(recorded, (CALLS,), MONDAY_TEAM, Experiment())
    traces = [run_one(setting, fast(setting).live, number, counts[0], trace=True).trace for number in (0, 1)]
    assert all(np.array_equal(trace.arrival_s, moments) for trace in traces)
    assert not np.array_equal(traces[0].service_s, traces[1].service_s)
    assert simulate(recorded, (CALLS,), MONDAY_TEAM, Experiment(2, workers=1)).offered.sum() == 600
    for wrong in (replace(recorded, paths=counts + 1), replace(recorded, recorded_s=(moments[::-1],))):
        with pytest.raises(ScenarioError, match="recorded moments"):
            simulate(wrong, (CALLS,), MONDAY_TEAM, Experiment())

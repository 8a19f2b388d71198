"""A centre that is known is found again in its log."""

import numpy as np
import pytest

from simulation import simulate
from tests.calibration.made import AXIS, CREDIT_S, HANDLE_S, PATIENCE_S, QUEUE, QUICK, SLOW, made_log, part_of, truth
from wfm.calibration import calibrate, compare, fit, with_turn_round
from wfm.calibration.duty import AWAY_S, stints
from wfm.model import CallLog, Kind, Outcome


@pytest.fixture(scope="module")
def log() -> CallLog:
    return made_log()


def live(centre) -> Outcome:
    return simulate(centre.forecast, centre.queues, centre.roster, centre.experiment(6))


def test_patience_handle_time_head_start_and_pace_are_found_again(log: CallLog):
    centre = calibrate(log)
    patience = centre.patience[0].mean
    assert patience.low < PATIENCE_S < patience.high
    assert centre.credits_s.tolist() == [0.0, CREDIT_S]
    factors = {agent.name: agent.traits[0].handle_factor for agent in centre.agents}
    usual = np.median(list(factors.values()))
    assert factors["agent 0"] / usual == pytest.approx(SLOW, rel=0.15)
    assert factors["agent 8"] / usual == pytest.approx(QUICK, rel=0.15)
    assert centre.queues[0].handle_s - centre.turn_round_s == pytest.approx(HANDLE_S, rel=0.06)
    assert centre.turn_round_s < 2  # nobody there needs any


def test_agents_are_on_duty_when_they_were_and_not_in_their_breaks_while_somebody_waits(log: CallLog):
    _, real, _ = truth()
    waiting = np.zeros(AXIS.minutes, bool)
    for asked_s, begun_s in zip(log.asked_s, log.begun_s, strict=True):
        waiting[int(np.ceil(asked_s / 60)) : int(begun_s // 60)] = True
    seen, was = np.zeros((9, AXIS.minutes), bool), np.zeros((9, AXIS.minutes), bool)
    for stint in stints(log):
        seen[stint.agent, int(stint.start_s // 60) : int(stint.end_s // 60)] = True
    for shift in real.shifts:
        for part in shift.segments:
            was[int(shift.agent[-1]), part.start : part.end] |= part.kind is Kind.WORK
    assert waiting.mean() > 0.1
    assert (seen & was)[:, waiting].sum() > 0.97 * was[:, waiting].sum()
    breaks = ~was & waiting
    breaks[:, [minute % 1440 < 480 or minute % 1440 >= 1080 for minute in range(AXIS.minutes)]] = False
    assert (seen & breaks).sum() < 0.35 * breaks.sum()  # breaks begin while the contact in hand is finished
    assert AWAY_S == 60


def test_the_simulated_log_meets_the_real_one_without_any_fit_and_still_better_with(log: CallLog):
    centre = calibrate(log)
    plain = [row for row in compare(log, live(centre), 20) if not row.day and not row.kind]
    assert all(abs(row.off) < 0.15 for row in plain)
    fitted = fit(centre, live, 20)
    close = [row for row in compare(log, live(fitted), 20) if not row.day and not row.kind]
    assert all(abs(row.off) < 0.1 for row in close)


def test_a_longer_turn_round_makes_everybody_wait_longer(log: CallLog):
    centre = calibrate(log)
    waits = [live(with_turn_round(centre, seconds)).wait_s.sum() for seconds in (0, 10, 20)]
    assert waits == sorted(waits)


def test_recorded_calls_are_lived_through_again_at_the_moments_at_which_they_came(log: CallLog):
    centre = calibrate(log)
    outcome = live(centre)
    assert np.array_equal(outcome.offered[0], centre.forecast.mean)
    assert np.array_equal(outcome.offered[0], outcome.offered[5])
    assert not np.array_equal(outcome.wait_s[0], outcome.wait_s[5])


def test_rows_compare_the_log_with_the_simulation_by_day_and_kind(log: CallLog):
    rows = compare(log, live(calibrate(log)), 20)
    assert len(rows) == 3 * (1 + AXIS.days + 1)
    first = rows[0]
    assert (first.day, first.kind, first.measure, first.calls) == ("", "", "mean_wait_s", len(log))
    assert first.real == pytest.approx(log.wait_s.mean())
    assert first.low < first.simulated < first.high


@pytest.mark.parametrize("who", ["nobody waits", "nobody hangs up", "one call", "no agent known"])
def test_logs_that_tell_little_give_a_centre_all_the_same(log: CallLog, who: str):
    chosen = {
        "nobody waits": log.served & (log.wait_s == 0),
        "nobody hangs up": log.served,
        "one call": np.arange(len(log)) == int(np.argmax(log.served)),
        "no agent known": np.ones(len(log), bool),
    }[who]
    few = part_of(log, chosen)
    if who == "no agent known":
        few = CallLog(
            few.axis, few.kinds, (), (), few.kind, few.asked_s, few.wait_s, few.served, few.service_s, np.full(len(few), -1), few.rank * 0
        )
    centre = calibrate(few)
    assert (centre.queues[0].patience_s is None) == (who in ("nobody waits", "nobody hangs up", "one call"))
    outcome = live(centre)
    assert outcome.offered[0].sum() == len(few)
    assert QUEUE.name == centre.queues[0].name

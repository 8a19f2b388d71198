"""The hand-checked case, recomputed with mpmath from the birth-death chain."""

from mpmath import exp, factorial, mp, mpf, quad

from wfm.model import Queue
from wfm.scenario_file import load
from wfm.scenario_file.bundled import bundled


def served_in_time(queue: Queue, agents: int) -> float:
    """Served within T ÷ offered in Erlang A: somebody who meets j waiting is served at the time of j + 1 departures, if patience lasts."""
    with mp.workdps(30):
        calls, serve, leave = mpf(queue.contacts_per_hour) / 3600, 1 / mpf(queue.handle_s), 1 / mpf(queue.patience_s)
        weights = [mpf(1)]
        for k in range(1, 120):
            weights.append(weights[-1] * calls / (min(k, agents) * serve + max(0, k - agents) * leave))
        total = sum(weights[:agents])
        for j, weight in enumerate(weights[agents : agents + 40]):
            rates = 1
            for i in range(j + 1):
                rates *= agents * serve + i * leave
            scale = rates / (factorial(j) * leave**j)

            def density(t, j=j, scale=scale):
                return scale * exp(-agents * serve * t) * (1 - exp(-leave * t)) ** j * exp(-leave * t)

            total += weight * quad(density, [0, queue.target.within_s])
        return float(total / sum(weights))


def test_six_agents_meet_the_target_and_five_do_not():
    queue = load(bundled()["one_queue"]).scenario.queues[0]
    assert round(served_in_time(queue, 5), 6) == 0.734026
    assert round(served_in_time(queue, 6), 6) == 0.853110
    assert served_in_time(queue, 5) < queue.target.share <= served_in_time(queue, 6)


def test_the_six_cover_all_opening_hours_and_nothing_else():
    scenario = load(bundled()["one_queue"]).scenario
    (template,) = scenario.workforce.shifts
    (contract,) = scenario.workforce.contracts
    assert len(scenario.workforce.agents) == 6
    assert scenario.queues[0].hours.week == (((540, 1020),),) * 5 + ((), ())
    assert list(template.starts()) == [540]
    assert template.lengths == (480,)
    assert template.breaks == ()
    assert contract.min_hours_week == contract.max_hours_week == 5 * template.paid_minutes(480) / 60

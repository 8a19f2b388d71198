"""Large centres: within memory and time that a laptop has."""

import resource
import subprocess
import sys
import time
from datetime import date

import numpy as np
import pytest

from simulation import simulate
from tests.simulation.small import forecast_of, roster, shift
from wfm.model import Channel, Experiment, Queue, TimeAxis

LINES = (
    Queue("calls", handle_s=300, handle_cv=0.9, patience_s=180),
    Queue("chats", Channel.CHAT, handle_s=600, patience_s=300, concurrency=2, priority=2),
    Queue("mails", Channel.EMAIL, handle_s=400, priority=3),
)
TEAMS = (("calls",), ("chats", "mails"), ("calls", "chats"))
LARGE = """
import resource
from tests.simulation.test_size import outcome_of
outcome = outcome_of(agents=10_000, contacts=1_000_000, days=1, workers=1)
assert abs(outcome.offered.sum() - 1_000_000) < 10_000
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def outcome_of(agents: int, contacts: float, days: int, workers: int):
    """`days` replications of a day of that many agents, on for most of it, and contacts."""
    axis = TimeAxis(date(2026, 3, 2), 1, 15, "UTC")
    shifts = []
    for number in range(agents):
        begin, served = 420 + 15 * (number % 20), TEAMS[number % 3]
        cuts = (begin, begin + 200 + number % 60, begin + 230 + number % 60, begin + 600)
        shifts.append(shift(f"agent {number:05}", (cuts[0], cuts[1], served), (cuts[1], cuts[2], ()), (cuts[2], cuts[3], served)))
    mean = np.zeros((3, 96))
    mean[:, 30:80] = np.array([0.6, 0.25, 0.15])[:, None] * contacts / 50
    paths = np.random.default_rng(1).poisson(mean, (days, *mean.shape)).astype(float)
    return simulate(forecast_of(LINES, paths, axis), LINES, roster(*shifts, axis=axis), Experiment(days, workers=workers))


@pytest.mark.slow
def test_a_day_of_ten_thousand_agents_and_a_million_contacts_fits_into_two_gigabytes():
    done = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True, timeout=600)
    assert int(done.stdout) < 2048


@pytest.mark.slow
def test_a_thousand_days_of_a_hundred_agents_take_seconds():
    outcome_of(agents=100, contacts=4000, days=2, workers=1)
    begun = time.process_time()
    outcome = outcome_of(agents=100, contacts=4000, days=1000, workers=2)
    assert outcome.replications == 1000
    assert time.process_time() - begun < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 < 2048

"""Models of the literature as scenario files with numbers on duty, against their exact Markov chains."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.theory.chains import State, mean, steady_state
from tests.theory.test_journeys import outcome_of, ratio, sums

HOUR_S = 3600
Moved = Iterator[tuple[State, float]]
"""Where a chain may go from a state, and at what rate a second."""

RETRIALS = """
[[queue]]
name = "calls"
handle = "3m"
patience = "2m"
contacts_per_hour = 110
places = 3
redial_share = 0.6
busy_redial_share = 0.8
redial_after = "5m"
redial_limit = 50

[[group]]
name = "agents"
count = 5
contract = "any"
skills = ["calls"]
on_duty = {"00:00-24:00" = 5}
"""

SPECIALISTS = """
[[queue]]
name = "calls"
handle = "4m"
patience = "3m"
contacts_per_hour = 90

[[group]]
name = "specialists"
count = 2
contract = "any"
skills = ["calls"]
traits = [{queue = "calls", handle_factor = 0.6, rank = 0}]
on_duty = {"00:00-24:00" = 2}

[[group]]
name = "beginners"
count = 3
contract = "any"
skills = ["calls"]
traits = [{queue = "calls", handle_factor = 1.5, rank = 1}]
on_duty = {"00:00-24:00" = 3}
"""

LANGUAGES = """
[[queue]]
name = "english"
handle = "4m"
patience = "3m"
contacts_per_hour = 60
priority = 1

[[queue]]
name = "french"
handle = "5m"
patience = "4m"
contacts_per_hour = 30
priority = 2

[[group]]
name = "english"
count = 3
contract = "any"
skills = ["english"]
on_duty = {"00:00-24:00" = 3}

[[group]]
name = "french"
count = 2
contract = "any"
skills = ["french"]
on_duty = {"00:00-24:00" = 2}

[[group]]
name = "bilingual"
count = 2
contract = "any"
skills = ["english", "french"]
traits = [{queue = "french", handle_factor = 1.25}]
on_duty = {"00:00-24:00" = 2}

[routing]
agents = "fewest_skills"
"""


def retrials(state: tuple[int, int]) -> Moved:
    """Those here, of whom 5 are served and 3 may wait, and those who will try again."""
    here, orbit = state
    rate, waiting, more = 110 / HOUR_S, max(here - 5, 0), min(orbit + 1, 80)
    room = here < 8
    yield ((here + 1, orbit) if room else (here, more), rate if room else 0.8 * rate)
    yield ((here + 1, orbit - 1), orbit / 300) if room else ((here, orbit - 1), 0.2 * orbit / 300)
    yield (here - 1, orbit), min(here, 5) / 180 + waiting * 0.4 / 120
    yield (here - 1, more), waiting * 0.6 / 120


def specialists(state: tuple[int, int, int]) -> Moved:
    """Busy specialists, busy beginners, callers who wait."""
    a, b, q = state
    fast, slow = 1 / (0.6 * 240), 1 / (1.5 * 240)
    yield ((a + 1, b, 0) if a < 2 else (a, b + 1, 0) if b < 3 else (a, b, min(q + 1, 60))), 90 / HOUR_S
    if q:
        yield (a, b, q - 1), a * fast + b * slow + q / 180
    else:
        yield (a - 1, b, 0), a * fast
        yield (a, b - 1, 0), b * slow


def languages(state: tuple[int, int, int, int, int, int]) -> Moved:
    """Busy specialists of English and of French, bilingual agents busy with either, callers of either who wait, at most 25."""
    e, f, be, bf, qe, qf = state
    both = be + bf < 2
    yield (
        ((e + 1, f, be, bf, qe, qf) if e < 3 else (e, f, be + 1, bf, qe, qf) if both else (e, f, be, bf, min(qe + 1, 25), qf)),
        60 / HOUR_S,
    )
    yield (
        ((e, f + 1, be, bf, qe, qf) if f < 2 else (e, f, be, bf + 1, qe, qf) if both else (e, f, be, bf, qe, min(qf + 1, 25))),
        30 / HOUR_S,
    )
    yield (e, f, be, bf, qe - 1, qf), qe / 180
    yield (e, f, be, bf, qe, qf - 1), qf / 240
    yield ((e, f, be, bf, qe - 1, qf) if qe else (e - 1, f, be, bf, 0, qf)), e / 240
    yield ((e, f, be, bf, qe, qf - 1) if qf else (e, f - 1, be, bf, qe, 0)), f / 300
    for (x, y), pace in (((be - 1, bf), be / 240), ((be, bf - 1), bf / 375)):
        yield ((e, f, x + 1, y, qe - 1, qf) if qe else (e, f, x, y + 1, qe, qf - 1) if qf else (e, f, x, y, 0, 0)), pace


def test_retrials_after_busy_signals_and_after_hanging_up_are_the_chain_of_system_and_orbit(tmp_path: Path):
    """M/M/c/K+M with a constant share that tries again (as in Falin & Templeton 1997; Aguir, Karaesmen, Akşin & Chauvet 2004)."""
    outcome = outcome_of(tmp_path, RETRIALS)
    rate, delay = 110 / HOUR_S, 1 / 300
    chance = steady_state((0, 0), lambda state: [(to, pace) for to, pace in retrials(state) if min(to) >= 0])
    waiting = mean(chance, lambda s: max(s[0] - 5, 0))
    tries = rate + mean(chance, lambda s: s[1]) * delay
    blocked = mean(chance, lambda s: (s[0] == 8) * (rate + s[1] * delay)) / tries
    attempts = sums(outcome, "offered") + sums(outcome, "blocked")
    for name, under, exact in (
        ("blocked", attempts, blocked),
        ("redialled", attempts, 1 - rate / tries),
        ("abandoned", attempts, waiting / 120 / tries),
        ("wait_s", sums(outcome, "offered"), waiting / tries / (1 - blocked)),
    ):
        found, error = ratio(sums(outcome, name), under)
        assert abs(found - exact) < 4 * error < 0.05 * exact, (name, found, exact)


def test_specialists_who_are_faster_and_are_asked_first_are_the_chain_of_both_groups(tmp_path: Path):
    """One queue, two kinds of servers, fastest free server first (as in Armony 2005)."""
    outcome = outcome_of(tmp_path, SPECIALISTS)
    chance = steady_state((0, 0, 0), specialists)
    found, error = ratio(sums(outcome, "abandoned"), sums(outcome, "offered"))
    assert abs(found - mean(chance, lambda s: s[2]) / 180 / (90 / HOUR_S)) < 4 * error < 0.01
    measured_s = outcome.present_s.sum(axis=1) / 5
    busy, error = ratio(sums(outcome, "busy_s"), measured_s)
    assert abs(busy - mean(chance, lambda s: s[0] + s[1])) < 4 * error < 0.05


def test_bilingual_agents_who_help_out_more_slowly_in_their_second_language_are_the_chain_of_both_queues(tmp_path: Path):
    """Specialists of either language first, bilingual agents for the rest; English goes first where both wait (as in Stanford &
    Grassmann 1993)."""
    outcome = outcome_of(tmp_path, LANGUAGES)
    chance = steady_state((0,) * 6, languages)
    gone = [mean(chance, lambda s: s[4]) / 180 / (60 / HOUR_S), mean(chance, lambda s: s[5]) / 240 / (30 / HOUR_S)]
    for number, exact in enumerate(gone):
        found, error = ratio(sums(outcome, "abandoned", number), sums(outcome, "offered", number))
        assert abs(found - exact) < 4 * error < 0.02, (number, found, exact)
    group = outcome.groups.index("english, french")
    busy = outcome.group_busy_s[:, group].sum(axis=1) / outcome.group_present_s[:, group].sum(axis=1)
    assert abs(busy.mean() - mean(chance, lambda s: s[2] + s[3]) / 2) < 4 * busy.std(ddof=1) / len(busy) ** 0.5 < 0.02
    assert np.isclose(sum(chance.values()), 1)

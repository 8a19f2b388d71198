"""Finite rooms: summed place by place, and met by the endless room's integrals where the limit does not bind."""

import numpy as np
import pytest

from wfm.queueing import evaluate
from wfm.queueing.measures import NAMES


@pytest.mark.parametrize(
    ("load", "agents", "aht_s", "patience_s", "within_s"),
    [
        (5.2, 4, 3600.0, 3.3, 20.0),
        (600.93, 607, 300.0, 2.46, 0.0),
        (6060.0, 6733, 60.0, 29_000.0, 20.0),
        (61.0, 47, 3600.0, 184_000.0, 300.0),
    ],
)
def test_two_ways_of_computing_erlang_a_agree(load, agents, aht_s, patience_s, within_s):
    queue = {"calls": load, "interval_s": aht_s, "aht_s": aht_s, "agents": agents, "patience_s": patience_s, "within_s": within_s}
    summed, integrated = evaluate("A", **queue, capacity=agents + 200_000), evaluate("A", **queue)
    for name in NAMES:
        assert summed[name] == pytest.approx(integrated[name], rel=1e-12, abs=1e-14), name


def test_a_room_without_places_is_a_loss_system_and_a_smaller_one_leaves_agents_idle():
    queue = {"calls": 30, "interval_s": 900, "aht_s": 300, "agents": 12, "patience_s": 60}
    for capacity in (12, 7):
        found = evaluate("A", **queue, capacity=capacity)
        lines = evaluate("B", **queue | {"agents": capacity})
        assert found.p_block == pytest.approx(lines.p_block, rel=1e-14)
        assert found.occupancy == pytest.approx(lines.occupancy * capacity / 12, rel=1e-14)


def test_an_overloaded_finite_room_serves_at_full_speed_and_turns_the_rest_away():
    found = evaluate("C", calls=200, interval_s=1, aht_s=1, agents=100, capacity=1000)
    assert found.occupancy == pytest.approx(1, abs=1e-12)
    assert found.p_block == pytest.approx(0.5, abs=1e-12)
    assert found.mean_queue == pytest.approx(900 - 1, rel=1e-3)


def test_a_room_too_large_to_sum_is_refused_by_name():
    with pytest.raises(ValueError, match="capacity: more than"):
        evaluate("C", calls=100, interval_s=1, aht_s=1, agents=100, capacity=1e12)


def test_fractional_agents_in_a_finite_room_lie_between_their_neighbours():
    found = evaluate("A", calls=10, interval_s=1, aht_s=1, agents=[9, 9.5, 10], patience_s=2, capacity=20)
    assert np.all(np.diff(found.p_abandon) < 0)

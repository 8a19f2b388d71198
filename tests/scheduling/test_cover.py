"""Who counts for which queue, against every way to spread the same people."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.cover import Cover
from scheduling.grid import make_grid
from tests.scheduling.brute import price_of_cell
from tests.scheduling.small import SETTINGS, axis, requirement, team

SKILLS = (frozenset({0}), frozenset({0, 1}), frozenset({1, 2}), frozenset({0, 1, 2}), frozenset())
MOVES = st.lists(st.tuples(st.integers(0, len(SKILLS) - 1), st.booleans()), min_size=1, max_size=9)
NEEDS = st.lists(st.sampled_from((0.0, 0.4, 1.0, 1.3, 2.0, 3.0)), min_size=3, max_size=3)


def least(needs: list[float], there: list[int]) -> float:
    """Price of 24 equal hours."""
    return 24 * price_of_cell(np.array(needs), [tuple(sorted(SKILLS[g])) for g in there], SETTINGS)


@settings(max_examples=60, deadline=None)
@given(NEEDS, MOVES)
def test_people_coming_and_going_are_always_spread_at_the_least_price(needs: list[float], moves: list[tuple[int, bool]]) -> None:
    """A move brings one of a group, or takes one away where there is one; everybody works at every hour."""
    cover = Cover(make_grid(requirement(axis(1), [[need] * 24 for need in needs]), team(), SETTINGS), SKILLS)
    there: list[int] = []
    for group, comes in moves:
        if comes or group not in there:
            cover.add(group, np.arange(24))
            there.append(group)
        else:
            cover.remove(group, np.arange(24))
            there.remove(group)
        assert cover.cost == pytest.approx(least(needs, there), abs=1e-7)
    for group in range(len(SKILLS)):
        assert cover.values(group).sum() == pytest.approx(least(needs, there) - least(needs, [*there, group]), abs=1e-7)

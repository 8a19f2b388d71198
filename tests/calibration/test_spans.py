"""Spans of time against a plain look at every second."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.calibration.spans import Spans

pairs = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=12)


@settings(max_examples=150, deadline=None)
@given(pairs, st.integers(0, 75), st.integers(0, 75))
def test_spans_are_what_a_look_at_every_second_says(rows: list[tuple[int, int]], one: int, other: int):
    start_s, end_s = np.array([a for a, _ in rows], float), np.array([a + n for a, n in rows], float)
    found = Spans(start_s, end_s)
    inside = np.zeros(100, bool)
    for a, n in rows:
        inside[a : a + n] = True
    low, high = sorted((one, other))
    assert found.between(np.array([low]), np.array([high]))[0] == inside[low:high].sum()
    assert found.holds(np.array([one]))[0] == inside[one]
    following = np.flatnonzero(inside[one:])
    assert found.next_from(np.array([float(one)]))[0] == (one + following[0] if len(following) else np.inf)
    before = np.flatnonzero(inside[:one])
    assert found.last_before(np.array([float(one)]))[0] == (before[-1] + 1 if len(before) else -np.inf)
    until = one
    while inside[until]:
        until += 1
    assert found.end_of(np.array([float(one)]))[0] == until

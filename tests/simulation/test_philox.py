"""The compiled words are those of numpy, word for word."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import streams
from simulation.philox import fill

WORD = 2**64 - 1


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**128 - 1), st.integers(0, 70))
def test_compiled_numbers_are_those_of_numpys_philox(stream: int, count: int):
    words = np.random.Philox(key=stream).random_raw(count) if count else np.zeros(0, np.uint64)
    uniform = np.empty(count)
    fill(uniform, np.uint64(stream & WORD), np.uint64(stream >> 64))
    assert np.array_equal(uniform, ((words >> np.uint64(12)).astype(float) + 0.5) * 2.0**-52)


@pytest.mark.parametrize("count", [0, 1, 5, 1000])
def test_where_numba_is_missing_numpy_draws_the_same(count: int):
    stream = streams.key(3, 4, "handle", "calls")
    by_numpy = np.empty(count)
    streams._by_numpy(by_numpy, np.uint64(stream & WORD), np.uint64(stream >> 64))
    assert np.array_equal(by_numpy, streams.uniforms(count, stream))


def test_streams_drawn_together_are_those_drawn_alone():
    counts, keys = [3, 0, 6], [streams.key(3, 4, "handle", name) for name in ("calls", "chats", "mails")]
    alone = [streams.uniforms(count, key) for count, key in zip(counts, keys, strict=True)]
    assert np.array_equal(streams.uniforms_of(counts, keys), np.concatenate(alone))


def test_numbers_lie_strictly_between_nothing_and_one():
    assert 0 < (0 + 0.5) * 2.0**-52
    assert (2.0**52 - 1 + 0.5) * 2.0**-52 < 1

"""The BLAS guard puts back what it found."""

import pytest

from wfm.forecasting.threads import controller, one_blas_thread


def test_one_thread_inside_and_the_old_number_after_an_error():
    before, inside = threads(), []

    @one_blas_thread()
    def fail() -> None:
        inside.extend(threads())
        raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert set(inside) == {1}
    assert threads() == before


def threads() -> list[int]:
    """Threads of every BLAS that is loaded."""
    return [library.num_threads for library in controller().select(user_api="blas").lib_controllers]

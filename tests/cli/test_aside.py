"""Work in a process of its own: its answer, its faults, its progress, and nothing left of it once it is stopped."""

import os

import pytest

from tests.cli.conftest import Wfm
from wfm.aside import aside
from wfm.errors import Fault, InputError
from wfm.model import Progress


def doubled(number: int, progress: Progress) -> int:
    progress("doubling", 0.5)
    return 2 * number


def faulty(progress: Progress) -> None:
    raise InputError(Fault("a file", "a place", "this", "that"))


def stubborn(progress: Progress) -> int:
    progress(str(os.getpid()), 0.0)
    return sum(range(10**15))  # one step of the interpreter: no signal is heard before it ends


def gone(progress: Progress) -> None:
    os._exit(3)


def loud(progress: Progress) -> str:
    print("said aloud")
    return "quiet"


def unheard(_message: str, _share: float) -> None:
    """What nobody listens to."""


def test_the_answer_and_the_progress_come_back() -> None:
    told: list[tuple[str, float]] = []
    assert aside(doubled, 21, progress=lambda message, share: told.append((message, share))) == 42
    assert told == [("doubling", 0.5)]


def test_a_fault_of_the_input_is_raised_as_it_is() -> None:
    with pytest.raises(InputError) as told:
        aside(faulty, progress=unheard)
    assert [fault.expected for fault in told.value.faults] == ["that"]


def test_work_that_hears_no_signal_is_stopped_with_the_command_and_leaves_no_process() -> None:
    numbers = list[int]()

    def stop(message: str, _share: float) -> None:
        numbers.append(int(message))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        aside(stubborn, progress=stop)
    with pytest.raises(ProcessLookupError):
        os.kill(numbers[0], 0)


def test_what_the_work_prints_is_no_part_of_its_answer() -> None:
    assert aside(loud, progress=unheard) == "quiet"


def test_a_process_that_dies_is_told_and_never_waited_for() -> None:
    with pytest.raises(RuntimeError, match="without an answer"):
        aside(gone, progress=unheard)


def test_hire_says_what_it_is_at_before_anything_is_read_and_names_every_kind_of_work(wfm: Wfm) -> None:
    said = wfm("hire", "one_queue", "--contract", "full time", "--count", "1")
    lines = said.err.splitlines()
    assert lines[0] == "  0% reading the scenario"
    assert any("adding the newcomers" in line for line in lines)
    assert any("hours short, with 1 newcomers" in line for line in lines)
    assert wfm("hire", "one_queue", "--contract", "full time", "--count", "1", "--quiet").err == ""

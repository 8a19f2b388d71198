"""Progress in lines: enough to see that it goes on, never a line for everything."""

from collections.abc import Iterator

import pytest

from wfm.cli import watching


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The second that it is, to be moved."""
    now = [100.0]
    monkeypatch.setattr(watching.time, "monotonic", lambda: now[0])
    return now


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [line[5:] for line in capsys.readouterr().err.splitlines()]


def test_the_first_message_and_every_tenth_of_the_work_have_a_line(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with watching.watching("lines") as show:
        for hundredth in range(100):
            show(f"replication {hundredth} of 100", hundredth / 100)
    assert 10 <= len(told(capsys)) <= 11


def test_work_that_begins_while_the_share_stands_still_has_a_line(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with watching.watching("lines") as show:
        show("forecasting", 0.0)
        show("a schedule for ann", 0.01)
        clock[0] += 3
        show("pricing the cover", 0.01)
        show("pricing the cover", 0.01)
    assert told(capsys) == ["forecasting", "pricing the cover"]


def test_long_work_of_one_kind_is_heard_of_every_ten_seconds(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    with watching.watching("lines") as show:
        for second in range(31):
            show(f"improving: after {second} moves", 0.01)
            clock[0] += 1
    assert told(capsys) == [f"improving: after {second} moves" for second in (0, 10, 20, 30)]

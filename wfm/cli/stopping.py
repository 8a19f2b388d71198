"""The first Ctrl-C asks long work to end with the best it has; the second stops the command."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from wfm.errors import Enough
from wfm.model import IMPROVING, Progress

ASKED = "keeping the best roster, then finishing without further search; Ctrl-C again stops"
SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGBREAK") if hasattr(signal, name))  # the second on Windows, from the app


@contextmanager
def until_interrupted(say: Callable[[str], None]) -> Iterator[Callable[[], int]]:
    """Yield a callable that says how often Ctrl-C was pressed. say: acknowledges the first press, from within its handler."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)
        if len(asked) > 1:
            raise KeyboardInterrupt
        say(ASKED)

    with ExitStack() as before:
        for number in SIGNALS:
            before.callback(signal.signal, number, signal.signal(number, ask))
        yield lambda: len(asked)


@contextmanager
def keeping_the_best(show: Progress, say: Callable[[str], None]) -> Iterator[Progress]:
    """Yield a progress that ends a search for a roster once Ctrl-C was pressed, at once or as soon as there is one to improve.

    All other work goes on. `say` acknowledges the first press at once. Raises KeyboardInterrupt at the second.
    """
    with until_interrupted(say) as asked:

        def watch(message: str, share: float) -> None:
            show(message, share)
            if asked() > 1:  # native code that calls back may have swallowed what the press raised
                raise KeyboardInterrupt
            if asked() and message.startswith(IMPROVING):
                show(ASKED, share)
                raise Enough

        yield watch

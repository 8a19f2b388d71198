"""A second search in a process of its own: both tell each other their best rota at the same counts of work."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from scheduling.days.clock import Spent
from scheduling.days.problem import Rota
from wfm.model.arrays import FloatArray

LOOK_S = 0.05


@dataclass(frozen=True, eq=False)
class News:
    """What one search tells the other. worth (days, shifts): None before the root is solved. last: nothing will follow."""

    rota: Rota | None
    cost: float
    bound: float
    worth: FloatArray | None
    last: bool = False


class Partner:
    """The second search, seen from the first."""

    def __init__(self, target: Callable[..., None], *given: Any):
        """target(pipe, *given) runs in a fresh process; both must be known to pickle."""
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=target, args=(theirs, *given), daemon=True)
        self.process.start()
        theirs.close()
        self.gone = False

    def meet(self, mine: News, look: Callable[[], None]) -> News | None:
        """Hear first, then tell: long news from both sides at once would block both. `look` may raise; None once the other has ended."""
        while not self.pipe.poll(LOOK_S):
            look()
        try:
            heard: News = self.pipe.recv()
            if not heard.last:
                self.pipe.send(mine)
        except (EOFError, OSError):
            self.gone = True
            return None
        self.gone = heard.last
        return heard

    def close(self) -> None:
        """End the second process, whatever it does."""
        self.process.terminate()
        self.process.join()
        self.pipe.close()


class Beside:
    """The first search, seen from the second."""

    gone = False

    def __init__(self, pipe: Connection):
        self.pipe = pipe
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first search is told, and ends this process

    def meet(self, mine: News, look: Callable[[], None]) -> News | None:
        """Tell first, then hear. Raises Spent once the first search has ended."""
        try:
            self.pipe.send(mine)
            heard: News | None = None if mine.last else self.pipe.recv()
        except (EOFError, OSError) as error:
            raise Spent from error
        return heard

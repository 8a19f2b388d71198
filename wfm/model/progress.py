"""How long work tells where it stands, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done (0–1). It may raise `Cancelled`; the work lets that pass through."""


IMPROVING = "improving"
"""How the messages of a search begin that answers `Enough` with the best it has."""


def silent(_message: str, _share: float) -> None:
    """The progress nobody watches."""


def part(progress: Progress, start: float, end: float) -> Progress:
    """A progress for one part of the work, mapped to [start, end] of the whole."""
    return lambda message, share: progress(message, start + (end - start) * min(max(share, 0.0), 1.0))

"""Progress on stderr: a bar on a terminal, lines or JSON elsewhere, or nothing."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wfm.model import Progress, silent


@contextmanager
def watching(how: str, quiet: bool = False) -> Iterator[Progress]:
    """Yield a progress callable; `how` is auto, bar, lines, json or none."""
    if how == "auto":
        how = "none" if quiet else "bar" if sys.stderr.isatty() else "lines"
    if how == "bar":
        yield from _bar()
    else:
        yield {"json": _json_lines(), "lines": _text_lines(), "none": silent}[how]


def event(kind: str, **fields: Any) -> None:
    """One JSON line on stderr."""
    print(json.dumps({"event": kind, **fields}, ensure_ascii=False, default=str), file=sys.stderr, flush=True)


def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.percentage:>3.0f} %"), BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=1.0)
        yield lambda message, share: bar.update(task, completed=share, description=message)


def _json_lines(least_seconds: float = 0.2) -> Progress:
    last = (0.0, "")

    def show(message: str, share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if message != last[1] or now - last[0] >= least_seconds:
            last = (now, message)
            event("progress", message=message, share=round(share, 4))

    return show


def _text_lines(step: float = 0.1) -> Progress:
    shown = [-step]

    def show(message: str, share: float) -> None:
        if share - shown[0] >= step:
            shown[0] = share
            print(f"{share:4.0%} {message}", file=sys.stderr, flush=True)

    return show

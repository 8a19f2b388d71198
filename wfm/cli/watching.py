"""Progress on stderr: a bar on a terminal, lines or JSON elsewhere, or nothing."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from wfm.model import Progress, silent

STDERR = 2  # the file itself
_DIGITS = re.compile(r"\d+")


class Watch:
    """A progress callable that can also speak in the middle of anything, as a signal handler must."""

    def __init__(self, show: Progress, how: str) -> None:
        self._show, self._how, self._share = show, how, 0.0

    def __call__(self, message: str, share: float) -> None:
        self._share = share
        self._show(message, share)

    def at_once(self, text: str) -> None:
        """Say it now, past Python's buffers: a handler may have interrupted somebody who holds them."""
        if self._how != "none":
            with suppress(OSError):
                os.write(STDERR, self._line(text).encode())

    def _line(self, text: str) -> str:
        if self._how == "json":
            return f"{_as_json('progress', message=text, share=round(self._share, 4))}\n"
        return f"\r\x1b[2K{text}\n" if self._how == "bar" else f"{text}\n"  # over the bar, which is drawn again below


@contextmanager
def watching(how: str, quiet: bool = False) -> Iterator[Watch]:
    """Yield a progress callable; `how` is auto, bar, lines, json or none."""
    if how == "auto":
        how = "none" if quiet else "bar" if sys.stderr.isatty() else "lines"
    if how == "bar":
        with _bar() as show:
            yield Watch(show, how)
    else:
        yield Watch({"json": _json_lines(), "lines": _text_lines(), "none": silent}[how], how)


def event(kind: str, **fields: Any) -> None:
    """One JSON line on stderr."""
    print(_as_json(kind, **fields), file=sys.stderr, flush=True)


def _as_json(kind: str, **fields: Any) -> str:
    return json.dumps({"event": kind, **fields}, ensure_ascii=False, default=str)


@contextmanager
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


def _text_lines(step: float = 0.1, least_seconds: float = 2.0, most_seconds: float = 10.0) -> Progress:
    """A line for every tenth of the work, for what is begun `least_seconds` after the last line, and for anything `most_seconds` after."""
    seen, shown, last = set[str](), -step, 0.0

    def show(message: str, share: float) -> None:
        nonlocal shown, last
        now, kind = time.monotonic(), _DIGITS.sub("", message).partition(":")[0]
        if share - shown >= step or now - last >= (most_seconds if kind in seen else least_seconds):
            shown, last = share, now
            seen.add(kind)
            print(f"{share:4.0%} {message}", file=sys.stderr, flush=True)

    return show

"""Exit statuses, and how an exception becomes one with its sentences on stderr."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from enum import IntEnum

import click

from wfm.cli.options import emit
from wfm.errors import BusyError, Cancelled, Fault, InputError
from wfm.model import Conflict

UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EPIPE)


MOST_ALIKE = 20


class Exit(IntEnum):
    """The exit statuses of `wfm`."""

    DONE = 0
    UNEXPECTED = 1
    INPUT = 2
    CONTRADICTION = 3
    BUSY = 75


def report_error(error: BaseException) -> Exit:
    """Say on stderr what went wrong; returns the exit status it stands for."""
    if isinstance(error, InputError):
        for line in lines_of(error.faults):
            click.echo(line, err=True)
        click.echo(f"{len(error.faults)} fault{'s' if len(error.faults) != 1 else ''} found; nothing was written", err=True)
        return Exit.INPUT
    if isinstance(error, BusyError):
        click.echo(f"busy: {error}", err=True)
        return Exit.BUSY
    if isinstance(error, Cancelled):
        click.echo("cancelled; nothing was written", err=True)
        return Exit.UNEXPECTED
    if isinstance(error, OSError):
        click.echo(in_words(error), err=True)
        return Exit.UNEXPECTED
    click.echo(f"unexpected: {type(error).__name__}: {error} (set WFM_DEBUG=1 to see where)", err=True)
    return Exit.UNEXPECTED


def lines_of(faults: Iterable[Fault]) -> list[str]:
    """Every fault in words, but only the first of many that are alike: of one file, where the same was expected."""
    alike: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        alike.setdefault((fault.file, fault.expected), []).append(fault)
    lines = []
    for same in alike.values():
        lines += [f"fault: {fault}" for fault in same[:MOST_ALIKE]]
        lines += [f"… and {len(same) - MOST_ALIKE} more like these"] if len(same) > MOST_ALIKE else []
    return lines


def in_words(error: OSError) -> str:
    """What the system would not do, and why."""
    verb = "write" if error.errno in UNWRITABLE else "use"
    return f"cannot {verb} {error.filename or 'the output'}: {error.strerror or error}"


def report_conflicts(conflicts: tuple[Conflict, ...], as_json: bool = False) -> Exit:
    """Say which hard rules cannot all hold; as JSON also on stdout."""
    if as_json:
        emit({"conflicts": [vars(conflict) for conflict in conflicts]}, True, lambda: None)
    click.echo("the hard rules cannot all hold:", err=True)
    for conflict in conflicts:
        click.echo(f"conflict: {conflict.text} [{', '.join(conflict.rules)}]", err=True)
    return Exit.CONTRADICTION

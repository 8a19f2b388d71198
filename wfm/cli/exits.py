"""Exit statuses, and how an exception becomes one with its sentences on stderr."""

from __future__ import annotations

from enum import IntEnum

import click

from wfm.errors import BusyError, Cancelled, InputError
from wfm.model import Conflict


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
        for fault in error.faults:
            click.echo(f"fault: {fault}", err=True)
        click.echo(f"{len(error.faults)} fault{'s' if len(error.faults) != 1 else ''} found; nothing was written", err=True)
        return Exit.INPUT
    if isinstance(error, BusyError):
        click.echo(f"busy: {error}", err=True)
        return Exit.BUSY
    if isinstance(error, Cancelled):
        click.echo("cancelled; nothing was written", err=True)
        return Exit.UNEXPECTED
    if isinstance(error, OSError) and error.filename:
        click.echo(f"cannot use {error.filename}: {error.strerror}", err=True)
        return Exit.UNEXPECTED
    click.echo(f"unexpected: {type(error).__name__}: {error} (set WFM_DEBUG=1 to see where)", err=True)
    return Exit.UNEXPECTED


def report_conflicts(conflicts: tuple[Conflict, ...]) -> Exit:
    """Say which hard rules cannot all hold."""
    click.echo("the hard rules cannot all hold:", err=True)
    for conflict in conflicts:
        click.echo(f"conflict: {conflict.text} [{', '.join(conflict.rules)}]", err=True)
    return Exit.CONTRADICTION

"""The command line: a thin face over the verbs."""

from __future__ import annotations


def main() -> None:
    """Entry point of `wfm`; imported late so that `--help` stays quick."""
    from wfm.cli.main import run

    run()

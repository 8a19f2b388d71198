"""`wfm batch`: every scenario of a folder, for cron."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import click

from wfm.cli import options
from wfm.cli.exits import Exit, in_words
from wfm.cli.logs import json_logger
from wfm.errors import InputError
from wfm.model import silent


@click.command("batch")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for the run folders (default: FOLDER/runs).")
@click.option("--log", type=click.Path(path_type=Path, dir_okay=False), help="Append the JSON lines log here instead of stderr.")
@click.option("--force", is_flag=True, help="Plan again even where an identical run stands.")
@options.common
def command(folder: Path, out: Path | None, log: Path | None, force: bool, as_json: bool, quiet: bool) -> None:
    """Plan every scenario in FOLDER and its direct subfolders; an identical input is left alone.

    One batch at a time for each --out (exit 75 when busy). The worst status of all is the exit status: one bad scenario does not
    stop the others.
    """
    from wfm.cli.writing import make_folder, writing_to
    from wfm.store import lock

    runs = out or folder / "runs"
    make_folder(runs)
    with writing_to(log or runs):
        logger = json_logger(log, quiet)
    with lock(runs):
        rows = [_one(path, runs / name, force, logger) for name, path in _scenarios(folder, runs).items()]
    if not rows:
        raise click.UsageError(f"no scenario (*.toml) in {folder} or its subfolders")
    failed = sum(row["status"] != Exit.DONE for row in rows)
    logger.info("batch", extra={"fields": {"scenarios": len(rows), "changed": sum(row["changed"] for row in rows), "failed": failed}})
    if as_json:
        options.emit({"runs": rows}, True, lambda: None)
    raise click.exceptions.Exit(max((row["status"] for row in rows), key=_WORST.index))


_WORST = [Exit.DONE, Exit.BUSY, Exit.CONTRADICTION, Exit.INPUT, Exit.UNEXPECTED]


def _scenarios(folder: Path, runs: Path) -> dict[str, Path]:
    """Scenario files by the name of their run folder; what lies in the run folders themselves is not one."""
    from wfm.store import safe_name

    paths = sorted(folder.glob("*.toml")) + sorted(p for p in folder.glob("*/*.toml") if not p.is_relative_to(runs))
    names = (p.stem if p.parent == folder else p.parent.name if p.stem == "scenario" else f"{p.parent.name}-{p.stem}" for p in paths)
    return {safe_name(name): path for name, path in zip(names, paths, strict=True)}


def _one(path: Path, out: Path, force: bool, logger: logging.Logger) -> dict[str, Any]:
    from wfm.cli.runner import plan_into, read
    from wfm.errors import BusyError

    row = {"scenario": str(path), "out": str(out), "changed": False, "status": Exit.DONE, "messages": []}
    logger.info("start", extra={"fields": {"scenario": str(path)}})
    try:
        planned = plan_into(read(str(path)), out, silent, force=force)
        row["changed"], row["messages"] = planned.changed, [conflict.text for conflict in planned.conflicts]
        row["status"] = Exit.CONTRADICTION if planned.conflicts else Exit.DONE
    except InputError as error:
        row["status"], row["messages"] = Exit.INPUT, [str(fault) for fault in error.faults]
    except BusyError as error:
        row["status"], row["messages"] = Exit.BUSY, [str(error)]
    except OSError as error:
        row["status"], row["messages"] = Exit.UNEXPECTED, [in_words(error)]
    except Exception as error:  # cron must go on with the next scenario; the log holds the traceback
        logger.exception("unexpected", extra={"fields": {"scenario": str(path)}})
        row["status"], row["messages"] = Exit.UNEXPECTED, [f"{type(error).__name__}: {error}"]
    logger.log(logging.INFO if row["status"] == Exit.DONE else logging.ERROR, "end", extra={"fields": row})
    return row

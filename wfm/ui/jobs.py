"""Plans run as processes of their own, outside the server: queued, watched through JSON lines, cancelled with their whole group."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from wfm.model import IMPROVING
from wfm.ui import process

T = TypeVar("T")
KEPT_LINES = 200
_NUMBER = re.compile(r"\d[\d.,]*")


class JobState(StrEnum):
    """Where a job stands; the last six are ends."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    AT_FAULT = "at fault"
    CONTRADICTION = "contradiction"
    BUSY = "busy"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        return self not in (JobState.QUEUED, JobState.RUNNING)


_STATE_OF_EXIT = {0: JobState.DONE, 2: JobState.AT_FAULT, 3: JobState.CONTRADICTION, 75: JobState.BUSY}


@dataclass
class Job:
    """One plan. out: the run folder it will leave. edits: a CSV laid over the forecast where it is there. archive: where its
    forecast is published. share: 0–1.

    stages: (message, seconds since start) in order of appearance. lines: what the process said that was no event. position: jobs waiting
    before it, 0 when it is next or running. enough: whether it was told to keep the best roster so far. arguments: of the command line
    instead of those that plan the scenario.
    """

    owner: str
    name: str
    scenario: Path
    out: Path
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: JobState = JobState.QUEUED
    message: str = ""
    share: float = 0.0
    stages: list[tuple[str, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    status: int | None = None
    begun: float | None = None
    ended: float | None = None
    position: int = 0
    edits: Path | None = None
    archive: Path | None = None
    enough: bool = False
    arguments: tuple[str, ...] = ()

    @property
    def improving(self) -> bool:
        """Whether it looks for a better roster and may be told that it has enough."""
        return self.state is JobState.RUNNING and not self.enough and self.message.startswith(IMPROVING)

    @property
    def elapsed_s(self) -> float:
        """Seconds it has run; 0 while it waits."""
        return 0.0 if self.begun is None else (self.ended or time.monotonic()) - self.begun


def plan_command(job: Job) -> list[str]:
    """The command line that does the job."""
    wfm, told = [sys.executable, "-m", "wfm.cli"], ["--quiet", "--progress", "json"]
    return [*wfm, *(job.arguments or _plan(job)), "--out", str(job.out), *told]


def _plan(job: Job) -> list[str]:
    """What plans the job's scenario."""
    archive = ["--archive", str(job.archive)] if job.archive else []
    edits = ["--edits", str(job.edits)] if job.edits and job.edits.is_file() else []
    return ["plan", str(job.scenario), *edits, *archive]


class JobService:
    """Runs at most `slots` jobs at once, in the order they came. Safe to call from every session's thread."""

    def __init__(self, slots: int | None = None, command: Callable[[Job], Sequence[str]] = plan_command):
        self.slots = slots or max(1, (os.cpu_count() or 2) // 2)
        self._command = command
        self._jobs: dict[str, Job] = {}
        self._children: dict[str, subprocess.Popen[str]] = {}
        self._lock = threading.RLock()

    def submit(self, owner: str, name: str, scenario: Path, out: Path, **more: Any) -> str:
        """Queue a plan; returns its key. more: edits, archive and arguments of the job."""
        job = Job(owner, name, scenario, out, **more)
        with self._lock:
            self._jobs[job.key] = job
            self._fill()
        return job.key

    def look(self, key: str) -> Job:
        """A copy of the job as it stands now. Raises KeyError for a job that is not (or no longer) known."""
        with self._lock:
            job = self._jobs[key]
            waiting = [other.key for other in self._jobs.values() if other.state is JobState.QUEUED]
            position = waiting.index(key) if key in waiting else 0
            faults, conflicts, lines = (list(kept) for kept in (job.faults, job.conflicts, job.lines))
            return replace(job, position=position, stages=list(job.stages), faults=faults, conflicts=conflicts, lines=lines)

    def of(self, owner: str) -> list[Job]:
        """Copies of a session's jobs, newest first."""
        with self._lock:
            return [self.look(job.key) for job in reversed(self._jobs.values()) if job.owner == owner]

    def cancel(self, key: str) -> None:
        """Stop a job; one that has ended stays as it is. Returns at once, the process may live for a moment longer."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or job.state.ended:
                return
            self._end(job, JobState.CANCELLED)
            child = self._children.get(key)
        if child is not None:
            threading.Thread(target=process.stop, args=(child,), daemon=True).start()

    def keep_best(self, key: str) -> None:
        """Tell a job that improves a roster to go on with the best so far; told once, since the second time would stop it."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and job.improving:
                job.enough = True
                process.interrupt(self._children[key])

    def leave(self, owner: str) -> None:
        """A session has gone: cancel its jobs and forget them."""
        for job in self.of(owner):
            self.cancel(job.key)
            with self._lock:
                self._jobs.pop(job.key, None)

    def close(self) -> None:
        """The server stops: stop every process and wait for it."""
        with self._lock:
            for job in self._jobs.values():
                if not job.state.ended:
                    self._end(job, JobState.CANCELLED)
            children = list(self._children.values())
        for child in children:
            process.stop(child)

    def _fill(self) -> None:
        for job in self._jobs.values():
            if job.state is JobState.QUEUED and len(self._children) < self.slots:
                self._start(job)

    def _start(self, job: Job) -> None:
        job.state, job.begun = JobState.RUNNING, time.monotonic()
        try:
            child = process.start(self._command(job))
        except OSError as error:
            job.lines.append(str(error))
            self._end(job, JobState.FAILED)
            return
        self._children[job.key] = child
        threading.Thread(target=self._watch, args=(job, child), daemon=True, name=f"job {job.name}").start()

    def _watch(self, job: Job, child: subprocess.Popen[str]) -> None:
        for line in child.stderr or ():
            with self._lock:
                if not job.state.ended:
                    take(job, line.rstrip("\n"))
        status = child.wait()
        with self._lock:
            job.status = status
            if not job.state.ended:
                self._end(job, _STATE_OF_EXIT.get(status, JobState.FAILED))
            del self._children[job.key]
            self._fill()

    def _end(self, job: Job, state: JobState) -> None:
        job.state, job.ended = state, time.monotonic()


def take(job: Job, line: str) -> None:
    """Read one line of the process's stderr into the job."""
    event = _event(line)
    match event.get("event"):
        case "progress":
            _progress(job, str(event.get("message", "")), event.get("share", 0.0))
        case "fault":
            job.faults.append(str(event.get("text", "")))
        case "conflict":
            job.conflicts.append(str(event.get("text", "")))
        case "done":
            job.share = 1.0
        case _:
            _keep(job.lines, [line])


def _event(line: str) -> dict[str, object]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _progress(job: Job, message: str, share: object) -> None:
    if isinstance(share, (int, float)):
        job.share = min(max(float(share), job.share), 1.0)  # a bar that goes back frightens people
    if not message:
        return
    job.message = message
    if job.stages and _NUMBER.sub("#", job.stages[-1][0]) == _NUMBER.sub("#", message):
        job.stages[-1] = (message, job.stages[-1][1])  # "3 of 30", "4 of 30" … are one stage
    else:
        _keep(job.stages, [(message, job.elapsed_s)])


def _keep(kept: list[T], new: Iterable[T]) -> None:
    kept.extend(new)
    del kept[:-KEPT_LINES]

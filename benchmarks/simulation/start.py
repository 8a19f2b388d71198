"""A fresh process until its first simulated day."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile

from rich.table import Table

FIRST = {
    "one queue": "from benchmarks.simulation.centres import one_queue as centre; centre().day('fast')()",
    "five queues": "from benchmarks.simulation.centres import routing as centre; centre().day('fast')()",
}


def starts() -> Table:
    """CPU seconds, once with no machine code kept and once with all of it. Python's own bytecode is there, as in any installation."""
    shown = Table("first result of a fresh process", "CPU seconds")
    with tempfile.TemporaryDirectory() as bytecode, tempfile.TemporaryDirectory() as away:
        for case, code in FIRST.items():
            _cpu_s(code, bytecode, away)
            with tempfile.TemporaryDirectory() as kept:
                for name in ("nothing compiled yet", "compiled before"):
                    shown.add_row(f"{case}, {name}", f"{_cpu_s(code, bytecode, kept):.2f}")
    return shown


def _cpu_s(code: str, bytecode: str, compiled: str) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"NUMBA_CACHE_DIR": compiled, "PYTHONPYCACHEPREFIX": bytecode, "PYTHONPATH": "."}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

"""Runs on disk: written whole or not at all, read back, listed; the digest that makes an identical run a no-op; the lock."""

from wfm.store.archive import publish, read_archive
from wfm.store.digests import digest, is_done
from wfm.store.locks import lock
from wfm.store.names import safe_name
from wfm.store.published import published_roster, requirement_of
from wfm.store.read import Listed, Run, figures, list_runs, read_run
from wfm.store.write import write_run

__all__ = [
    "Listed",
    "Run",
    "digest",
    "figures",
    "is_done",
    "list_runs",
    "lock",
    "publish",
    "published_roster",
    "read_archive",
    "read_run",
    "requirement_of",
    "safe_name",
    "write_run",
]

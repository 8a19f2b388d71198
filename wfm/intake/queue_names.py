"""The file's queue names → the scenario's queues."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from wfm.intake.findings import Findings, near_miss
from wfm.intake.headers import Columns
from wfm.model import Channel, HistorySource, Queue
from wfm.model.arrays import BoolArray, IntArray

MEDIA = {
    **dict.fromkeys(("voice", "phone", "call", "calls", "callback", "telefon"), Channel.VOICE),
    **dict.fromkeys(("chat", "message", "messaging", "webchat"), Channel.CHAT),
    **dict.fromkeys(("email", "e-mail", "mail", "task"), Channel.EMAIL),
}


def queue_of_rows(
    cells: pd.DataFrame, lines: IntArray, columns: Columns, queues: Sequence[Queue], source: HistorySource, findings: Findings
) -> IntArray:
    """Index into `queues` of every row, −1 where it is none of them (a fault)."""
    if "queue" not in columns.at:
        return np.full(len(cells), _only_queue(queues, source, findings))
    codes, names = pd.factorize(cells[columns.at["queue"]])
    if source.queue is not None and len(names) == 1 and _index(str(names[0]), queues) < 0:
        findings.note(f"The file calls the queue {names[0]!r}; its rows were taken for {source.queue!r}.")
        return np.full(len(cells), _only_queue(queues, source, findings))
    index = np.array([_index(str(name), queues) for name in names], np.int64)
    unknown = [i for i in range(len(names)) if index[i] < 0]
    for i in unknown:
        rows = np.flatnonzero(codes == i)
        hint = near_miss(str(names[i]), [q.name for q in queues]) or "rename it, or leave its rows out"
        place = f"line {lines[rows[0]]}, column {columns.name('queue')}"
        findings.fault(place, f"queue {str(names[i])!r} on {len(rows):,} rows", f"one of {', '.join(q.name for q in queues)}", hint)
    return np.asarray(index[codes])


def _index(name: str, queues: Sequence[Queue]) -> int:
    exact = [i for i, queue in enumerate(queues) if queue.name == name]
    loose = [i for i, queue in enumerate(queues) if queue.name.casefold().split() == name.casefold().split()]
    return (exact or (loose if len(loose) == 1 else []) or [-1])[0]


def _only_queue(queues: Sequence[Queue], source: HistorySource, findings: Findings) -> int:
    """Where the file has no queue column. Raises HistoryError where it is not clear which queue is meant."""
    names = [queue.name for queue in queues]
    if source.queue is not None:
        if source.queue not in names:
            raise findings.stop("[history] queue", repr(source.queue), f"one of {', '.join(names)}", near_miss(source.queue, names))
        return names.index(source.queue)
    open_to_history = [i for i, queue in enumerate(queues) if queue.contacts_per_hour is None]
    if len(open_to_history) != 1:
        found = f"no queue column, and {len(open_to_history)} queues that need a history"
        raise findings.stop(
            "", found, "a queue column, or queue under [history] (a single --queue of `wfm import`)", f"queues: {', '.join(names)}"
        )
    return open_to_history[0]


def other_media(cells: pd.DataFrame, columns: Columns, queue: IntArray, queues: Sequence[Queue], findings: Findings) -> BoolArray:
    """Rows to leave out: of a queue that comes with several media, those that are not the queue's channel."""
    leave_out = np.zeros(len(cells), bool)
    if "media" not in columns.at:
        return leave_out
    media = cells[columns.at["media"]].str.casefold()
    channel = media.map(MEDIA).to_numpy(dtype=object)
    for i, wanted in enumerate(queues):
        mine = queue == i
        others = mine & (channel != wanted.channel)
        if media[mine].nunique() > 1 and others.any() and not others[mine].all():
            leave_out |= others
            text = ", ".join(sorted(media[others].unique()))
            findings.note(f"Queue {wanted.name!r} is {wanted.channel}: {int(others.sum()):,} rows of other media ({text}) were left out.")
    return leave_out


def check_all_present(queue: IntArray, queues: Sequence[Queue], findings: Findings) -> None:
    """A queue that neither has rows nor a constant volume cannot be forecast."""
    for i, wanted in enumerate(queues):
        if wanted.contacts_per_hour is None and not (queue == i).any():
            hint = "give it contacts_per_hour, or correct its name"
            findings.fault(f"queue {wanted.name}", "no row", "rows for every queue that has no contacts_per_hour", hint)

"""The roster drawn on a canvas: hundreds of people over a week stay quick, which plotly bars do not."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import streamlit as st

_HTML = """
<div class="roster"><div class="legend"></div>
<div class="view"><div class="scroll" tabindex="0"><canvas></canvas><div class="full"></div></div><div class="tip" hidden></div></div>
<div class="count" role="status"></div></div>
"""
_CSS = """
.roster { color: var(--st-text-color); font-family: var(--st-font); font-size: 13px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; padding: 0 0 8px 4px; }
.legend i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; }
.view { position: relative; }
.scroll { overflow-y: auto; overflow-x: hidden; position: relative; outline-offset: 2px; }
.scroll::-webkit-scrollbar { width: 12px; }
.scroll::-webkit-scrollbar-track { background: rgba(128, 128, 128, 0.15); border-radius: 6px; }
.scroll::-webkit-scrollbar-thumb { background: rgba(128, 128, 128, 0.6); border-radius: 6px; }
.count { padding: 6px 4px 0; opacity: 0.75; }
canvas { position: sticky; top: 0; display: block; float: left; }
.tip { position: absolute; pointer-events: none; background: #222; color: #fff; padding: 4px 8px; border-radius: 4px; white-space: nowrap; }
"""


Kind = tuple[str, str, str]
"""(name, colour, name in the legend); several may share one entry of the legend."""


@dataclass(frozen=True)
class Bar:
    """A piece of somebody's day. start, end: aware moments. kind: index into the kinds of the drawing."""

    agent: str
    start: datetime
    end: datetime
    kind: int


def payload(
    bars: Sequence[Bar], agents: Sequence[str], kinds: Sequence[Kind], span: tuple[datetime, datetime], zone: ZoneInfo
) -> dict[str, Any]:
    """What the drawing needs, times in minutes since 1970 UTC. span: (first, last) moment shown."""
    row = {agent: i for i, agent in enumerate(agents)}
    cells = [
        (row[b.agent], _minute(b.start), _minute(b.end), b.kind) for b in bars if b.agent in row and b.start < span[1] and b.end > span[0]
    ]
    return {
        "rows": list(agents),
        "kinds": [list(kind) for kind in kinds],
        "segments": base64.b64encode(np.asarray(cells, "<i4").tobytes()).decode(),
        "start": _minute(span[0]),
        "end": _minute(span[1]),
        "ticks": _ticks(span, zone),
        "offsets": _offsets(span, zone),
    }


def show(drawing: dict[str, Any], key: str) -> None:
    """Draw it. The component is registered once for each server."""
    _component()(data=drawing, key=key)


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    return st.components.v2.component("open_wfm_roster", html=_HTML, css=_CSS, js=script)


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _hours(span: tuple[datetime, datetime]) -> list[datetime]:
    count = int((span[1] - span[0]) / timedelta(hours=1))
    return [span[0].astimezone(UTC) + timedelta(hours=h) for h in range(count + 1)]


def _ticks(span: tuple[datetime, datetime], zone: ZoneInfo) -> list[list[Any]]:
    """(minute, label, strong): every two hours on one day, midnights named by their day on a longer span."""
    local = [moment.astimezone(zone) for moment in _hours(span)]
    if span[1] - span[0] <= timedelta(hours=49):
        return [[_minute(t), f"{t:%H:%M}", t.hour == 0] for t in local if t.hour % 2 == 0]
    labels = {12: "{t:%a} {t.day}", 0: ""}
    return [[_minute(t), labels[t.hour].format(t=t), t.hour == 0] for t in local if t.hour in labels]


def _offsets(span: tuple[datetime, datetime], zone: ZoneInfo) -> list[list[int]]:
    """(minute from which it holds, minutes that local time is ahead of UTC), one entry more for each clock change inside the span."""
    found: list[list[int]] = []
    for moment in _hours(span):
        offset = moment.astimezone(zone).utcoffset() or timedelta()
        minutes = int(offset / timedelta(minutes=1))
        if not found or found[-1][1] != minutes:
            found.append([_minute(moment), minutes])
    return found

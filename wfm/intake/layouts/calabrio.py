"""Calabrio forecast file: no header; skill, start, end, volume, average task time, average after-task work (both seconds), agents.

https://help.calabrio.com/doc/Content/user-guides/forecasts/about-forecast-file-formats.htm
"""

from wfm.intake.layouts.base import Layout

STAMP = r"\d{8} \d{2}:\d{2}"

CALABRIO = Layout(
    "calabrio",
    "Calabrio forecast file",
    positions=("queue", "start", "end", "offered", "talk_mean_s", "wrap_mean_s", None),
    row=(r".+", STAMP, STAMP, r".*", r".*", r".*"),
    date_formats=("%Y%m%d",),
    may_be_future=True,
)

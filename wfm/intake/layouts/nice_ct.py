"""NICE IEX WFM export, CT queue or CT results: pipe-delimited, dates mmddyyyy, start of the period on the 24-hour clock.

The first line may start with ``#fields``. The columns are chosen per customer; the repeated hour in autumn cannot be told apart.
https://help.nicecxone.com/content/integratedsolutions/iexwfmintegrated/export/ctqueuedataexport.htm
"""

from wfm.intake.layouts.base import Layout, also

NICE_CT = Layout(
    "nice_ct",
    "NICE CT export",
    also(
        date=("date", "fields date"),
        time=("period",),
        start=(),
        queue=("queue name", "queue", "ct name", "queue id", "ct id"),
        offered=("contacts received", "contacts offered", "actual contacts received", "act contacts", "nco"),
        handled=("contacts handled", "actual contacts handled", "nch"),
        abandoned=("contacts abandoned", "actual contacts abandoned", "abandons"),
        handle_mean_s=("aht", "actual aht", "act aht"),
    )
    | {"start": ()},
    marks=(frozenset({"date", "period", "tz"}), frozenset({"fields date", "period"}), frozenset({"fields", "date", "period"})),
    needs=(("date",), ("time",), ("offered", "handled")),
    date_formats=("%m%d%Y", "%m%d%y"),
)

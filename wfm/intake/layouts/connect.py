"""Amazon Connect historical metrics: as the console writes them (StartInterval, Contacts queued) or as the API names them.

HANDLE_TIME is a mean or a sum, by the statistic asked for, so it is told from the numbers.
https://docs.aws.amazon.com/connect/latest/adminguide/historical-metrics-definitions.html
"""

from wfm.intake.layouts.base import Layout, also

CONNECT = Layout(
    "amazon_connect",
    "Amazon Connect historical metrics",
    also(
        start=("start interval", "start interval utc", "interval start time"),
        offered=("contacts queued", "contacts queued enqueue timestamp"),
        handled=("contacts handled", "contacts handled connected to the agent timestamp"),
        abandoned=("contacts abandoned", "contact abandoned"),
        handle_total_s=("contact handle time",),
        handle_s=("handle time",),
    ),
    marks=(frozenset({"start interval", "end interval"}), frozenset({"contacts queued"}), frozenset({"contacts handled", "channel"})),
)

"""Exotel ACD call interval summary.

https://docs.exotel.com/contact-center/acd-call-interval-summary-report
"""

from wfm.intake.layouts.base import Layout, also

EXOTEL = Layout(
    "exotel",
    "Exotel ACD interval summary",
    also(
        offered=("total received calls", "total received"),
        handled=("total connected calls", "total connected"),
        abandoned=("total abandoned calls at acd", "total abandoned", "total abandoned calls"),
    ),
    marks=(frozenset({"interval start time", "total received calls"}), frozenset({"interval start time", "total received"})),
)

"""Avaya CMS interval tables (hsplit, hvdn): ROW_DATE, STARTTIME as a number HHMM, times as totals in seconds.

Handle time = ACDTIME + HOLDTIME + ACWTIME over ACDCALLS; Avaya CMS Database Items and Calculations, release 17.
"""

from wfm.intake.layouts.base import Layout, also

AVAYA_CMS = Layout(
    "avaya_cms",
    "Avaya CMS interval table",
    also(
        date=("row date",),
        time=("starttime", "start time"),
        start=(),
        queue=("split", "skill", "dispsplit", "vdn", "split skill"),
        offered=("callsoffered", "incalls"),
        handled=("acdcalls", "acd calls"),
        abandoned=("abncalls", "aband calls"),
        talk_total_s=("acdtime", "acd time"),
        hold_total_s=("holdtime", "holdacdtime", "hold time"),
        wrap_total_s=("acwtime", "acw time"),
    )
    | {"start": ()},
    marks=(frozenset({"row date", "starttime"}),),
    needs=(("date",), ("time",), ("offered", "handled")),
)

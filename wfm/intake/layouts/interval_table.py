"""Any table with one row per interval (and queue) under headers that the shipped synonyms or the planner's own mapping know."""

from wfm.intake.layouts.base import Layout

INTERVAL_TABLE = Layout("interval_table", "interval table")

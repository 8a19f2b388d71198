"""A log with one row per contact: arrival stamp, queue or type, handle or service time, wait, outcome."""

from wfm.intake.layouts.base import Layout
from wfm.intake.synonyms import CONTACT_FIELDS

CONTACT_LOG = Layout(
    "contact_log",
    "call-by-call log",
    CONTACT_FIELDS,
    needs=(("start", "date"), ("handle_s", "wait_s", "outcome", "contact_id")),
    per_contact=True,
)

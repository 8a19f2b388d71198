"""Cisco Unified CCX contact service queue activity, by interval. Only the raw counts are taken, never its service level columns.

Cisco Unified CCX Historical Reports User Guide 7.0(1), pp. 3-51 f.
"""

from wfm.intake.layouts.base import Layout, also

CISCO_UCCX = Layout(
    "cisco_uccx",
    "Cisco UCCX CSQ activity",
    also(
        queue=("csq name", "csq", "contact service queue name", "contact service queue", "csq name call skills"),
        offered=("calls presented", "contacts presented", "presented"),
    ),
    marks=(
        frozenset({"csq name", "calls presented"}),
        frozenset({"csq", "calls presented"}),
        frozenset({"contact service queue", "calls presented"}),
    ),
)

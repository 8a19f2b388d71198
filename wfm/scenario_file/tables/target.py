"""The service a queue promises."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from wfm.scenario_file.durations import seconds_or_zero
from wfm.scenario_file.kinds import Chance, Seconds, SecondsOrZero, Words
from wfm.scenario_file.tables.base import Table
from wfm.scenario_file.wrong import Wrong, wrong

TEXT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*%?\s*/\s*(\S.*?)\s*")


class TargetTable(Table):
    """The service a queue promises."""

    share: Chance = Field(0.8, description="Share of contacts to be served in time.")
    within: SecondsOrZero = Field(20.0, description="Longest wait that counts as in time; for e-mail the due time.")
    definition: Literal["offered", "answered", "abandons_met", "abandons_excluded", "virtual"] = Field(
        "offered",
        description="Which share is meant; T is `within`. offered: served within T ÷ offered. answered: served within T ÷ served. "
        "abandons_met: (served + abandoned within T) ÷ offered. abandons_excluded: served within T ÷ (offered − abandoned within T). "
        "virtual: would be served within T if nobody hung up.",
    )
    max_occupancy: Annotated[float, Field(gt=0, le=1), Words("share, above 0 up to 1")] = Field(
        1.0, description="Cap on busy ÷ present time; 1 for none."
    )
    asa: Seconds | None = Field(None, description="Longest mean wait of the answered, beside the share; none where left out.")
    abandonment: Chance | None = Field(
        None, description="Largest share of contacts that may abandon, beside the share; none where left out."
    )


def target(value: Any) -> Any:
    """ "80/20" (80 % within 20 seconds) or "90/4h" as a table; a table as it is. Raises Wrong."""
    if isinstance(value, dict | TargetTable):
        return value
    match = TEXT.fullmatch(value) if isinstance(value, str) else None
    expected = '"80/20" (80 % within 20 seconds), "90/4h", or a table with share and within'
    if match is None:
        raise wrong(value, expected)
    if not 1 <= float(match[1]) < 100:
        raise wrong(value, f"a percentage from 1 to below 100 before the stroke: {expected}", "80/20 means 80 %")
    try:
        return {"share": float(match[1]) / 100, "within": seconds_or_zero(float(match[2]) if match[2].isdigit() else match[2])}
    except Wrong:
        raise wrong(value, expected) from None


Promise = Annotated[TargetTable, BeforeValidator(target), Words('"80/20", or a table (see below)')]

"""The methods that "best" and "weighted" choose among."""

from __future__ import annotations

from wfm.forecasting.contest import Candidate
from wfm.forecasting.methods.last_week import last_week
from wfm.forecasting.methods.mean4 import mean4
from wfm.forecasting.methods.mean8 import mean8
from wfm.forecasting.methods.median8 import median8
from wfm.forecasting.methods.profile import profile

CANDIDATES: dict[str, Candidate] = {"profile": profile, "mean4": mean4, "mean8": mean8, "median8": median8, "last_week": last_week}
"""The default first: it stands where the history is too short to choose."""
UNTRIED = "the history is too short to try methods on it, so the default method stands"

"""The forecast methods by name. A method takes a `Task` (one queue's past, the horizon, the calendar) and answers a `Prediction`.

A new method is one new file here and one line in `METHODS`, or in `candidates.py` if "best" and "weighted" should try it as well.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

from wfm.errors import Fault, ScenarioError
from wfm.forecasting.methods.best import best
from wfm.forecasting.methods.candidates import CANDIDATES
from wfm.forecasting.methods.imported import imported
from wfm.forecasting.methods.weighted import weighted
from wfm.forecasting.views import Prediction, Task

Method = Callable[[Task], Prediction]

METHODS: dict[str, Method] = {**CANDIDATES, "best": best, "weighted": weighted}
"""Those that need nothing but the history."""
GIVEN: dict[str, Method] = {"imported": imported}
"""Those that are handed their means, so that no backtest can measure them."""
DEFAULT = "profile"
BASELINE = "mean4"
"""The planner's own forecast, which every accuracy figure stands beside."""


def method_named(name: str) -> Method:
    """The method of that name. Raises ScenarioError with the near miss."""
    known = METHODS | GIVEN
    if name not in known:
        near = get_close_matches(name, known, 1)
        fault = Fault("", "forecast method", repr(name), "one of " + ", ".join(known), f"did you mean {near[0]}?" if near else "")
        raise ScenarioError(fault)
    return known[name]

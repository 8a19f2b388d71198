"""The forecast methods by name. A method takes a `Task` (one queue's past, the horizon, the calendar) and answers a `Prediction`.

A new method is one new file here and one line in `METHODS`.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches

from wfm.errors import Fault, ScenarioError
from wfm.forecasting.methods.last_week import last_week
from wfm.forecasting.methods.mean4 import mean4
from wfm.forecasting.methods.mean8 import mean8
from wfm.forecasting.methods.profile import profile
from wfm.forecasting.views import Prediction, Task

Method = Callable[[Task], Prediction]

METHODS: dict[str, Method] = {"profile": profile, "mean4": mean4, "mean8": mean8, "last_week": last_week}
BASELINE = "mean4"
"""The planner's own forecast, which every accuracy figure stands beside."""


def method_named(name: str) -> Method:
    """The method of that name. Raises ScenarioError with the near miss."""
    if name not in METHODS:
        near = get_close_matches(name, METHODS, 1)
        fault = Fault("", "forecast method", repr(name), "one of " + ", ".join(METHODS), f"did you mean {near[0]}?" if near else "")
        raise ScenarioError(fault)
    return METHODS[name]

"""A queue without history: a constant volume while it is open."""

from __future__ import annotations

import numpy as np

from wfm.forecasting.views import Horizon, Prediction


def given(contacts_per_hour: float, horizon: Horizon) -> Prediction:
    """Constant mean while open and no doubt but chance itself: the paths are Poisson."""
    axis = horizon.axis
    mean = np.full(axis.n_intervals, contacts_per_hour * axis.step_minutes / 60)
    slots = int(horizon.slot.max()) + 1
    return Prediction(mean, np.zeros((axis.days, axis.days)), np.zeros((0, slots)), np.zeros(0, np.int64))

"""Mean patience where the hazard is constant: total waiting time of all callers ÷ abandons.

The served count as censored: their patience was longer than their wait. The mean wait of the abandoners alone is far too short (23 s for a
true 120 s on a quiet line), and so is the mean over intervals of waits ÷ abandons: sum first, divide once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from wfm.queueing.inputs import numbers
from wfm.queueing.patience.estimate import LEVEL, Estimate, check_level, events_between, mean_until
from wfm.queueing.patience.waits import Waits


def patience_from_intervals(
    *, answered: ArrayLike, asa_s: ArrayLike, abandoned: ArrayLike, abandon_wait_s: ArrayLike, level: float = LEVEL
) -> Estimate:
    """Mean patience in seconds from interval totals.

    answered, abandoned: callers. asa_s: mean wait of the answered, those at once included. abandon_wait_s: mean wait of those who left; a
    mean over nobody may be nan. All broadcast. Exact interval by chi square: 2W/χ²(2k + 2) to 2W/χ²(2k), so without abandons the value
    and the high end are inf. nan where nobody waited. Raises ValueError naming the argument and the first bad index.
    """
    check_level(level)
    waited = _total(numbers("answered", answered), numbers("asa_s", asa_s))
    left = numbers("abandoned", abandoned)
    waited += _total(left, numbers("abandon_wait_s", abandon_wait_s))
    return mean_until(float(left.sum()), waited, level) if waited > 0 else Estimate(np.nan, np.nan, np.nan, level)


def _total(callers: np.ndarray, mean_s: np.ndarray) -> float:
    callers, mean_s = np.broadcast_arrays(callers, mean_s)
    return float(np.sum(callers * np.where(callers > 0, mean_s, 0.0)))


def patience_from_waits(seen: Waits, level: float = LEVEL) -> Estimate:
    """Mean patience in seconds from a call log, by maximum likelihood.

    With a grain, who left in second 7 left somewhere in it; the likelihood then takes the whole second. The interval is the exact one
    for a constant hazard watched over the time waited, left truncation allowed for.
    """
    check_level(level)
    plain = mean_until(seen.abandons, seen.waited_s, level)
    if not seen.grain_s or not seen.abandons:
        return plain
    value = _grouped(seen)
    low, high = (end / seen.abandons for end in events_between(seen.abandons, level))
    return Estimate(value, value / high, value / low, level)


def _grouped(seen: Waits) -> float:
    """Σ grain/(e^{hazard·grain} − 1) over the leavers = time of all before the grain (of the answered: before its middle) they left in."""
    before = np.where(seen.abandoned, seen.wait_s, seen.middle_s) - seen.seen_after_s
    time = float(seen.count @ before)
    # one kind of term only, so that the equation solves itself
    return seen.grain_s / float(np.log1p(seen.abandons * seen.grain_s / time)) if time > 0 else 0.0


def patience_with_prior(events: float, waited_s: float, *, mean_s: float, worth: float = 1.0, level: float = LEVEL) -> Estimate:
    """Mean patience where abandons are few or none: a gamma prior on the hazard, worth so many abandons at the mean mean_s.

    The posterior hazard is gamma with shape worth + events and rate worth·mean_s + waited_s; the value is their ratio (rate ÷ shape), the
    interval holds `level` of the posterior. Raises ValueError for a prior that is not above 0.
    """
    check_level(level)
    for name, value in (("mean_s", mean_s), ("worth", worth)):
        numbers(name, value, open_low=True)
    from_prior = float(numbers("events", events)) + worth
    rate = float(numbers("waited_s", waited_s)) + worth * mean_s
    most, least = gammaincinv(from_prior, np.array([1 + level, 1 - level]) / 2)
    return Estimate(rate / from_prior, float(rate / most), float(rate / least), level)

"""Which of the forecast's sample paths a replication takes: spread evenly over light and heavy ones, for any number of replications."""

from __future__ import annotations

import numpy as np

from wfm.model.arrays import FloatArray, IntArray

GOLDEN = (5**0.5 - 1) / 2


def spread_evenly(paths: FloatArray) -> IntArray:
    """Numbers of the paths in the order in which replications take them, (paths,); paths (paths, queues, intervals).

    Each path comes once. The volumes of the first n lie, for every n, about evenly over those of all: the ranks follow the golden-ratio
    sequence ½ + r·φ modulo 1 (low discrepancy, Niederreiter 1992), so that the first path is the median. Volume is what makes one day's
    service differ from another's; this leaves little of it to chance, and more replications only add to those before.
    """
    by_volume = np.argsort(paths.sum(axis=(1, 2)), kind="stable")
    place = (0.5 + np.arange(len(paths)) * GOLDEN) % 1
    return by_volume[np.argsort(np.argsort(place))]

"""The cheapest days of one person against prices, exactly: a compiled backward programme over (day, node, counters).

A node is a run of days off 1..least_rest (the last means rested) or (class, run 1..max_run) of work; a class is a set of successors that
are forbidden, restricted to the person's own shifts, so that the work does not grow with the number of shifts. Counters: weekends worked,
minutes, and for shifts whose most is broken without it, days of that shift; where these grow too large, tolls keep the most instead.
"""

from scheduling.days.kernel.entries import (
    cheapest,
    cheapest_of_each,
    edge_of,
    edge_to,
    paced_edge,
    reach_of,
    relaxed_of_each,
    tolled_of_each,
    values_of_each,
)
from scheduling.days.kernel.parts import INF, Edge, Pack

__all__ = [
    "INF",
    "Edge",
    "Pack",
    "cheapest",
    "cheapest_of_each",
    "edge_of",
    "edge_to",
    "paced_edge",
    "reach_of",
    "relaxed_of_each",
    "tolled_of_each",
    "values_of_each",
]

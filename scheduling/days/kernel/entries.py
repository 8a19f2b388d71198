"""What Python calls."""

from __future__ import annotations

import numpy as np

from scheduling.days.kernel.ahead import edge_on_pace, reach_from
from scheduling.days.kernel.choose import cheapest_row
from scheduling.days.kernel.edges import edge_around, edge_at, edge_before, value_after
from scheduling.days.kernel.parts import entry
from scheduling.days.kernel.table import solve
from scheduling.days.kernel.tail import tolled_row


def _of_one(text):
    def cheapest(pack, p, begin, price, rest, edge, buffer, row):
        """(cost of the row, least cost proved) of person p in the window of `len(price)` days from `begin`; fills row.

        price (days, shifts), rest (days,): inf forbids. Both are inf where there is no way. They differ only where counters for the most
        of shifts grew too large: the row then keeps the rules because of tolls on those shifts, and the second is a bound.
        """
        return cheapest_row(pack, p, begin if text == text else 0, price, rest, edge, buffer, row)

    return cheapest


def _of_each(text):
    def cheapest_of_each(pack, people, begin, prices, rests, worth, edges, buffer, rows):
        """`cheapest` for several people, (costs, bounds); prices (people, days, shifts) lessened by worth (days, shifts); fills rows.

        edges: (starts, lows, highs, weekends, mosts, values) padded to one shape; values of no size where nothing after costs anything.
        """
        count = len(people) if text == text else 0
        costs, bounds = np.empty(count), np.empty(count)
        for i in range(count):
            edge = edge_at(pack, people, i, edges)
            costs[i], bounds[i] = cheapest_row(pack, people[i], begin, prices[i] - worth, rests[i], edge, buffer, rows[i])
        return costs, bounds

    return cheapest_of_each


def _relaxed(text):
    def relaxed_of_each(pack, people, begin, prices, tolls, edges, buffer, rows):
        """Least cost of each person (people,) where shifts have a toll instead of a most; fills rows.

        prices (people, days, shifts), lessened by what cells are worth. tolls (people, shifts). edges as for `cheapest_of_each`.
        """
        count = len(people) if text == text else 0
        costs, rest, none = np.empty(count), np.zeros(prices.shape[1]), np.empty(0, np.int64)
        for i in range(count):
            edge = edge_at(pack, people, i, edges)
            costs[i] = solve(pack, people[i], begin, prices[i] + tolls[i], rest, edge, buffer, none, rows[i])
        return costs

    return relaxed_of_each


def _tolled(text):
    def tolled_of_each(pack, begin, prices, starts, tolls, tables, rows):
        """Least cost of everybody (people,) where all limits are tolls; fills rows, and tables (people, days + 1, nodes) of completions.

        prices (people, days, shifts), tolls on shifts included. starts (people,): nodes. tolls (people, 2): on a minute and on a weekend.
        """
        count = len(prices) if text == text else 0
        costs = np.empty(count)
        for p in range(count):
            costs[p] = tolled_row(pack, p, begin, prices[p], starts[p], tolls[p], tables[p], rows[p])
        return costs

    return tolled_of_each


def _values(text):
    def values_of_each(pack, people, who, begin, edges, rows):
        """What the cheapest completion of each row costs: (rows,). who (rows,): index into `people` and `edges`."""
        count = len(who) if text == text else 0
        found = np.empty(count)
        for k in range(count):
            found[k] = value_after(pack, people[who[k]], begin, edge_at(pack, people, who[k], edges), rows[k])
        return found

    return values_of_each


def _around(text):
    def edge_of(pack, p, row, begin, end):
        """The edge of the window [begin, end) of a row; both lie on Mondays or on the ends of the horizon."""
        return edge_around(pack, p, row, begin if text == text else 0, end)

    return edge_of


def _before(text):
    def edge_to(pack, p, begin, price, rest, edge, buffer, at):
        """The edge of the first `at` days of a window, with the cheapest completion of its other days as its value."""
        return edge_before(pack, p, begin if text == text else 0, price, rest, edge, buffer, at)

    return edge_to


def _reach(text):
    def reach_of(pack, p, allowed):
        """(least, greatest) minutes from each Monday on, each (weeks + 1, nodes, weekends left). allowed (days, shifts): may be worked."""
        return reach_from(pack, p if text == text else 0, allowed)

    return reach_of


def _pace(text):
    def paced_edge(pack, p, row, begin, end, least, greatest, pace, slack):
        """The edge of the window [begin, end) when only the days before it stand; see `edge_on_pace`."""
        return edge_on_pace(pack, p, row, begin if text == text else 0, end, least, greatest, pace, slack)

    return paced_edge


cheapest, cheapest_of_each, relaxed_of_each = entry(_of_one), entry(_of_each), entry(_relaxed)
values_of_each, edge_of, edge_to = entry(_values), entry(_around), entry(_before)
reach_of, paced_edge, tolled_of_each = entry(_reach), entry(_pace), entry(_tolled)

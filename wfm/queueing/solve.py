"""`agents_needed`: the least whole number of agents that meets every target."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wfm.queueing.climb import climb
from wfm.queueing.inputs import constant, flat, nan_of, numbers
from wfm.queueing.level_search import by_levels, search
from wfm.queueing.levels import LEVELS
from wfm.queueing.measures import patience
from wfm.queueing.search import refuse_unreachable
from wfm.queueing.special import Array
from wfm.queueing.system import LEAST_LOAD, MOST, System
from wfm.queueing.targets import ASA_MEASURES, SL_DEFINITIONS, Wanted


def agents_needed(
    model: str,
    *,
    calls: ArrayLike,
    interval_s: ArrayLike,
    aht_s: ArrayLike,
    patience_s: ArrayLike | None = None,
    sl_target: ArrayLike | None = None,
    within_s: ArrayLike = 20.0,
    sl_definition: str = "offered",
    asa_target: ArrayLike | None = None,
    asa_definition: str = "served",
    abandon_target: ArrayLike | None = None,
    max_occupancy: ArrayLike | None = None,
    block_target: ArrayLike | None = None,
) -> NDArray[np.int64] | NDArray[np.float64] | int | float:
    """The least whole number of agents (lines for "B") meeting all targets given; one search for all of them.

    Arguments broadcast; scalars give an int. No calls need 0. Where a row holds nan its answer is nan and the array is float.
    sl_definition: see `Measures`; asa_definition: served, all or virtual. Under C the agents always exceed the load. A target that a
    number of agents reaches to the last digits is met by them. What holds without anybody asks for nobody: under A a service level of 0,
    an abandonment of 1, or a mean wait `all` as long as the patience; where nobody abandons or is blocked, such targets always hold.
    Raises ValueError naming the argument and the first bad index for what no number of agents can promise (a service level of 1, a wait,
    an abandonment, a blocking or an occupancy of 0), for what needs more than 1e9 agents, and where no target is given.
    """
    targets = {
        _named("sl_definition", sl_definition, {name: f"sl_{name}" for name in SL_DEFINITIONS}): _level(sl_target),
        _named("asa_definition", asa_definition, ASA_MEASURES): _cap("asa_target", asa_target, np.inf),
        "p_abandon": _cap("abandon_target", abandon_target, 1.0),
        "occupancy": _cap("max_occupancy", max_occupancy, 1.0),
        "p_block": _cap("block_target", block_target, 1.0),
    }
    given = {measure: value for measure, value in targets.items() if value is not None}
    if not given:
        raise ValueError("no target given: sl_target, asa_target, abandon_target, max_occupancy or block_target")
    base = (numbers("calls", calls), numbers("interval_s", interval_s, open_low=True), numbers("aht_s", aht_s))
    leave = numbers("patience_s", patience(model, patience_s), endless=True)
    shape, rows = flat(*base, leave, numbers("within_s", within_s), *given.values())
    load = rows[0] * rows[2] / rows[1]
    system = System(load, constant(0.0, len(load)), rows[2], rows[3], constant(np.inf, len(load)), rows[4])
    wanted = tuple(Wanted(name, value, name.startswith("sl_")) for name, value in zip(given, rows[5:], strict=True))
    return _shaped(refuse_unreachable(_solved(model, system, wanted), shape), shape)


def _named(argument: str, name: str, known: dict[str, str]) -> str:
    if name not in known:
        raise ValueError(f"{argument} is {name!r}, expected one of {', '.join(map(repr, known))}")
    return known[name]


def _level(values: ArrayLike | None) -> Array | None:
    return None if values is None else numbers("sl_target", values, high=float(np.nextafter(1.0, 0.0)))


def _cap(argument: str, values: ArrayLike | None, high: float) -> Array | None:
    return None if values is None else numbers(argument, values, high=high, open_low=True)


def _solved(model: str, system: System, wanted: tuple[Wanted, ...]) -> Array:
    asked = (system.patience_s, system.within_s, *(target.value for target in wanted))
    if (
        len(system)
        and LEAST_LOAD <= system.load.min() <= system.load.max() <= MOST
        and not np.isnan(sum(nan_of(values) for values in asked))
    ):
        return _busy(model, system, wanted)
    system = system.bounded()
    known = ~np.logical_or.reduce([np.isnan(values) for values in (system.load, *asked)])
    result = np.where(known, 0.0, np.nan)
    busy = np.flatnonzero(known & (system.load > 0))
    result[busy] = _busy(model, system.take(busy), tuple(target.take(busy) for target in wanted))
    return result


def _busy(model: str, system: System, wanted: tuple[Wanted, ...]) -> Array:
    if model == "C":
        return climb(system, wanted)
    if model == "A" and LEVELS.issuperset(target.measure for target in wanted):
        return by_levels(system, wanted)
    return search(model, system, wanted)


def _shaped(values: Array, shape: tuple[int, ...]) -> NDArray[np.int64] | NDArray[np.float64] | int | float:
    answer = values if np.isnan(nan_of(values)) else values.astype(np.int64)
    return answer.reshape(shape) if shape else answer.item()

"""The models by name, and which formula answers which rows of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from wfm.queueing.erlang_a import impatient
from wfm.queueing.erlang_c import patient
from wfm.queueing.finite import roomy
from wfm.queueing.loss import blocked, impatient_at_once
from wfm.queueing.special import Array
from wfm.queueing.system import LEAST_LOAD, Figures, System

Formula = Callable[[System], Figures]

_EXTREME = 1e150
"""Patience beyond so many handle times, either way, is its limit to every digit."""


def _split(system: System, cases: Iterable[tuple[np.ndarray, Formula]]) -> Figures:
    """Each row by the formula whose mask holds it; the masks together hold every row once."""
    figures: Figures = {}
    for mask, formula in cases:
        if mask.all():
            return formula(system)
        if mask.any():
            for name, values in formula(system.take(mask)).items():
                figures.setdefault(name, np.empty(len(system)))[mask] = values
    return figures


def erlang_b(system: System) -> Figures:
    """Loss: `agents` lines."""
    return blocked(system)


def erlang_c(system: System) -> Figures:
    """Patient callers, in a finite room where the capacity is finite."""
    endless = replace(system, patience_s=np.broadcast_to(np.inf, len(system)))
    limited = np.isfinite(system.capacity)
    return _split(endless, ((limited, roomy), (~limited, patient)))


def usual_patience(system: System) -> np.ndarray:
    """Rows whose patience is neither 0 nor endless, as far as any digit goes."""
    ratio = system.patience_s / system.aht_s
    return np.asarray((ratio >= 1 / _EXTREME) & (ratio <= _EXTREME))


def erlang_a(system: System) -> Figures:
    """Impatient callers; patience 0 and inf are the limits B and C."""
    ratio = system.patience_s / system.aht_s
    at_once, for_ever = ratio < 1 / _EXTREME, ratio > _EXTREME
    limited = np.isfinite(system.capacity)
    middle = ~(at_once | for_ever)
    # a room as small as the agents leaves nobody waiting, whatever the patience
    small = system.capacity <= system.agents
    return _split(
        system,
        (
            (small, blocked),
            (at_once & ~small, impatient_at_once),
            (for_ever & ~small, erlang_c),
            (middle & limited & ~small, roomy),
            (middle & ~limited, impatient),
        ),
    )


MODELS: dict[str, Formula] = {"B": erlang_b, "C": erlang_c, "A": erlang_a}


def without_agents(model: str, system: System) -> Figures:
    """Calls but no agents: service level 0; blocked (B, or a full room), waiting for ever (C) or leaving when the patience ends (A).

    Under A the room fills like a loss system whose holding time is the patience.
    """
    room = np.zeros(len(system)) if model == "B" else system.capacity
    waiting = _unserved(replace(system, capacity=room))
    nothing = np.zeros(len(system))
    levels = ("sl_virtual", "sl_offered", "sl_answered", "sl_abandons_met", "sl_abandons_excluded")
    return dict.fromkeys(levels, nothing) | {"occupancy": np.ones(len(system))} | waiting


def _unserved(system: System) -> Figures:
    nobody, leave = system.capacity < 1, np.isfinite(system.patience_s)
    room, load = np.floor(system.capacity), np.minimum(system.calls_per_s * system.patience_s, _EXTREME ** (1 / 2))
    lost = np.where(nobody, 1.0, np.where(leave, 0.0, np.where(np.isfinite(room), 1.0, 0.0)))
    filling = ~nobody & leave & np.isfinite(room) & (load > 0)
    lost[filling] = blocked(replace(system, agents=room, load=np.maximum(load, LEAST_LOAD)).take(filling))["p_block"]
    admitted = 1 - lost
    patience = np.where(nobody, 0.0, system.patience_s)
    gone = np.where(leave, admitted, 0.0)
    soon = _ended(system)
    return {
        "p_wait": admitted,
        "p_block": lost,
        "p_abandon": gone,
        "asa_all": patience,
        "wait_served": np.where(leave | nobody, np.nan, np.inf),
        "wait_abandoned": np.where(leave & ~nobody, system.patience_s, np.nan),
        "virtual_wait": np.where(nobody, 0.0, np.inf),
        "mean_queue": np.where(leave | nobody, system.calls_per_s * np.where(leave, patience, 0.0) * admitted, room),
        "p_abandon_within": gone * soon,
    }


def _ended(system: System) -> Array:
    """P(patience ≤ T)."""
    never = np.isinf(system.patience_s)
    at_once = system.patience_s == 0
    usual = np.where(never | at_once, 1.0, system.patience_s)
    return np.where(at_once, 1.0, np.where(never, 0.0, -np.expm1(-system.within_s / usual)))


def without_calls(system: System) -> Figures:
    """No calls: service level 1, nobody waits, nobody abandons."""
    names = ("p_wait", "p_block", "p_abandon", "asa_all", "wait_served", "virtual_wait", "mean_queue", "occupancy", "p_abandon_within")
    levels = ("sl_virtual", "sl_offered", "sl_answered", "sl_abandons_met", "sl_abandons_excluded")
    zero, one = np.zeros(len(system)), np.ones(len(system))
    return dict.fromkeys(names, zero) | dict.fromkeys(levels, one) | {"wait_abandoned": zero * np.nan}

"""Quick rotas from the linear programme: one row drawn for each person by its shares, then repaired; the first takes the likeliest rows."""

from __future__ import annotations

import numpy as np

from scheduling.days.case import Case, price_of
from scheduling.days.clock import Clock
from scheduling.days.columns import Generated, Generator
from scheduling.days.hoods import Standing
from scheduling.days.polish import polish
from scheduling.days.problem import Rota
from wfm.model.arrays import FloatArray

DRAWS = 20


def round_off(case: Case, standing: Standing, root: tuple[Generator, Generated], clock: Clock, random: np.random.Generator) -> None:
    """Let the cheapest of the repaired draws stand, if it costs less. Raises Spent; the standing rota keeps what was found."""
    generator, found = root
    if found.relaxed.missing:
        return
    share = found.relaxed.share
    for draw in range(DRAWS):
        rota = _drawn(generator, share if draw == 0 else share * random.exponential(size=len(share)) ** -1.0)
        trial = Standing(rota, price_of(case, rota), standing.worth)
        polish(case, trial, clock, random)
        if trial.cost < standing.cost:
            standing.rota, standing.cost = trial.rota, trial.cost


def _drawn(generator: Generator, weight: FloatArray) -> Rota:
    """The row of greatest weight for each person; with shares over exponentials, each is drawn with its share as chance."""
    master = generator.master
    order = np.argsort(-weight, kind="stable")
    _, first = np.unique(master.who[order], return_index=True)
    return master.rows[order[first]].copy()

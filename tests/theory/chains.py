"""The steady state of a Markov chain that is told by its moves."""

from collections.abc import Callable, Iterable

import numpy as np
from scipy.sparse import csr_matrix, lil_matrix
from scipy.sparse.linalg import spsolve

State = tuple[int, ...]
Moves = Callable[[State], Iterable[tuple[State, float]]]


def steady_state(start: State, moves: Moves) -> dict[State, float]:
    """Probability of each state that can be reached. moves: (next state, rate) of all that may happen in a state."""
    number, found, rows = {start: 0}, [start], []
    for state in found:
        for following, rate in moves(state):
            if rate > 0 and following != state:
                if following not in number:
                    number[following] = len(found)
                    found.append(following)
                rows.append((number[state], number[following], rate))
    size, (begin, end, rates) = len(found), np.array(rows).T
    outflow = np.bincount(begin.astype(int), rates, size)
    balance = lil_matrix(csr_matrix((rates, (end.astype(int), begin.astype(int))), (size, size)))
    balance.setdiag(balance.diagonal() - outflow)
    balance[0] = np.ones(size)  # one equation follows from the others; their sum is 1
    chance = spsolve(csr_matrix(balance).tocsc(), np.append(1.0, np.zeros(size - 1)))
    return dict(zip(found, chance.tolist(), strict=True))


def mean(chance: dict[State, float], of: Callable[[State], float]) -> float:
    return sum(weight * of(state) for state, weight in chance.items())

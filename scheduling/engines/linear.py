"""A linear programme under construction, and its approximate dual prices by PDLP: deterministic, one thread, limited by iterations."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike
from ortools.pdlp import solvers_pb2
from ortools.pdlp.python import pdlp
from scipy.sparse import coo_array

from wfm.model.arrays import FloatArray, IntArray

TOLERANCE = 1e-5


@dataclass(eq=False)
class Linear:
    """minimise cost · x subject to low ≤ A x ≤ high, 0 ≤ x ≤ most. Columns and rows are added in blocks."""

    cost: list[FloatArray] = field(default_factory=list)
    most: list[FloatArray] = field(default_factory=list)
    low: list[FloatArray] = field(default_factory=list)
    high: list[FloatArray] = field(default_factory=list)
    entries: list[tuple[IntArray, IntArray, FloatArray]] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def add_columns(self, number: int, cost: ArrayLike = 0.0, most: ArrayLike = np.inf) -> IntArray:
        """New variables; their numbers."""
        self.cost.append(np.full(number, cost, float))
        self.most.append(np.full(number, most, float))
        self.columns += number
        return np.arange(self.columns - number, self.columns)

    def add_rows(self, number: int, low: ArrayLike, high: ArrayLike) -> IntArray:
        """New constraints; their numbers."""
        self.low.append(np.full(number, low, float))
        self.high.append(np.full(number, high, float))
        self.rows += number
        return np.arange(self.rows - number, self.rows)

    def put(self, rows: ArrayLike, columns: ArrayLike, values: ArrayLike = 1.0) -> None:
        """Entries of the matrix, broadcast against each other; entries of the same place add up."""
        row, column, value = np.broadcast_arrays(np.asarray(rows), np.asarray(columns), np.asarray(values, float))
        self.entries.append((row.ravel(), column.ravel(), value.ravel()))

    @property
    def size(self) -> int:
        """Entries of the matrix."""
        return sum(len(values) for _, _, values in self.entries)

    def prices(self, iterations: int) -> FloatArray:
        """Approximate dual price of each row; better with more iterations."""
        rows, columns, values = (np.concatenate([entry[k] for entry in self.entries]) for k in range(3))
        program = pdlp.QuadraticProgram()
        program.objective_vector = np.concatenate(self.cost)
        program.constraint_matrix = coo_array((values, (rows, columns)), (self.rows, self.columns)).tocsc()
        program.constraint_lower_bounds, program.constraint_upper_bounds = np.concatenate(self.low), np.concatenate(self.high)
        program.variable_lower_bounds, program.variable_upper_bounds = np.zeros(self.columns), np.concatenate(self.most)
        return np.array(pdlp.primal_dual_hybrid_gradient(program, _parameters(iterations)).dual_solution)


def _parameters(iterations: int) -> solvers_pb2.PrimalDualHybridGradientParams:
    parameters = solvers_pb2.PrimalDualHybridGradientParams(num_threads=1)
    criteria = parameters.termination_criteria
    criteria.simple_optimality_criteria.eps_optimal_relative = TOLERANCE
    criteria.simple_optimality_criteria.eps_optimal_absolute = TOLERANCE
    criteria.iteration_limit = iterations
    return parameters

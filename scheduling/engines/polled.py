"""CP-SAT that answers the same every time, tells that it is at work at least every second, and can be stopped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue

from ortools.sat.python import cp_model

from wfm.model import Progress

EVERY_S = 0.4


def solver(work: float) -> cp_model.CpSolver:
    """CP-SAT such that its answer depends on nothing but the model: one worker, deterministic time."""
    engine = cp_model.CpSolver()
    engine.parameters.num_workers = 1
    engine.parameters.random_seed = 1
    engine.parameters.max_deterministic_time = work
    return engine


class Watch(cp_model.CpSolverSolutionCallback):
    """Tells of every better answer, its price and bound divided by `scale`."""

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__()
        self.scale = scale
        self.told: SimpleQueue[str | None] = SimpleQueue()

    def on_solution_callback(self) -> None:
        self.told.put(f"whole model: {self.objective_value / self.scale:,.0f}, at least {self.best_objective_bound / self.scale:,.0f}")


def solve_polled(
    engine: cp_model.CpSolver, model: cp_model.CpModel, progress: Progress, message: str, watch: Watch | None = None
) -> cp_model.CpSolverStatus:
    """Solve on a thread, `progress` called on this one; what it raises stops the search and passes through."""
    told = watch.told if watch else SimpleQueue()
    with ThreadPoolExecutor(1) as pool:
        solving = pool.submit(engine.solve, model, watch)
        solving.add_done_callback(lambda _: told.put(None))
        try:
            while True:
                try:
                    said = told.get(timeout=EVERY_S)
                except Empty:
                    said = message
                if said is None:
                    return solving.result()
                progress(said, 0.5)
        except BaseException:
            engine.stop_search()
            raise

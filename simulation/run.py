"""simulate(): replications of the whole axis, with totals that do not depend on who computes them."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import fields

import numpy as np

from simulation.arrivals import draw_contacts
from simulation.centre import Strike, quiet
from simulation.check import check
from simulation.engines import ENGINES, Live
from simulation.measure import Replication, measure
from simulation.precision import looks, narrow_enough
from simulation.presence import attended
from simulation.redials import with_redials
from simulation.setting import Setting, prepare
from simulation.strata import spread_evenly
from simulation.workers import Work, crew
from wfm.model import Experiment, Forecast, Outcome, Progress, Queue, Roster, silent
from wfm.model.arrays import FloatArray


def simulate(
    predicted: Forecast,
    queues: tuple[Queue, ...],
    roster: Roster,
    experiment: Experiment,
    progress: Progress = silent,
    executor: Executor | None = None,
) -> Outcome:
    """Let `experiment.replications` possible futures meet this roster.

    Or as many as `experiment.precision` needs, up to that number. Replications take the forecast's sample paths spread evenly by volume
    (`simulation.strata`), and their random numbers depend on nothing but (seed, replication, purpose, queue, contact): two rosters meet
    exactly the same days. executor: any `concurrent.futures.Executor` to run replications on, None for
    `experiment.workers` of our own: threads for the fast engine, processes for the other (the caller's main module must then be importable
    without side effects); one worker, or little work, runs right here. Neither engine nor workers ever change a number.

    Raises ScenarioError with every fault of the input. Whatever `progress` raises passes through after the work has been stopped.
    """
    check(predicted, queues, roster, experiment)
    setting = prepare(predicted, queues, roster, experiment)
    paths = predicted.paths[:, [predicted.queues.index(queue.name) for queue in queues]]
    work = Work(setting, ENGINES[experiment.engine](setting), paths[spread_evenly(paths)], run_one)
    done: list[Replication] = []
    with crew(work, experiment, progress, executor) as do:
        for numbers in looks(experiment):
            done += do(numbers)
            if narrow_enough(done, experiment):
                break
    progress(f"simulated {len(done)} replications", 1.0)
    names = [field.name for field in fields(Replication) if field.name != "trace"]
    return Outcome(setting.axis, queues, **{name: np.stack([getattr(one, name) for one in done]) for name in names})


def run_one(setting: Setting, live: Live, replication: int, counts: FloatArray, strike: Strike = quiet, trace: bool = False) -> Replication:
    """One replication of counts (queues, intervals). strike: called now and then. trace: keep a record of every contact."""
    whole = np.rint(counts).astype(np.int64)
    drawn = draw_contacts(setting.queues, whole, setting.handle_s, setting.step_s, setting.seed, replication)
    contacts = with_redials(drawn, setting.queues, setting.seed, replication)
    stints = attended(setting.stints, setting.agents, setting.absence, setting.seed, replication)
    happened = live(contacts, stints, strike)
    return Replication(**measure(setting, stints, happened), trace=happened if trace else None)

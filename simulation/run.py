"""simulate(): replications of the whole axis, with totals that do not depend on who computes them."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import fields

import numpy as np

from simulation.arrivals import Contacts, draw_contacts
from simulation.centre import Strike, quiet
from simulation.check import check
from simulation.engines import ENGINES, Live
from simulation.groups import by_group, groups_of
from simulation.lives import FIRST_TURNS
from simulation.measure import Replication, measure
from simulation.precision import looks, narrow_enough
from simulation.presence import Stint, attended
from simulation.redials import with_redials
from simulation.setting import Setting, prepare
from simulation.strata import spread_evenly
from simulation.tally import by_queue, tally, with_further_work, without_the_absent
from simulation.trace import Trace
from simulation.warm_up import warmed_up
from simulation.workers import Work, crew
from wfm.model import Experiment, Forecast, Outcome, Progress, Queue, Roster, silent
from wfm.model.arrays import FloatArray, IntArray


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
    return _outcome(setting, queues, done, work.paths.sum(axis=(1, 2))[np.arange(len(done)) % len(work.paths)])


NO_SUMS = ("trace", "more")
BY_CENTRE = ("present_s", "group_busy_s", "group_present_s")


def _outcome(setting: Setting, queues: tuple[Queue, ...], done: list[Replication], volume: FloatArray) -> Outcome:
    """All replications in one, by the scenario's queues, and by their segments where there are any."""
    names = [field.name for field in fields(Replication) if field.name not in NO_SUMS]
    sums = {name: _together([getattr(one, name) for one in done]) for name in names}
    sums |= {name: _together([one.more[name] for one in done]) for name in done[0].more}
    whole = {"volume": volume, "warm_up": setting.warm_up, "groups": groups_of(setting)[0]}
    if setting.base is setting.queues:
        return Outcome(setting.axis, queues, **sums, **whole)
    segments = Outcome(setting.axis, setting.queues, **sums, **whole)
    folded = {name: values if name in BY_CENTRE else by_queue(setting, values) for name, values in sums.items()}
    return Outcome(setting.axis, queues, **folded, **whole, segments=segments)


def _together(each: list[np.ndarray]) -> np.ndarray:
    """One field of all replications, read-only so that nobody needs a copy of it."""
    whole = np.stack(each)
    whole.flags.writeable = False
    return whole


def run_one(setting: Setting, live: Live, replication: int, counts: FloatArray, strike: Strike = quiet, trace: bool = False) -> Replication:
    """One replication of counts (queues, intervals). strike: called now and then. trace: keep a record of every contact."""
    stints = attended(setting.stints, setting.agents, setting.absence, setting.seed, replication, setting.late)
    happened = _lived(setting, live, replication, np.rint(counts).astype(np.int64), stints, strike)
    sums, more = measure(setting, stints, happened), tally(setting, happened) | by_group(setting, stints, happened)
    sums["busy_s"] = with_further_work(setting, happened, sums["busy_s"])
    sums["present_s"] = without_the_absent(setting, happened, sums["present_s"])
    if setting.warm_up:
        sums, more = warmed_up(setting, happened, sums, more)
    return Replication(**sums, trace=happened if trace else None, more=more)


def _lived(setting: Setting, live: Live, replication: int, counts: IntArray, stints: tuple[Stint, ...], strike: Strike) -> Trace:
    """What happened; lived through again with further redials for those contacts who needed more than were drawn, until none does."""
    turns = None
    while True:
        contacts = contacts_of(setting, counts, replication, turns)
        happened = live(contacts, stints, strike)
        if happened.left_out is None or not len(happened.left_out):
            return happened
        if turns is None:
            turns = np.full(contacts.originals, FIRST_TURNS)
        turns[happened.left_out] *= 2


def contacts_of(setting: Setting, counts: IntArray, replication: int, turns: IntArray | None = None) -> Contacts:
    """The contacts of a replication, with whatever may become of them. counts (queues, intervals), of the scenario's queues.

    turns: see `simulation.journeys.draw_journeys`.
    """
    if setting.rules is not None:
        from simulation.journeys import draw_journeys  # scipy, which plain centres need not wait for

        return draw_journeys(setting, counts, replication, turns)
    run = setting.seed, replication
    drawn = draw_contacts(setting.queues, counts, setting.handle_s, setting.step_s, run, setting.recorded, setting.opening_s)
    return with_redials(drawn, setting.queues, setting.seed, replication)

"""The two cases for cimba, whose models are classes that it compiles. Imported only where cimba is."""

import cimba as cb
import numpy as np
from cimba import random as draws

from benchmarks.simulation.centres import GROUPS, OPEN_S, PATIENCE_S, RATES
from benchmarks.simulation.peers import CENTRE, SPREAD, Told

DAYS = 20
"""To an experiment, so that its start counts little."""

GAVE_UP = -7
MEAN_A_S, MEAN_B_S, MEAN_C_S = (1 / rate for rate in RATES.values())


class Caller(cb.Model):
    desk: cb.Ref[cb.Resource]
    told: cb.Ref[cb.Dataset]

    @cb.process
    def life(self):
        begun, me = cb.now(), cb.this_process()
        me.timer_set(draws.exponential(180.0), GAVE_UP)
        got = self.desk.acquire()
        me.timers_clear()
        self.told.record(cb.now() - begun)
        if got == 0:
            cb.hold(draws.exponential(300.0))
            self.desk.release()
        cb.release(self)


class OneQueue(cb.Model):
    desk: cb.Resource = cb.Resource(capacity=55)
    told: cb.Dataset
    wait: cb.Output[float]
    calls: cb.Output[float]

    @cb.process
    def source(self):
        while cb.now() < OPEN_S:
            cb.spawn(Caller, desk=self.desk, told=self.told)
            cb.hold(draws.exponential(6.0))

    @cb.on_end
    def measure(self):
        self.wait, self.calls = self.told.sample_mean(), self.told.sample_count()


class SkilledCaller(cb.Model):
    queue: int
    one: cb.Ref[cb.Resource]
    other: cb.Ref[cb.Resource]
    both: cb.Ref[cb.Resource]
    every: cb.Ref[cb.Resource]
    told: cb.Ref[cb.Dataset]

    @cb.process
    def life(self):
        begun, me = cb.now(), cb.this_process()
        me.timer_set(draws.exponential(PATIENCE_S), GAVE_UP)
        if self.queue == 0:
            got = cb.acquire_any((self.one, self.both, self.every))
        elif self.queue == 1:
            got = cb.acquire_any((self.other, self.both, self.every))
        else:
            got = self.every.acquire()
            got = 2 if got == 0 else -1
        me.timers_clear()
        self.told.record(cb.now() - begun)
        if got >= 0:
            cb.hold(draws.lognormal(CENTRE, SPREAD))
            if got == 2:
                self.every.release()
            elif got == 1:
                self.both.release()
            elif self.queue == 0:
                self.one.release()
            else:
                self.other.release()
        cb.release(self)


class Skills(cb.Model):
    one: cb.Resource = cb.Resource(capacity=GROUPS[0])
    other: cb.Resource = cb.Resource(capacity=GROUPS[1])
    both: cb.Resource = cb.Resource(capacity=GROUPS[2])
    every: cb.Resource = cb.Resource(capacity=GROUPS[3])
    told: cb.Dataset
    wait: cb.Output[float]
    calls: cb.Output[float]

    @cb.function
    def come(self, queue: int, mean_s: float) -> None:
        while cb.now() < OPEN_S:
            cb.spawn(SkilledCaller, queue=queue, one=self.one, other=self.other, both=self.both, every=self.every, told=self.told)
            cb.hold(draws.exponential(mean_s))

    @cb.process
    def a(self):
        self.come(0, MEAN_A_S)

    @cb.process
    def b(self):
        self.come(1, MEAN_B_S)

    @cb.process
    def c(self):
        self.come(2, MEAN_C_S)

    @cb.on_end
    def measure(self):
        self.wait, self.calls = self.told.sample_mean(), self.told.sample_count()


def days(kind):
    """A function that runs DAYS days and returns (calls in all, mean wait)."""
    model = kind()
    experiment = cb.Experiment(model, replications=DAYS, window=cb.Window(warmup=0, duration=OPEN_S + 14_000), seed=1)

    def run() -> Told:
        found = experiment.run()
        calls = np.ravel(found[model].calls)
        return int(calls.sum()), float(np.ravel(found[model].wait) @ calls / calls.sum())

    return run

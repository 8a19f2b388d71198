"""The one-queue and the skills case as others write them, each in its own idiom. A day gives (calls, mean wait)."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Callable

import simpy

from benchmarks.simulation.centres import GROUPS, HANDLE_CV, HANDLE_S, OPEN_S, PATIENCE_S, RATES, SKILLS

Told = tuple[int, float]
SPREAD = math.sqrt(math.log(1 + HANDLE_CV**2))
CENTRE = math.log(HANDLE_S) - SPREAD**2 / 2


def simpy_one_queue(seed: int = 1) -> Told:
    """As the SimPy guide writes it: a Resource, and `request | timeout`."""
    dice, env = random.Random(seed), simpy.Environment()
    desk, waits = simpy.Resource(env, 55), []

    def caller():
        begun = env.now
        with desk.request() as request:
            done = yield request | env.timeout(dice.expovariate(1 / 180))
            waits.append(env.now - begun)
            if request in done:
                yield env.timeout(dice.expovariate(1 / 300))

    def source():
        while env.now < OPEN_S:
            env.process(caller())
            yield env.timeout(dice.expovariate(1 / 6))

    env.process(source())
    env.run()
    return len(waits), sum(waits) / len(waits)


def simpy_skills(seed: int = 1) -> Told:
    """Agents in a FilterStore; which of the suitable ones, and who is next, is left to it."""
    dice, env = random.Random(seed), simpy.Environment()
    floor, waits = simpy.FilterStore(env), []
    floor.items = [served for served, size in zip(SKILLS, GROUPS, strict=True) for _ in range(size)]

    def caller(queue):
        begun, request = env.now, floor.get(lambda served: queue in served)
        done = yield request | env.timeout(dice.expovariate(1 / PATIENCE_S))
        waits.append(env.now - begun)
        if request in done:
            yield env.timeout(dice.lognormvariate(CENTRE, SPREAD))
            yield floor.put(request.value)
        else:
            request.cancel()

    def source(queue, rate):
        while env.now < OPEN_S:
            env.process(caller(queue))
            yield env.timeout(dice.expovariate(rate))

    for queue, rate in RATES.items():
        env.process(source(queue, rate))
    env.run()
    return len(waits), sum(waits) / len(waits)


def heap_one_queue(seed: int = 1) -> Told:
    """By hand: pure Python, one heap of times at which agents become free."""
    dice = random.Random(seed)
    free, at, waits = [0.0] * 55, 0.0, []
    while at < OPEN_S:
        begin, patience = max(free[0], at), dice.expovariate(1 / 180)
        if begin - at <= patience:
            heapq.heapreplace(free, begin + dice.expovariate(1 / 300))
        waits.append(min(begin - at, patience))
        at += dice.expovariate(1 / 6)
    return len(waits), sum(waits) / len(waits)


def ciw_one_queue() -> Callable[[], Told]:
    """Ciw, a node with reneging. Nothing of its kind has agents of several queues."""
    import ciw

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(1 / 6)],
        service_distributions=[ciw.dists.Exponential(1 / 300)],
        number_of_servers=[55],
        reneging_time_distributions=[ciw.dists.Exponential(1 / 180)],
    )

    def day() -> Told:
        ciw.seed(1)
        world = ciw.Simulation(network)
        world.simulate_until_max_time(OPEN_S)
        records = world.get_all_records(only=["service", "renege"])
        return len(records), sum(record.waiting_time for record in records) / len(records)

    return day


def salabim_days() -> dict[str, Callable[[], Told]]:
    """salabim with `yield`, which is its faster mode."""
    import salabim

    salabim.yieldless(False)

    class Caller(salabim.Component):
        def process(self):
            world = self.env
            begun = world.now()
            yield self.request(*world.desks[self.queue], oneof=True, fail_delay=world.dice.expovariate(1 / world.patience_s))
            world.waits.append(world.now() - begun)
            if not self.failed():
                yield self.hold(world.handle_s())
                self.release()

    class Source(salabim.Component):
        def process(self):
            world = self.env
            while world.now() < OPEN_S:
                _start(Caller(env=world, process=None), queue=self.queue)
                yield self.hold(world.dice.expovariate(self.rate))

    def _start(component, **facts):
        vars(component).update(facts)
        component.activate(process="process")

    def day(skills: bool) -> Told:
        world = salabim.Environment(trace=False, random_seed=1)
        world.dice, world.waits = random.Random(1), []
        if skills:
            groups = [salabim.Resource(f"group {k}", capacity=size, env=world) for k, size in enumerate(GROUPS)]
            world.desks = {queue: [g for g, served in zip(groups, SKILLS, strict=True) if queue in served] for queue in RATES}
            world.patience_s, world.handle_s = PATIENCE_S, lambda: world.dice.lognormvariate(CENTRE, SPREAD)
        else:
            world.desks = {"calls": [salabim.Resource("desk", capacity=55, env=world)]}
            world.patience_s, world.handle_s = 180.0, lambda: world.dice.expovariate(1 / 300)
        for queue, rate in (RATES if skills else {"calls": 1 / 6}).items():
            _start(Source(env=world, process=None), queue=queue, rate=rate)
        world.run()
        return len(world.waits), sum(world.waits) / len(world.waits)

    return {"one queue": lambda: day(False), "skills": lambda: day(True)}

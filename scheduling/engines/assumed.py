"""Which rules and sessions contradict each other: one CP-SAT model in which each of them may be switched off.

A fact is a session, or a rule as it stands for one person. The solver is asked with all facts assumed (never with an objective: then its
core would be the whole list), and the core that it names is made smaller by leaving out one fact after the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from scheduling.engines.person_model import PersonModel, Starts
from scheduling.engines.polled import solve_polled, solver
from scheduling.problem import Block, Problem, narrower
from scheduling.rules import COUPLINGS, RULES, Rule
from scheduling.space import Space
from wfm.model import Progress

WORK = 20.0  # deterministic seconds for one question
FILTER_WORK = 2.0  # for whether one fact less would do: undecided, it stays


@dataclass(frozen=True, eq=False)
class Fact:
    """A session (`block`), a rule of a worker, or a coupling of sessions (a rule of nobody's)."""

    block: Block | None = None
    rule: Rule | None = None
    worker: int = -1


@dataclass(eq=False)
class Assumed:
    """The model, and the literal of each fact."""

    model: cp_model.CpModel
    facts: dict[int, Fact] = field(default_factory=dict)
    literals: dict[int, cp_model.IntVar] = field(default_factory=dict)
    people: dict[int, PersonModel] = field(default_factory=dict)
    begins: dict[Block, Starts] = field(default_factory=dict)

    def fact(self, fact: Fact) -> cp_model.IntVar:
        """A new fact; its literal."""
        literal = self.model.new_bool_var("")
        self.facts[literal.index], self.literals[literal.index] = fact, literal
        return literal

    def core(self, kept: list[Fact], progress: Progress, message: str, work: float = WORK) -> list[Fact] | None:
        """Facts among `kept` that cannot hold together, in their order; None where they can or nobody knows."""
        wanted = {id(fact) for fact in kept}
        self.model.clear_assumptions()
        self.model.add_assumptions([literal for index, literal in self.literals.items() if id(self.facts[index]) in wanted])
        engine = solver(work)
        engine.parameters.cp_model_presolve = False
        if solve_polled(engine, self.model, progress, message) != cp_model.INFEASIBLE:
            return None
        named = {id(self.facts[index]) for index in engine.sufficient_assumptions_for_infeasibility()}
        return [fact for fact in kept if id(fact) in named]


def assume(problem: Problem, workers: list[int], blocks: list[Block], progress: Progress) -> Assumed:
    """The model of some workers and blocks; members of the blocks who are not among the workers are left out."""
    assumed = Assumed(cp_model.CpModel())
    for block in blocks:
        starts = {start: assumed.model.new_bool_var("") for start in block.starts}
        assumed.model.add_at_most_one(starts.values())
        takes_place = assumed.fact(Fact(block=block))
        assumed.model.add_bool_or(starts.values()).only_enforce_if(takes_place)
        assumed.begins[block] = starts
    for coupling in COUPLINGS:
        if any(coupling.ties(problem.workforce, tuple(blocks))):
            coupling.require(assumed.model, problem.workforce, assumed.begins, assumed.fact(Fact(rule=coupling)))
    for n, w in enumerate(workers):
        progress(f"looking for contradictions: {problem.workers[w].name}", n / len(workers))
        assumed.people[w] = _person(assumed, problem, w)
    return assumed


def _person(assumed: Assumed, problem: Problem, w: int) -> PersonModel:
    worker = problem.workers[w]
    sessions = [(block, starts) for block, starts in assumed.begins.items() if w in block.members]
    person = PersonModel(assumed.model, worker, Space.whole(worker.catalogue), sessions)
    person.frame()
    whole = narrower(worker.person, worker.catalogue, ())
    person.require(person.space, whole)  # shifts never overlap, whatever the rules
    for rule in RULES:
        if type(rule).narrow is not Rule.narrow and type(rule).charges is Rule.charges:
            narrowed = narrower(worker.person, worker.catalogue, (rule,), tight=False)
            person.require(narrowed(np.zeros(worker.catalogue.days, np.int64)), narrowed, assumed.fact(Fact(rule=rule, worker=w)))
    return person


def smallest(core: list[Fact], contradict: Callable[[list[Fact]], list[Fact] | None]) -> list[Fact]:
    """The core without any fact that is not needed for the contradiction; those that come first go first."""
    for fact in list(core):
        if any(fact is kept for kept in core):
            fewer = contradict([kept for kept in core if kept is not fact])
            core = core if fewer is None else fewer
    return core

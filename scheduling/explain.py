"""Why the hard rules cannot all hold: the smallest set of rules and sessions found that contradict each other.

Single people come first (their exact programme, else a model of one person), then groups without a common time, then people linked
by sessions; only where none of these contradicts itself may the whole. Each answer goes through a deletion filter in which general rules
are left out first, so that what remains speaks of days off and fixed work where it can.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scheduling.coupled import tied
from scheduling.engines.assumed import FILTER_WORK, WORK, Fact, assume, smallest
from scheduling.engines.polled import solve_polled, solver
from scheduling.engines.whole import build, plans_of
from scheduling.problem import Block, Problem, narrower
from scheduling.rules import RULES, Rule
from scheduling.sessions import Timetable, alone, possible
from scheduling.wording import conflict_of_group, conflict_of_person, conflict_of_rules, conflict_untold
from scheduling.worker import Worker
from wfm.model import Conflict, Progress

JOINT_LIMIT = 400  # agent-days up to which one model decides over people who share sessions
MOST_TOLD = 20  # contradictions of single people explained; more would hardly be read
HARD = tuple(rule for rule in RULES if type(rule).narrow is not Rule.narrow and type(rule).charges is Rule.charges)
LAST = ("availability", "closed dates", "time off", "locked shifts")  # left out last, so that they stay in the explanation


Lattices = dict[tuple[str, ...], dict[object, object]]
"""By contract and rules: people of one contract share them."""


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """conflicts: why there is no roster. timetable: a possible one for all sessions, where one was found after all."""

    conflicts: tuple[Conflict, ...]
    timetable: Timetable | None = None


def diagnose(problem: Problem, progress: Progress, failed: Block | None = None) -> Diagnosis:
    """All contradictions of single people, else of groups; both empty where neither contradiction nor timetable was found.

    failed: a session for which no time was found, where the rest is too large to be decided as a whole.
    """
    conflicts = _single(problem, progress) or _groups(problem, progress)
    return Diagnosis(tuple(sorted(conflicts))) if conflicts else _jointly(problem, progress, failed)


def _single(problem: Problem, progress: Progress) -> list[Conflict]:
    conflicts: list[Conflict] = []
    lattices: Lattices = {}
    for w, worker in enumerate(problem.workers):
        progress(f"looking for contradictions: {worker.name}", w / len(problem.workers))
        blocks = [block for block in problem.blocks if w in block.members]
        if alone(problem, w, blocks):
            continue
        found = _explain(problem, w, blocks, lattices, progress)
        conflicts += [found] if found is not None else []
        if len(conflicts) == MOST_TOLD:
            return [*conflicts, conflict_untold(w + 1, len(problem.workers))]
    return conflicts


def _explain(problem: Problem, w: int, blocks: list[Block], lattices: Lattices, progress: Progress) -> Conflict | None:
    """The smallest contradiction found for one person, in words; None where nothing contradicts itself."""
    if not _bare(problem, w, HARD, lattices):
        return _without_sessions(problem, w, lattices, progress)
    core = _core(problem, [w], blocks, progress)
    if core is None:
        return None
    return conflict_of_person(problem, w, [f.block for f in core if f.block], [f.rule for f in core if f.rule])


def _bare(problem: Problem, w: int, rules: tuple[Rule, ...], lattices: Lattices) -> bool:
    """Whether some of the rules of one person can hold together without any session."""
    worker = problem.workers[w]
    shared = lattices.setdefault((worker.person.contract.name, *(rule.name for rule in rules)), {})
    freer = Worker(worker.person, worker.group, worker.catalogue, narrower(worker.person, worker.catalogue, rules, tight=False), shared)
    return freer.best(np.zeros(problem.grid.cells)) is not None


def _without_sessions(problem: Problem, w: int, lattices: Lattices, progress: Progress) -> Conflict:
    """Rules that contradict each other before any session is asked for; those with a long memory are left out first, for speed."""
    kept = sorted(HARD, key=lambda rule: rule.name in LAST)
    for rule in sorted(kept, key=lambda rule: (rule.name in LAST, -_memory(problem, w, rule))):
        progress(f"looking for contradictions: {problem.workers[w].name}", 0.5)
        fewer = [r for r in kept if r is not rule]
        if not _bare(problem, w, tuple(fewer), lattices):
            kept = fewer
    return conflict_of_rules(problem, w, kept)


def _memory(problem: Problem, w: int, rule: Rule) -> int:
    """How many things have to be remembered for a rule."""
    worker = problem.workers[w]
    space = narrower(worker.person, worker.catalogue, (rule,), tight=False)(np.zeros(worker.catalogue.days, np.int64))
    return len(space.counters) + len(space.tracks)


def _core(problem: Problem, workers: list[int], blocks: list[Block], progress: Progress) -> list[Fact] | None:
    """The smallest set found of facts about some workers and sessions that contradict each other; None where they do not."""
    message = "looking for contradictions"
    assumed = assume(problem, workers, blocks, progress)
    facts = sorted(assumed.facts.values(), key=lambda f: 2 if f.block else int(f.rule is not None and f.rule.name in LAST))

    def contradict(kept: list[Fact]) -> list[Fact] | None:
        progress(message, 0.5)
        return assumed.core(kept, progress, message, FILTER_WORK)

    core = assumed.core(facts, progress, message)
    return None if core is None else smallest(core, contradict)


def _groups(problem: Problem, progress: Progress) -> list[Conflict]:
    """Sessions without a common time for their members even if nothing else took place."""
    conflicts = []
    for n, block in enumerate(problem.blocks):
        progress("looking for contradictions: groups", n / len(problem.blocks))
        if len(block.members) > 1 and not _common(problem, block):
            core = _core(problem, list(block.members), [block], progress)
            if core is not None:
                conflicts.append(conflict_of_group(problem, core))
    return conflicts


def _common(problem: Problem, block: Block) -> bool:
    """Whether every member could attend at some common time if they had no other sessions."""
    starts = set(block.starts)
    for member in block.members:
        starts &= possible(problem.workers[member], block, ()).keys()
    return bool(starts)


def _jointly(problem: Problem, progress: Progress, failed: Block | None) -> Diagnosis:
    """People linked by sessions decided together, one model for each such circle; the surroundings of a failed session beyond its reach."""
    timetable: Timetable = dict.fromkeys(range(len(problem.workers)), ())
    conflicts: list[Conflict] = []
    for circle in _circles(problem):
        if len(circle) * problem.grid.axis.days > JOINT_LIMIT:
            return Diagnosis(tuple(_around(problem, failed, progress)) if failed else ())
        whole, engine = build(problem, circle, progress=progress), solver(WORK)
        status = engine.status_name(solve_polled(engine, whole.model, progress, "a time for every session: all at once"))
        if status == "UNKNOWN":
            return Diagnosis(())
        if status == "INFEASIBLE":
            blocks = [block for block in problem.blocks if set(block.members) & set(circle)]
            core = _core(problem, circle, blocks, progress)
            conflicts += [conflict_of_group(problem, core)] if core else []
            continue
        timetable.update({w: plan.sessions for w, plan in plans_of(whole, engine).items()})
    return Diagnosis(tuple(sorted(conflicts)), None if conflicts else timetable)


def _around(problem: Problem, failed: Block, progress: Progress) -> list[Conflict]:
    """A contradiction of a session with those that share a member with it, as many as one model can decide; none where none is found."""
    members, blocks = set(failed.members), [failed]
    near = [b for b in problem.blocks if b is not failed and members & set(b.members)]
    for block in sorted(near, key=lambda b: (len(b.starts), len(b.members))):
        if len(members | set(block.members)) * problem.grid.axis.days > JOINT_LIMIT:
            break
        members, blocks = members | set(block.members), [*blocks, block]
    core = _core(problem, sorted(members), blocks, progress)
    return [conflict_of_group(problem, core)] if core else []


def _circles(problem: Problem) -> list[list[int]]:
    """Workers linked by shared sessions, or by sessions that stand in each other's way; those without any left out."""
    circle_of = {w: {w} for block in problem.blocks for w in block.members}
    for block in problem.blocks:
        merged = set().union(*(circle_of[w] for w in block.members))
        for w in merged:
            circle_of[w] = merged
    for blocks in tied(problem):
        merged = set().union(*(circle_of[w] for block in blocks for w in block.members))
        for w in merged:
            circle_of[w] = merged
    return [list(circle) for circle in sorted({tuple(sorted(circle)) for circle in circle_of.values()})]

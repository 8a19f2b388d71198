"""repair(): a published roster kept wherever possible, around locks, absences and what has begun."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from scheduling.engines.bound import lower_bound
from scheduling.engines.relaxed import cover_prices
from scheduling.explain import Diagnosis, diagnose
from scheduling.price import objective
from scheduling.problem import Problem, make_problem
from scheduling.repair.away import Away, Day, without
from scheduling.repair.changes import Change, changes
from scheduling.repair.fast import standing
from scheduling.repair.improve import begin, improve
from scheduling.repair.keep import Keep
from scheduling.repair.offers import Offer, offers
from scheduling.repair.published import kept_of, named, strangers
from scheduling.repair.state import Mending
from scheduling.repair.verify import verify
from scheduling.roster import make_roster
from scheduling.rules import RULES, Rule
from scheduling.state import State
from wfm.errors import InputError
from wfm.model import Agent, Lock, Progress, Reason, Requirement, Roster, ScheduleSettings, Shift, Solved, Workforce, part, silent

MOVE_SHARE = 0.25  # of the price of a changed shift: a shift that stays, in which breaks or sessions move
CHANGE_PRICE = 20.0
EARLY = "the search was ended early; this is the best roster it had"


@dataclass(frozen=True, eq=False)
class Repaired:
    """solved: the mended roster; its workforce holds the absences and locks, its objective the price of the changes.

    changes: every day of everybody that differs from the published roster. offers: overtime beyond contracts that would cover what lacks.
    """

    solved: Solved
    changes: tuple[Change, ...]
    offers: tuple[Offer, ...] = ()


def repair(
    published: Roster,
    required: Requirement,
    workforce: Workforce,
    settings: ScheduleSettings,
    *,
    locks: Collection[Day] = (),
    absences: Collection[Day] = (),
    away: Collection[Away] = (),
    begun: int = 0,
    change_price: float = CHANGE_PRICE,
    progress: Progress = silent,
) -> Repaired:
    """Mend a published roster: every rule and session kept, as little changed as the price of changes makes worth while.

    locks, absences: (agent, date). away: (agent, date, from, to), parts of days, see `away.without`; they are activities of the answer's
    workforce. begun: elapsed minute of the plan before which everything stands; of a shift under way only what lies ahead inside it may
    move. change_price: of a day of somebody's on which another shift (or none) is worked; a quarter of it where the shift stays and breaks
    or sessions move; what an absence takes away costs nothing. Contradictions give reason INFEASIBLE and the
    conflicts. A progress that raises `Enough` ends the search. Raises InputError for unknown names, dates outside
    the plan, hours that do not run forward (see `verify`), a day absent twice or locked, and shifts that no contract offers.
    """
    verify(published, workforce, locks, absences, away, change_price)
    axis = required.axis
    before = named(published, workforce)
    published, workforce, still = without(before, workforce, away)
    gone = frozenset((name, axis.day_index(day)) for name, day in absences)
    fast = {(name, axis.day_index(day)) for name, day in locks} | _past(workforce, published, begun, gone) | (still - gone)
    changed = replace(workforce, agents=tuple(_bound(agent, published, fast, gone, begun) for agent in workforce.agents))
    rules = (*RULES, Keep(published, change_price, begun, gone))
    problem = make_problem(required, changed, settings, rules)
    if faults := strangers(problem, published, set(gone)):
        raise InputError(faults)
    mending = _mending(problem, published, fast, gone, change_price * MOVE_SHARE, begun)
    if not begin(mending, kept_of(problem, published, set(gone))[1], change_price, part(progress, 0.0, 0.2)):
        diagnosis = diagnose(standing(mending), part(progress, 0.1, 0.2))
        mending = _mending(problem, published, fast, gone, change_price * MOVE_SHARE, begun)
        mending.timetable = diagnosis.timetable or mending.timetable
        if diagnosis.timetable is None or not begin(mending, [], change_price, part(progress, 0.1, 0.2)):
            return _nothing(problem, diagnosis)
    if improve(mending, part(progress, 0.2, 0.8)):
        return _repaired(mending, before, rules, (), part(progress, 0.8, 1.0))
    return _repaired(mending, before, rules, (EARLY,), silent)


def _mending(
    problem: Problem, published: Roster, fast: set[tuple[str, int]], gone: frozenset[tuple[str, int]], price: float, begun: int
) -> Mending:
    kept, _ = kept_of(problem, published, set(gone))
    fixed = [{day for name, day in fast if name == worker.name} for worker in problem.workers]
    return Mending(problem, State(problem), kept, {w: one.sessions for w, one in enumerate(kept)}, price, fixed, begun)


def _past(workforce: Workforce, published: Roster, begun: int, gone: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
    """Days that are over."""
    ends = published.axis.day_starts[1:]
    return {(a.name, d) for a in workforce.agents for d, end in enumerate(ends.tolist()) if end <= begun and (a.name, d) not in gone}


def _bound(agent: Agent, published: Roster, fast: set[tuple[str, int]], gone: Collection[tuple[str, int]], begun: int) -> Agent:
    """The agent with what stands fast as locks and with absences as time off; an absence after a night that runs into it, as a day off."""
    axis, shifts = published.axis, {shift.day: shift for shift in published.of(agent.name)}
    away = {day for name, day in gone if name == agent.name}
    fixed = {day for name, day in fast if name == agent.name}
    fixed |= {day for day, shift in shifts.items() if shift.start < begun and day not in away}
    after = {d for d in away if d - 1 in fixed and d - 1 in shifts and shifts[d - 1].end > axis.day_starts[d]}
    locks = [_lock(published, day, shifts.get(day)) for day in sorted(fixed)] + [Lock(axis.dates[day], off=True) for day in sorted(after)]
    own = [lock for lock in agent.locks if lock.day not in {axis.dates[day] for day in fixed | away}]
    return replace(agent, locks=(*own, *locks), time_off=agent.time_off | {axis.dates[day] for day in away - after})


def _lock(published: Roster, day: int, shift: Shift | None) -> Lock:
    if shift is None:
        return Lock(published.axis.dates[day], off=True)
    local = published.axis.local(shift.start)
    return Lock(published.axis.dates[day], shift.template, local.hour * 60 + local.minute, shift.end - shift.start)


def _repaired(mending: Mending, published: Roster, rules: tuple[Rule, ...], notes: tuple[str, ...], progress: Progress) -> Repaired:
    problem = mending.problem
    plans = [plan for plan in mending.state.plans if plan is not None]
    roster = make_roster(problem, plans)
    price = objective(roster, problem.workforce, problem.required, problem.settings)
    paid = mending.cost - price.total
    bound = lower_bound(problem, cover_prices(problem, part(progress, 0.0, 0.4)), part(progress, 0.4, 0.7))
    total = price.total + max(paid, 0.0)
    proven = total <= bound * (1 + 1e-6) + 1e-6
    parts = {**price.parts, **({"changes": paid} if paid > 1e-6 else {})}
    reason = Reason.OPTIMAL if proven else Reason.FEASIBLE
    bound = total if proven else bound
    early = EARLY in notes
    solved = Solved(problem.required, problem.workforce, roster, reason, price.present, total, bound, parts, (), notes, (), early)
    return Repaired(solved, changes(published, roster), offers(problem, plans, rules, mending.begun, part(progress, 0.7, 1.0)))


def _nothing(problem: Problem, diagnosis: Diagnosis) -> Repaired:
    roster = Roster(problem.grid.axis, ())
    price = objective(roster, problem.workforce, problem.required, problem.settings)
    reason = Reason.INFEASIBLE if diagnosis.conflicts else Reason.NOTHING_FOUND
    notes = () if diagnosis.conflicts else ("no way was found to mend the roster, and no contradiction either",)
    found = Solved(
        problem.required, problem.workforce, roster, reason, price.present, price.total, 0.0, price.parts, diagnosis.conflicts, notes
    )
    return Repaired(found, ())

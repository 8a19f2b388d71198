"""Hand-made outcomes and results: what scheduling and simulation would hand over, small enough to check by head."""

from dataclasses import replace
from datetime import date

import numpy as np

from tests.samples import AGENT, AXIS, CALLS, DAY, FULL_TIME, LUNCH, MONDAY, flat_forecast, flat_requirement
from wfm.model import (
    WAIT_EDGES_S,
    Accuracy,
    Activity,
    ActivityKind,
    Agent,
    Channel,
    Conflict,
    Kind,
    Outcome,
    Queue,
    Reason,
    Requirement,
    Result,
    Roster,
    Segment,
    Shift,
    Solved,
    Target,
    TimeAxis,
    Workforce,
)
from wfm.report import summarise

MAIL = Queue("mail", Channel.EMAIL, Target(0.9, 28800), hours=CALLS.hours, handle_s=300)
COURSE = Activity("course", ActivityKind.TRAINING, 60, ("ann", "bob"), MONDAY, date(2026, 3, 6))
TEAM = Workforce((AGENT, Agent("bob", "full time", ("calls",))), (FULL_TIME,), (DAY,), (COURSE,))


def outcome(
    replications: int = 6, axis: TimeAxis = AXIS, queues: tuple[Queue, ...] = (CALLS,), load: float = 8.0, seed: int = 1
) -> Outcome:
    """Random but consistent: offered = answered + abandoned + unanswered, nothing while closed."""
    rng = np.random.default_rng(seed)
    shape = (replications, len(queues), axis.n_intervals)
    is_open = np.array([queue.hours.mask(axis) for queue in queues], bool)
    offered = rng.poisson(load * np.broadcast_to(is_open, shape)).astype(float)
    abandoned = rng.binomial(offered.astype(int), 0.05).astype(float)
    unanswered = rng.binomial((offered - abandoned).astype(int), 0.01).astype(float)
    answered = offered - abandoned - unanswered
    quick = rng.binomial(answered.astype(int), 0.8).astype(float)
    given_up = rng.binomial(abandoned.astype(int), 0.4).astype(float)
    counts = np.zeros((replications, len(queues), len(WAIT_EDGES_S) + 1))
    counts[..., 0] = (quick + given_up).sum(axis=-1)
    counts[..., 2] = (answered + abandoned - quick - given_up).sum(axis=-1)
    return Outcome(
        axis,
        queues,
        offered,
        answered,
        quick,
        abandoned,
        given_up,
        unanswered,
        quick + given_up,
        20 * answered + 40 * abandoned,
        20 * answered,
        240 * answered,
        np.broadcast_to(2000.0 * is_open.any(axis=0), (replications, axis.n_intervals)),
        counts,
    )


def silent_outcome(replications: int = 3, axis: TimeAxis = AXIS) -> Outcome:
    """Nobody calls and nobody is there."""
    found = outcome(replications, axis, load=0.0)
    return replace(found, present_s=np.zeros_like(found.present_s))


def shift(agent: str, day: int, course_at: int | None = None, axis: TimeAxis = AXIS) -> Shift:
    """09:00–17:00 with lunch at 12:30, and the course where wanted (a wall-clock minute in the morning)."""
    begin = axis.minute(day, 540)
    cuts = [(540, 750, Kind.WORK, "work"), (750, 780, Kind.BREAK, LUNCH.name), (780, 1020, Kind.WORK, "work")]
    if course_at:
        course = [(540, course_at, Kind.WORK, "work"), (course_at, course_at + 60, Kind.ACTIVITY, "course")]
        cuts = [*course, (course_at + 60, 750, Kind.WORK, "work"), *cuts[1:]]
    parts = (
        Segment(begin + a - 540, begin + b - 540, kind, name, ("calls",) if kind is Kind.WORK else (), kind is not Kind.BREAK)
        for a, b, kind, name in cuts
    )
    return Shift(agent, day, "day", tuple(parts))


def roster(axis: TimeAxis = AXIS) -> Roster:
    """Ann and Bob work Monday to Friday; both attend the course on Tuesday at 10:00."""
    return Roster(axis, tuple(shift(agent, day, 600 if day == 1 else None, axis) for agent in ("ann", "bob") for day in range(5)))


def present(placed: Roster, queues: tuple[str, ...] = ("calls",)) -> np.ndarray:
    """Agents at work per queue and interval, counted minute by minute."""
    axis = placed.axis
    minutes = np.zeros((len(queues), axis.minutes))
    for part in (segment for each in placed.shifts for segment in each.segments):
        for queue in part.queues:
            minutes[queues.index(queue), part.start : part.end] += 1
    return minutes.reshape(len(queues), -1, axis.step_minutes).mean(axis=2)


def solved(need: int = 2, workforce: Workforce = TEAM, placed: Roster | None = None, required: Requirement | None = None) -> Solved:
    """The roster above against a flat requirement."""
    placed = placed or roster()
    required = required or flat_requirement(need)
    return Solved(
        required, workforce, placed, Reason.FEASIBLE, present(placed, required.queues), 1000.0, 950.0, {"under": 1000.0}, (), ("a note",)
    )


def result(seed: int = 1, currency: str = "EUR", **twists: object) -> Result:
    """A whole plan's result."""
    answer = solved(**twists)
    told = outcome(seed=seed)
    accuracy = (
        Accuracy("calls", "profile", 4, 0.21, 0.08, 0.01, 0.79, 0.16),
        Accuracy("calls", "planner", 4, 0.27, 0.11, -0.02, float("nan"), 0.16),
    )
    predicted = replace(flat_forecast(8.0), accuracy=accuracy, notes=("a forecast note",))
    return Result(predicted, answer.required, answer, told, summarise(told, answer, currency), {"forecast": 0.1, "schedule": 1.2})


def contradiction() -> Result:
    """What plan gives where the hard rules cannot all hold."""
    conflict = Conflict("ann", "2026-03-03", ("rest_hours", "course"), "ann cannot rest 11 h and attend <course> on Tuesday")
    empty = Roster(AXIS, ())
    answer = replace(solved(placed=empty), reason=Reason.INFEASIBLE, objective=float("inf"), bound=float("nan"), conflicts=(conflict,))
    return Result(flat_forecast(8.0), answer.required, answer, seconds={"forecast": 0.1})

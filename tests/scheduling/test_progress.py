"""Progress is told, and may stop the work anywhere."""

from dataclasses import replace

import numpy as np
import pytest

from scheduling import schedule
from scheduling.engines.whole import optimise
from scheduling.problem import make_problem
from scheduling.state import State
from tests.scheduling.small import Centre, agent, axis, fixed, flat, team, training
from wfm.errors import Cancelled

COURSE = training(60, ("ann", "bob"), 0, 1, group_size=2)
SOUND = Centre(flat(axis(3), 1.3, 1), team(agent("ann"), agent("bob", ("mail", "calls")), activities=[COURSE], min_hours_week=7))
WRONG = Centre(flat(axis(3), 1), team(agent("ann"), agent("bob"), activities=[COURSE, fixed(1, 300, name="night")]))
HARD = Centre(flat(axis(3), 1.3, 1.7), team(*(agent(f"agent {n}", ("calls", "mail")[n % 2 :]) for n in range(5)), min_hours_week=7))


def told(centre: Centre) -> list[tuple[str, float]]:
    calls: list[tuple[str, float]] = []
    schedule(centre.required, centre.workforce, centre.settings, lambda message, share: calls.append((message, share)))
    return calls


@pytest.mark.parametrize("centre", [SOUND, WRONG, HARD])
def test_shares_stay_inside_and_hardly_ever_fall(centre: Centre) -> None:
    shares = [share for _, share in told(centre)]
    assert all(0 <= share <= 1 for share in shares)
    assert all(share >= max(shares[: n + 1]) - 0.1 for n, share in enumerate(shares))


@pytest.mark.parametrize("centre", [SOUND, WRONG, HARD])
def test_every_message_says_something(centre: Centre) -> None:
    calls = told(centre)
    assert len(calls) > 3
    assert all(message.strip() for message, _ in calls)


@pytest.mark.parametrize("centre", [SOUND, WRONG, HARD])
def test_a_progress_that_cancels_stops_the_work_wherever_it_is(centre: Centre) -> None:
    for last in range(len(told(centre))):
        calls = 0

        def stop(_message: str, _share: float, last: int = last) -> None:
            nonlocal calls
            calls += 1
            if calls > last:
                raise Cancelled

        with pytest.raises(Cancelled):
            schedule(centre.required, centre.workforce, centre.settings, stop)
        assert calls == last + 1


def test_the_proof_of_a_small_case_can_be_cancelled_too() -> None:
    """From a roster of the fewest hours the whole model finds better ones, and tells of each."""
    problem = make_problem(SOUND.required, replace(SOUND.workforce, activities=()), SOUND.settings)
    state = State(problem)
    for w, worker in enumerate(problem.workers):
        state.put(w, worker.best(np.full(problem.grid.cells, -1.0)))

    def stop(_message: str, _share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        optimise(problem, state, 1.0, stop)


def test_every_stage_of_the_search_is_told() -> None:
    messages = [message for message, _ in told(HARD)]
    for stage in ("pricing the cover", "a time for every session", "first roster", "improving", "bound"):
        assert any(message.startswith(stage) for message in messages), stage

"""Progress is told, and may stop the work anywhere."""

import pytest

from scheduling import schedule
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

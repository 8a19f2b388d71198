"""Where a tight space holds nothing, a schedule of the loose one takes its place."""

from datetime import date

from scheduling import check
from tests.scheduling.small import Centre, agent, axis, flat
from wfm.model import Contract, PastShift, Reason, ShiftTemplate, Workforce

FRIDAY = date(2026, 3, 20)
EARLY, NIGHT = ShiftTemplate("early", 360, 360, (480,), 60), ShiftTemplate("night", 1320, 1320, (480,), 60)


def test_hours_on_average_that_only_one_week_can_give_are_worked_in_it() -> None:
    """Shared out, either week is due some of the hours; but the first has no day left, since one was worked before the plan."""
    contract = Contract("any", ("early", "night"), max_days_week=1, rest_hours=0, min_days_off=2, average_weeks=2, min_hours_average=4)
    ann = agent(history=(PastShift(date(2026, 3, 16), 360, 840, 480, "early"),))
    centre = Centre(flat(axis(5, start=FRIDAY), 1), Workforce((ann,), (contract,), (EARLY, NIGHT)))
    solved = centre.solved(effort=0.02)
    assert solved.reason is Reason.OPTIMAL
    assert check(solved.roster, centre.workforce, centre.required.axis) == ()
    assert [shift.day >= 3 for shift in solved.roster.shifts] == [True]

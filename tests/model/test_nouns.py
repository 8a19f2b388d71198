"""The nouns check themselves and cannot be edited in place."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import numpy as np
import pytest

from tests.samples import AGENT, AXIS, CALLS, DAY, FULL_TIME, TEAM, flat_forecast, flat_requirement
from wfm.model import Activity, ActivityKind, Break, Channel, Kind, Segment, Shift, Shrinkage, Target

TRAINING = Activity("product", ActivityKind.TRAINING, 120, ("ann", "bob"), date(2026, 3, 2), date(2026, 3, 6))


def test_arrays_are_read_only_copies() -> None:
    predicted = flat_forecast(5)
    with pytest.raises(ValueError, match="read-only"):
        predicted.mean[0, 0] = 1


def test_fields_cannot_be_assigned() -> None:
    with pytest.raises(FrozenInstanceError):
        CALLS.name = "other"  # type: ignore[misc]


def test_a_wrong_shape_names_the_noun_and_both_shapes() -> None:
    with pytest.raises(ValueError, match=r"Requirement.paid has shape \(1, 3\), expected \(1, 672\)"):
        replace(flat_requirement(3), paid=np.zeros((1, 3)))


@pytest.mark.parametrize(
    "broken",
    [
        lambda: replace(CALLS, handle_s=0),
        lambda: replace(CALLS, handle_cv=-1),
        lambda: replace(CALLS, patience_s=0),
        lambda: replace(CALLS, concurrency=2),
        lambda: replace(CALLS, channel=Channel.CHAT, concurrency=0),
        lambda: Target(1.2),
        lambda: Target(within_s=-1),
        lambda: Target(max_occupancy=0),
        lambda: replace(DAY, start_from=600),
        lambda: replace(DAY, lengths=(200,)),
        lambda: Break("tea", 0, 10, 20),
        lambda: replace(FULL_TIME, min_hours_week=50),
        lambda: replace(FULL_TIME, max_days_week=8),
        lambda: replace(TRAINING, minutes=0),
        lambda: replace(TRAINING, latest=date(2026, 3, 1)),
        lambda: replace(TRAINING, from_minute=600, to_minute=660),
        lambda: replace(TRAINING, sessions=2, at=((date(2026, 3, 2), 540),)),
        lambda: replace(TEAM, agents=(AGENT, AGENT)),
        lambda: replace(TEAM, agents=(replace(AGENT, contract="none"),)),
        lambda: replace(TEAM, activities=(replace(TRAINING, attendees=("zoe",)),)),
        lambda: Shift("ann", 0, "day", ()),
        lambda: Shift("ann", 0, "day", (Segment(0, 60, Kind.WORK, "work"), Segment(75, 90, Kind.BREAK, "tea"))),
    ],
)
def test_impossible_nouns_are_refused(broken) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        broken()


def test_training_hours_count_every_attendee_and_session() -> None:
    assert replace(TRAINING, sessions=3).hours == 12


def test_groups_cut_attendees_in_the_order_given() -> None:
    assert TRAINING.groups() == (("ann",), ("bob",))
    assert replace(TRAINING, group_size=8).groups() == (("ann", "bob"),)


def test_additive_and_compound_shrinkage_give_the_published_34_and_29_point_7_percent() -> None:
    shares = tuple((str(i), s) for i, s in enumerate((0.10, 0.06, 0.07, 0.045, 0.03, 0.035)))
    assert Shrinkage(shares).share == pytest.approx(0.34)
    assert Shrinkage(shares, "compound").share == pytest.approx(0.297, abs=5e-4)


def test_paid_minutes_leave_out_unpaid_breaks() -> None:
    assert DAY.paid_minutes(480) == 450


def test_axis_of_samples_is_one_week() -> None:
    assert AXIS.n_intervals == 672

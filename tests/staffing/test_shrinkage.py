"""Paid agents: shrinkage by category, basis and time of day."""

import numpy as np
import pytest

from tests.samples import AXIS, CALLS, OFFICE, flat_forecast
from wfm.errors import ScenarioError
from wfm.model import Shrinkage, ShrinkageWindow, StaffingSettings
from wfm.staffing import require

OPEN = OFFICE.mask(AXIS)
LUNCH = ShrinkageWindow("breaks", 720, 840, 0.3)


def _need(shrinkage):
    return require(flat_forecast(20.0), (CALLS,), StaffingSettings(shrinkage=shrinkage))


@pytest.mark.parametrize(("basis", "noon", "else_"), [("additive", 0.4, 0.15), ("compound", 1 - 0.9 * 0.7, 1 - 0.9 * 0.95)])
def test_a_share_by_the_time_of_day_pays_more_agents_then_and_no_fewer_are_present(basis, noon, else_):
    need = _need(Shrinkage((("sick", 0.1), ("breaks", 0.05)), basis, (LUNCH,)))
    at_noon = OPEN & (AXIS.wall_minute >= 720) & (AXIS.wall_minute < 840)
    assert need.paid[0, at_noon] == pytest.approx(need.rostered[0, at_noon] / (1 - noon))
    assert need.paid[0, OPEN & ~at_noon] == pytest.approx(need.rostered[0, OPEN & ~at_noon] / (1 - else_))
    assert len(np.unique(need.present[0, OPEN])) == 1
    assert f"{else_:.1%} to {noon:.1%} by the time of day" in need.definition[0]


def test_the_definition_names_every_category():
    assert "shrinkage 15.0% (additive): sick 10.0%, breaks 5.0%" in _need(Shrinkage((("sick", 0.1), ("breaks", 0.05)))).definition[0]


def test_shares_that_leave_nobody_at_noon_are_refused():
    with pytest.raises(ScenarioError, match="shrinkage"):
        _need(Shrinkage((("sick", 0.8), ("breaks", 0.0)), "additive", (LUNCH,)))


def test_the_largest_share_is_found_where_windows_overlap():
    windows = (LUNCH, ShrinkageWindow("sick", 800, 900, 0.5))
    assert Shrinkage((("sick", 0.1), ("breaks", 0.05)), "additive", windows).largest == pytest.approx(0.8)

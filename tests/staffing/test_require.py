"""The verb `require`."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.samples import AXIS, CALLS, MONDAY, OFFICE, flat_forecast
from wfm.errors import ScenarioError
from wfm.model import Calendar, Channel, Forecast, OpeningHours, Queue, ServiceLevel, Shrinkage, StaffingSettings, Target, TimeAxis
from wfm.queueing import evaluate
from wfm.staffing import require

OPEN = OFFICE.mask(AXIS)


def _service(queue, predicted, agents, model):
    return evaluate(
        model,
        calls=predicted.mean[0],
        interval_s=900,
        aht_s=predicted.handle_s[0],
        agents=agents,
        patience_s=queue.patience_s,
        within_s=queue.target.within_s,
    )


def test_present_meets_the_target_and_one_agent_fewer_does_not():
    predicted = flat_forecast(20.0)
    need = require(predicted, (CALLS,), StaffingSettings())
    assert (_service(CALLS, predicted, need.present[0], "A").sl_offered[OPEN] >= 0.8).all()
    assert (_service(CALLS, predicted, need.present[0] - OPEN, "A").sl_offered[OPEN] < 0.8).all()
    assert need.service[0, OPEN] == pytest.approx(_service(CALLS, predicted, need.present[0], "A").sl_offered[OPEN])


def test_nobody_is_required_while_closed_and_service_is_unknown_there():
    need = require(flat_forecast(20.0), (CALLS,), StaffingSettings(absence=0.1))
    for numbers in (need.present, need.rostered, need.paid):
        assert (numbers[0, ~OPEN] == 0).all()
    assert np.isnan(need.service[0, ~OPEN]).all()
    assert not np.isnan(need.service[0, OPEN]).any()


def test_a_closed_date_needs_nobody():
    shut = StaffingSettings(calendar=Calendar(frozenset({MONDAY})))
    assert require(flat_forecast(20.0), (CALLS,), shut).present[0, AXIS.day == 0].sum() == 0


def test_an_open_interval_without_contacts_needs_only_the_minimum():
    settings = StaffingSettings()
    assert require(flat_forecast(0.0), (CALLS,), settings).present.sum() == 0
    need = require(flat_forecast(0.0), (replace(CALLS, min_agents=2),), settings)
    assert need.present[0].tolist() == (2.0 * OPEN).tolist()
    assert (need.service[0, OPEN] == 1).all()


def test_the_model_is_a_where_patience_is_known_and_c_where_not():
    predicted = flat_forecast(20.0)
    a, c = require(predicted, (CALLS,), StaffingSettings()), require(predicted, (replace(CALLS, patience_s=None),), StaffingSettings())
    forced = require(predicted, (CALLS,), StaffingSettings(model="C"))
    assert a.present.max() < c.present.max()
    assert forced.present.tolist() == c.present.tolist()
    assert "Erlang A" in a.definition[0]
    assert "Erlang C" in c.definition[0]


def test_absence_rounds_the_rostered_up_and_shrinkage_grosses_up_the_paid():
    shrinkage = Shrinkage((("sick", 0.1), ("holiday", 0.2)), "additive")
    need = require(flat_forecast(20.0), (CALLS,), StaffingSettings(absence=0.05, shrinkage=shrinkage))
    assert need.rostered.tolist() == np.ceil(need.present / 0.95 - 1e-9).tolist()
    assert need.paid == pytest.approx(need.rostered / 0.7)
    assert "30.0% (additive)" in need.definition[0]


def test_absence_that_divides_evenly_adds_no_agent_by_rounding():
    need = require(flat_forecast(0.0), (replace(CALLS, min_agents=9),), StaffingSettings(absence=0.1))
    assert need.rostered.max() == 10


def test_compound_shrinkage_pays_less_than_additive():
    parts = (("sick", 0.1), ("holiday", 0.2))
    paid = [
        require(flat_forecast(20.0), (CALLS,), StaffingSettings(shrinkage=Shrinkage(parts, basis))).paid.max()
        for basis in ("additive", "compound")
    ]
    assert paid[1] < paid[0]


def test_staffing_to_a_quantile_uses_that_quantile_of_the_paths():
    predicted = flat_forecast(20.0, paths=200)
    need = require(predicted, (CALLS,), StaffingSettings(risk=0.9))
    certain = replace(predicted, mean=np.quantile(predicted.paths, 0.9, axis=0))
    assert need.present.tolist() == require(certain, (CALLS,), StaffingSettings()).present.tolist()
    assert need.present.sum() > require(predicted, (CALLS,), StaffingSettings()).present.sum()
    assert "90% quantile" in need.definition[0]


def test_an_occupancy_cap_is_honoured():
    busy = replace(CALLS, target=Target(0.5, 120, max_occupancy=0.7))
    predicted = flat_forecast(60.0)
    need = require(predicted, (busy,), StaffingSettings())
    assert _service(busy, predicted, need.present[0], "A").occupancy.max() <= 0.7
    assert _service(busy, predicted, need.present[0] - OPEN, "A").occupancy.max() > 0.7


@pytest.mark.parametrize("definition", list(ServiceLevel))
def test_service_is_told_by_the_queues_own_definition(definition):
    queue = replace(CALLS, target=Target(0.8, 20, definition))
    predicted = flat_forecast(20.0)
    need = require(predicted, (queue,), StaffingSettings())
    assert need.service[0, OPEN] == pytest.approx(_service(queue, predicted, need.present[0], "A")[f"sl_{definition}"][OPEN])
    assert f"({definition})" in need.definition[0]


def test_chats_need_whole_agents_for_their_slots():
    chat = Queue("calls", Channel.CHAT, Target(0.8, 30), OFFICE, 700, patience_s=120, concurrency=3)
    predicted = flat_forecast(50.0, queue=chat)
    need = require(predicted, (chat,), StaffingSettings(offered_load="stationary"))
    assert need.present.max() == 13
    assert (_service(chat, predicted, need.present[0] * 3, "A").sl_offered[OPEN] >= 0.8).all()
    assert (_service(chat, predicted, (need.present[0] - OPEN) * 3, "A").sl_offered[OPEN] < 0.8).all()
    assert "3 chats" in need.definition[0]


def test_queues_come_in_the_order_asked_whatever_the_forecasts_order():
    one, two = flat_forecast(20.0), flat_forecast(5.0)
    both = Forecast(
        AXIS,
        ("few", "calls"),
        np.vstack([two.mean, one.mean]),
        np.concatenate([two.paths, one.paths], axis=1),
        np.concatenate([two.quantiles, one.quantiles], axis=1),
        np.vstack([two.handle_s, one.handle_s]),
        one.levels,
    )
    need = require(both, (CALLS, replace(CALLS, name="few")), StaffingSettings())
    assert need.queues == ("calls", "few")
    assert need.present[0].max() > need.present[1].max()


def test_days_with_a_clock_change_are_staffed_by_their_wall_clock():
    axis = TimeAxis(date(2026, 3, 28), 2, 15, "Europe/Berlin")
    always = replace(CALLS, hours=OpeningHours((((540, 1020),),) * 7))
    need = require(flat_forecast(20.0, axis=axis, queue=always), (always,), StaffingSettings())
    assert axis.n_intervals == 96 + 92
    assert [int((need.present[0, axis.day == day] > 0).sum()) for day in (0, 1)] == [32, 32]


@pytest.mark.parametrize("bad", [np.nan, 0.0])
def test_contacts_without_a_handle_time_are_refused_by_the_queues_name(bad):
    predicted = flat_forecast(20.0)
    with pytest.raises(ValueError, match=r"queue calls: .* handle time"):
        require(replace(predicted, handle_s=np.full_like(predicted.mean, bad)), (CALLS,), StaffingSettings())


def test_an_unknown_handle_time_where_nobody_calls_does_no_harm():
    predicted = flat_forecast(20.0)
    holes = np.where(OPEN, predicted.handle_s, np.nan)
    assert require(replace(predicted, handle_s=holes), (CALLS,), StaffingSettings()).present.max() > 0


def test_a_queue_the_forecast_lacks_is_named():
    with pytest.raises(ValueError, match="no queue 'mail'"):
        require(flat_forecast(20.0), (replace(CALLS, name="mail"),), StaffingSettings())


def test_all_faults_of_the_settings_are_told_at_once():
    settings = StaffingSettings(model="A", risk=1.5, absence=1.0, shrinkage=Shrinkage((("all", 1.2),)))
    with pytest.raises(ScenarioError) as caught:
        require(flat_forecast(20.0), (replace(CALLS, patience_s=None),), settings)
    assert len(caught.value.faults) == 4
    with pytest.raises(ScenarioError, match="one of auto, C, A, X, chat, deferred"):
        require(flat_forecast(20.0), (CALLS,), StaffingSettings(model="Z"))

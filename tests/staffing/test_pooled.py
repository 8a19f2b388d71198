"""One queue of everything, as a bound."""

from dataclasses import replace

import numpy as np
import pytest

from tests.samples import AXIS, CALLS, OFFICE, flat_forecast
from wfm.model import Channel, Forecast, Queue, StaffingSettings, Target
from wfm.queueing import agents_needed
from wfm.staffing import pooled, require

SERVICE = replace(CALLS, name="service", target=Target(0.7, 30), handle_s=360)
MAIL = Queue("mail", Channel.EMAIL, Target(0.95, 4 * 3600), OFFICE, 300)


def _forecast(*queues, per_interval=20.0):
    single = [flat_forecast(per_interval, queue=queue) for queue in queues]
    joined = (np.concatenate([getattr(one, part) for one in single], axis=-2) for part in ("mean", "paths", "quantiles", "handle_s"))
    mean, paths, quantiles, handle_s = joined
    return Forecast(AXIS, tuple(queue.name for queue in queues), mean, paths, quantiles, handle_s, single[0].levels)


def test_pooled_queues_are_staffed_as_one_with_the_mean_handle_time_and_the_mildest_target():
    bound = pooled(_forecast(CALLS, SERVICE), (CALLS, SERVICE), StaffingSettings())
    by_hand = agents_needed("A", calls=40, interval_s=900, aht_s=300, patience_s=120, sl_target=0.7, within_s=30)
    assert bound.present.max() == by_hand
    assert bound.present[~OFFICE.mask(AXIS)].sum() == 0
    assert "one queue of calls, service: 70% within 30 s" in bound.definition


def test_pooling_never_takes_more_agents_than_the_queues_alone():
    queues = (CALLS, SERVICE)
    for per_interval in (1.0, 5.0, 20.0, 60.0):
        predicted = _forecast(*queues, per_interval=per_interval)
        alone = require(predicted, queues, StaffingSettings()).present.sum(axis=0)
        assert (pooled(predicted, queues, StaffingSettings()).present <= alone).all()


def test_an_agent_with_several_chats_gives_each_a_part_of_its_time():
    chat = Queue("chat", Channel.CHAT, Target(0.8, 20), OFFICE, 480, patience_s=120, concurrency=2)
    bound = pooled(_forecast(CALLS, chat), (CALLS, chat), StaffingSettings(offered_load="stationary"))
    assert bound.present.max() == agents_needed("A", calls=40, interval_s=900, aht_s=240, patience_s=120, sl_target=0.8)


def test_work_that_may_wait_is_left_out_and_one_queue_has_no_bound():
    assert pooled(_forecast(CALLS, MAIL), (CALLS, MAIL), StaffingSettings()) is None
    assert pooled(_forecast(CALLS, SERVICE, MAIL), (CALLS, SERVICE, MAIL), StaffingSettings()).queues == ("calls", "service")


def test_patience_is_pooled_by_the_rate_of_hanging_up():
    never = replace(SERVICE, patience_s=None)
    bound = pooled(_forecast(CALLS, never), (CALLS, never), StaffingSettings())
    assert "mean patience 240 s" in bound.definition
    both = (replace(CALLS, patience_s=None), never)
    assert "Erlang C" in pooled(_forecast(*both), both, StaffingSettings()).definition


@pytest.mark.parametrize("contacts", [0.0, 1e-6])
def test_next_to_nothing_to_do_is_no_trouble(contacts):
    bound = pooled(_forecast(CALLS, SERVICE, per_interval=contacts), (CALLS, SERVICE), StaffingSettings())
    assert bound.present.max() <= 1

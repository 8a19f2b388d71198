from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.report.made import MAIL, outcome, present, result, roster, shift, silent_outcome, solved
from tests.samples import AXIS, CALLS, OFFICE, flat_forecast, flat_requirement
from wfm.model import LedgerRow, Roster, TimeAxis
from wfm.report import compare, figures, run_figures
from wfm.report.daily import service_by_day
from wfm.report.figures import style


def trace(figure, name):
    return next(found for found in figure.data if found.name == name)


def test_the_forecast_by_day_shows_day_totals_inside_bands_of_the_paths():
    told = flat_forecast(8.0)
    figure = figures.forecast_by_day(told, "calls")
    assert list(trace(figure, "expected").y) == pytest.approx(AXIS.by_day(told.mean[0]))
    low, high = (np.array(trace(figure, name).y) for name in ("80% band, low", "80% band"))
    totals = AXIS.by_day(told.paths[:, 0])
    assert low == pytest.approx(np.quantile(totals, 0.1, axis=0))
    assert high == pytest.approx(np.quantile(totals, 0.9, axis=0))


def test_the_forecast_by_interval_shows_the_days_asked_for():
    figure = figures.forecast_by_interval(flat_forecast(8.0), "calls", first_day=1, days=2)
    expected = trace(figure, "expected")
    assert len(expected.y) == 192
    assert (expected.x0, expected.dx) == ("2026-03-03T00:00", 900_000)


def test_coverage_shades_exactly_what_lacks():
    answer = solved()
    figure = figures.coverage(answer, "calls")
    need, have = (np.array(trace(figure, name).y) for name in ("required", "rostered"))
    assert need == pytest.approx(answer.required.rostered[0])
    assert have == pytest.approx(answer.present[0])
    lack = np.array(trace(figure, "short").y) - np.array(trace(figure, "covered").y)
    assert lack.sum() * AXIS.step_minutes / 60 == pytest.approx(7.0)
    assert trace(figure, "required").line.shape == "hv"
    assert trace(figure, "short").fill == "tonexty"


def test_the_chooser_offers_weeks_and_the_days_with_work():
    figure = figures.coverage(solved(), "calls", chooser=True)
    labels = [button.label for button in figure.layout.updatemenus[0].buttons]
    assert labels == ["week of 02 Mar", "Mon 02 Mar", "Tue 03 Mar", "Wed 04 Mar", "Thu 05 Mar", "Fri 06 Mar", "whole plan"]
    assert list(figure.layout.xaxis.range) == ["2026-03-02", "2026-03-09"]


def test_a_queue_that_is_never_open_still_has_a_figure():
    nothing = replace(solved(), required=flat_requirement(0), present=np.zeros((1, AXIS.n_intervals)))
    assert [button.label for button in figures.coverage(nothing, "calls", chooser=True).layout.updatemenus[0].buttons] == ["whole plan"]


def test_service_by_day_is_a_ratio_of_sums_with_its_interval_and_nothing_on_closed_days():
    told = outcome()
    figure = figures.service_days(told, "calls")
    points = trace(figure, "service level")
    days = AXIS.by_day(told.answered_in_target[:, 0]).sum(axis=0)[:5] / AXIS.by_day(told.offered[:, 0]).sum(axis=0)[:5]
    assert np.array(points.y)[:5] == pytest.approx(days)
    assert np.isnan(np.array(points.y, float)[5:]).all()
    assert (np.array(points.error_y.array, float)[:5] > 0).all()
    assert set(trace(figure, "target").y) == {0.8}


def test_a_day_on_which_nobody_came_is_no_day_of_full_service():
    points = trace(figures.service_days(silent_outcome(), "calls"), "service level")
    assert np.isnan(np.array(points.y, float)).all()


def test_the_share_of_days_on_target_is_counted_over_replications():
    told = outcome()
    top, bottom = AXIS.by_day(told.answered_in_target[:, 0]), AXIS.by_day(told.offered[:, 0])
    assert service_by_day(told, "calls").met[:5] == pytest.approx((top >= 0.8 * bottom).mean(axis=0)[:5])


def test_service_by_interval_keeps_inside_its_band():
    figure = figures.service_intervals(outcome(), "calls", first_day=0, days=1)
    low, value, high = (np.array(trace(figure, name).y, float) for name in ("low", "service level", "95 % interval"))
    known = ~np.isnan(value)
    assert known.sum() == 32  # eight hours of quarters
    assert (low[known] <= value[known]).all()
    assert (value[known] <= high[known]).all()


def test_a_mail_queue_is_titled_by_its_due_time():
    assert "within due time" in figures.service_days(outcome(queues=(MAIL,)), "mail").layout.title.text


def test_the_roster_of_a_day_has_a_bar_for_each_segment():
    figure = figures.roster_day(roster(), 1)
    bars = {found.name: len(found.x) for found in figure.data}
    assert bars == {"on the queues": 6, "break": 2, "training, coaching, meeting": 2}
    total = sum(sum(found.x) for found in figure.data) / 3_600_000
    assert total == pytest.approx(16.0)


def test_a_day_without_shifts_is_an_empty_roster_not_an_error():
    assert sum(len(found.x) for found in figures.roster_day(roster(), 6).data) == 0
    assert figures.roster_heatmap(Roster(AXIS, ())).data


def test_the_heatmap_counts_the_same_work_as_the_coverage():
    placed = roster()
    table = np.array(figures.roster_heatmap(placed).data[0].z)
    assert ((table == 1.5).sum(axis=0) == present(placed)[0]).all()


def test_the_ledger_bars_add_up_to_what_was_planned():
    rows = (LedgerRow("course", "training", 10.0, 6.0, 1.0, 3.0),)
    figure = figures.training_bars(rows)
    assert sum(trace(figure, part).x[0] for part in ("delivered", "owed", "cancelled")) == trace(figure, "planned").x[0] == 10.0


def test_the_comparison_chart_has_the_centre_and_each_queue():
    runs = [run_figures(name, result(), 1) for name in ("base", "other")]
    figure = figures.comparison_chart(compare(runs))
    assert [found.name for found in figure.data] == ["centre", "calls"]
    assert list(figure.data[0].x) == ["base", "other"]


def test_on_the_day_of_25_hours_every_interval_keeps_its_wall_clock_time():
    axis = TimeAxis(date(2026, 10, 25), 1, 60, "Europe/Berlin")
    x = style.spaced(axis, style.days_of(axis))["x"]
    assert len(x) == 25
    times = np.asarray(x).astype("datetime64[ms]").astype(str)
    assert [time[11:13] for time in times[1:5]] == ["01", "02", "02", "03"]


def test_markup_in_names_is_text():
    name = "<a href='x'>q</a>"
    queue = replace(CALLS, name=name, hours=OFFICE)
    figure = figures.service_days(outcome(queues=(queue,)), name)
    assert "<a" not in figure.layout.title.text
    day = figures.roster_day(Roster(AXIS, (shift(name, 0),)), 0)
    assert all("<a" not in label for found in day.data for label in found.y)

"""Figures, tables and small texts: checked by their data, not their pixels."""

import base64
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from tests.report import made
from tests.samples import OFFICE
from wfm.model import OpeningHours, TimeAxis
from wfm.report import compare, run_figures
from wfm.report.totals import day_totals
from wfm.ui.parts import centre, comparison, coverage_figures, forecast_figures, measures, roster_canvas, roster_table, style
from wfm.ui.parts.ledger import verdict
from wfm.ui.parts.roster_canvas import Bar
from wfm.ui.parts.simulation_figures import duration, shares_by_day, wait_labels
from wfm.ui.parts.text import counted, file_name, name_key, plain

BERLIN = ZoneInfo("Europe/Berlin")


def stamps(day: date) -> list[str]:
    axis = TimeAxis(day, 1, 60, "Europe/Berlin")
    return [axis.stamp(int(minute)) for minute in axis.interval_minutes]


def test_the_clock_axis_of_a_day_of_25_hours_names_the_repeated_hour_twice():
    told = stamps(date(2026, 10, 25))
    figure = style.clock_axis(coverage_figures.day(told, np.ones(25), np.ones(25)), told, every_hours=1)
    assert len(figure.layout.xaxis.tickvals) == 25
    assert figure.layout.xaxis.ticktext.count("02:00") == 2
    assert style.clocks(told)[2:4] == ["02:00 (+02:00)", "02:00 (+01:00)"]


def test_the_clock_axis_of_a_day_of_23_hours_leaves_the_skipped_hour_out():
    told = stamps(date(2026, 3, 29))
    figure = style.clock_axis(coverage_figures.day(told, np.ones(23), np.ones(23)), told, every_hours=1)
    assert "02:00" not in figure.layout.xaxis.ticktext


def test_missing_agents_stand_on_top_of_those_who_are_there():
    figure = coverage_figures.day(stamps(date(2026, 3, 2))[:3], [3, 3, 1], [2, 3, 4])
    missing = next(trace for trace in figure.data if trace.name == "missing")
    assert list(missing.y) == [1, 0, 0]
    assert list(missing.base) == [2, 3, 4]


def test_coverage_is_drawn_from_the_start_of_each_interval_to_its_end():
    figure = coverage_figures.day(stamps(date(2026, 3, 2))[:3], [3, 3, 1], [2, 3, 4])
    assert all((bar.offset, bar.width) == (0, 1) for bar in figure.data if bar.type == "bar")
    required = figure.data[-1]
    assert (required.line.shape, list(required.x), list(required.y)) == ("hv", ["00:00", "01:00", "02:00", "end"], [3, 3, 1, 1])


def test_bands_pair_the_levels_that_mirror_each_other_widest_first():
    assert forecast_figures.pairs(dict.fromkeys((0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.99), ())) == [
        (0.025, 0.975),
        (0.1, 0.9),
        (0.25, 0.75),
    ]


def test_a_forecast_without_a_band_shows_the_mean_alone():
    figure = forecast_figures.days(["2026-03-02"], [5.0], [np.nan], [np.nan], "80 % band")
    assert "band" not in figure.data[0].hovertemplate


@pytest.mark.parametrize("days", [1, 14, 15, 365])
def test_a_long_plan_names_its_weeks_and_a_short_one_its_days(days: int):
    dates = [str(date(2026, 3, 2) + timedelta(days=i)) for i in range(days)]
    figure = forecast_figures.days(dates, np.ones(days), np.ones(days), np.ones(days), "band")
    assert figure.layout.xaxis.dtick == 86_400_000 * (1 if days <= 14 else 7)


def test_waits_are_named_by_their_edges():
    assert wait_labels((20.0, 60.0, 300.0)) == ["up to 20 s", "20 s to 60 s", "60 s to 5 min", "over 5 min"]


@pytest.mark.parametrize(("seconds", "text"), [(0, "0 s"), (90, "90 s"), (285, "4.75 min"), (14400, "4 h")])
def test_seconds_are_said_in_the_unit_people_use(seconds, text):
    assert duration(seconds) == text


def test_a_measure_by_day_agrees_with_sums_made_by_hand():
    outcome = made.outcome()
    days = [day.isoformat() for day in outcome.axis.dates]
    value, low, high = measures.by_day(day_totals(outcome), "service_level", "calls", days)
    tuesday = outcome.axis.day == 1
    assert value[1] == pytest.approx(outcome.answered_in_target[:, 0, tuesday].sum() / outcome.offered[:, 0, tuesday].sum())
    assert low[1] < value[1] < high[1]
    assert np.isnan(value[5])  # Saturday is closed


def test_occupancy_by_day_belongs_to_the_whole_centre():
    outcome = made.outcome()
    value, _, _ = measures.by_day(day_totals(outcome), "occupancy", "", [outcome.axis.dates[0].isoformat()])
    monday = outcome.axis.day == 0
    assert value[0] == pytest.approx(outcome.busy_s[:, :, monday].sum() / outcome.present_s[:, monday].sum())


def test_shares_of_waits_add_up_to_one_for_every_queue():
    _, shares = measures.waits(day_totals(made.outcome()), ["calls"])
    assert shares["calls"].sum() == pytest.approx(1)


def test_nobody_waits_where_nobody_called():
    _, shares = measures.waits(day_totals(made.silent_outcome()), ["calls"])
    assert shares["calls"].sum() == 0


def segments(drawing: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(drawing["segments"]), "<i4").reshape(-1, 4)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_the_canvas_gets_rows_minutes_and_kinds_and_only_what_is_shown():
    bars = [Bar("b", utc(2026, 3, 2, 8), utc(2026, 3, 2, 9), 1), Bar("c", utc(2026, 3, 2, 8), utc(2026, 3, 2, 9), 0)]
    kinds = [("work", "#000000", "work"), ("course", "#111111", "training")]
    drawing = roster_canvas.payload(bars, ["a", "b"], kinds, (utc(2026, 3, 2), utc(2026, 3, 3)), BERLIN)
    eight = int(utc(2026, 3, 2, 8).timestamp()) // 60
    assert segments(drawing).tolist() == [[1, eight, eight + 60, 1]]


def test_the_canvas_knows_both_offsets_of_a_day_with_a_clock_change():
    span = (datetime(2026, 3, 29, tzinfo=BERLIN), datetime(2026, 3, 30, tzinfo=BERLIN))
    drawing = roster_canvas.payload([], [], [], span, BERLIN)
    assert drawing["offsets"] == [[int(span[0].timestamp()) // 60, 60], [int(utc(2026, 3, 29, 1).timestamp()) // 60, 120]]
    assert [label for _, label, _ in drawing["ticks"]][:3] == ["00:00", "04:00", "06:00"]


def test_a_week_on_the_canvas_names_every_day_once():
    span = (datetime(2026, 3, 23, tzinfo=BERLIN), datetime(2026, 3, 30, tzinfo=BERLIN))
    names = [label for _, label, _ in roster_canvas.payload([], [], [], span, BERLIN)["ticks"] if label]
    assert names == ["Mon 23", "Tue 24", "Wed 25", "Thu 26", "Fri 27", "Sat 28", "Sun 29"]


def rows(*found: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(found, columns=["kind", "activity", "queue"])


def test_work_is_coloured_by_its_queues_while_they_can_be_told_apart():
    few = roster_table.kinds_of(rows(("work", "work", "a"), ("work", "work", "a|b"), ("break", "lunch", "")))
    assert [entry for _, _, entry in few] == ["work: a", "work: a + b", "break"]
    many = roster_table.kinds_of(rows(*(("work", "work", f"q{i}") for i in range(9))))
    assert {entry for _, _, entry in many} == {"on the queues"}
    assert len({name for name, _, _ in many}) == 9


def test_people_are_found_by_skill_and_by_name():
    skills = {"ann": ("calls", "chat"), "bob": ("calls",), "eve": ("mail",)}
    assert roster_table.people(skills, [], []) == ["ann", "bob", "eve"]
    assert roster_table.people(skills, ["chat", "mail"], []) == ["ann", "eve"]
    assert roster_table.people(skills, ["calls"], ["bob", "eve"]) == ["bob"]


def test_opening_hours_are_told_in_one_line():
    assert centre.opening(OFFICE) == "Mon–Fri 09:00–17:00, Sat–Sun closed"
    assert centre.opening(OpeningHours.always()) == "Mon–Sun 00:00–24:00"
    assert centre.opening(OpeningHours((((480, 720), (780, 1080)),) + ((),) * 6)) == "Mon 08:00–12:00 and 13:00–18:00, Tue–Sun closed"


def test_the_ledger_says_when_hours_are_lost():
    kept = {"kind": "training", "planned": 10.0, "delivered": 10.0, "cancelled": 0.0, "owed": 0.0}
    assert verdict([kept]) == "All 10.0 hours demanded are in the roster: 10.0 h training and coaching."
    assert "2.0 h cancelled, 1.0 h still owed" in verdict([{**kept, "delivered": 7.0, "cancelled": 2.0, "owed": 1.0}])


def test_the_ledger_tells_meetings_apart_from_the_training_of_the_key_figures():
    rows = [{"kind": kind, "planned": h, "delivered": h, "cancelled": 0.0, "owed": 0.0} for kind, h in KINDS]
    assert verdict(rows) == "All 24.0 hours demanded are in the roster: 15.0 h training and coaching, 6.0 h meeting, 3.0 h other."


KINDS = (("training", 10.0), ("coaching", 5.0), ("meeting", 6.0), ("other", 3.0))


def test_the_target_is_told_in_the_legend_where_no_point_can_cover_it():
    figure = shares_by_day(["2026-03-02", "2026-03-03"], {"calls": ([0.8, 0.9], [0.7, 0.8], [0.9, 1.0])}, "service level", 0.8)
    assert not figure.layout.annotations
    line = next(trace for trace in figure.data if trace.name == "target 80%")
    assert list(line.y) == [0.8, 0.8]
    assert figure.layout.showlegend


def test_a_comparison_marks_what_is_better_and_what_is_only_noise():
    base = run_figures("base", made.result(), 1, "EUR")
    cheap = replace(base, name="cheap", cost=base.cost - 100)
    table = comparison.table(compare([base, cheap]), "").set_index("Measure")["cheap: difference"]
    assert table["Cost"] == "▼ −100.0 EUR, better"
    assert table["Service level"] == "="


def test_a_difference_too_small_for_one_decimal_is_still_seen():
    assert comparison.signed(0.00004, "share") == "+0.004"
    assert comparison.signed(-0.012, "share") == "−1.2"
    assert comparison.signed(-12345.6, "EUR") == "−12,346"


@pytest.mark.parametrize("text", ["<script>", "**bold**", ":red[x]", "[a](b)", "$x$", "# head", "`code`", "![x](y)"])
def test_no_sign_of_a_users_text_is_left_for_markdown(text: str):
    shown = plain(text)
    assert all(shown[i - 1] == "\\" for i, sign in enumerate(shown) if sign in "<>*:[]()$#`!")


def test_names_sort_without_regard_to_accents_and_case():
    assert sorted(["Zoe", "Äbi", "abel", "Özil", "Oz", "Straße", "Strasse 2"], key=name_key) == [
        "abel", "Äbi", "Oz", "Özil", "Straße", "Strasse 2", "Zoe"
    ]  # fmt: skip


def test_small_words():
    assert counted(2, "other person", "other people") == "2 other people"
    assert counted(1, "fault") == "1 fault"
    assert counted(2, "fault") == "2 faults"
    assert file_name("/srv/uploads/x/plan.toml") == file_name("C:\\x\\plan.toml") == "plan.toml"

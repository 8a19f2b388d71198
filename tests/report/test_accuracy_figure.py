"""The figure of accuracy by days ahead: data, not pixels."""

from dataclasses import replace

from tests.report import made
from wfm.model import Accuracy
from wfm.report.figures import accuracy_by_lead, lead_name
from wfm.report.page import report_html

LEADS = tuple(
    Accuracy(queue, method, 6, wape, 0.1, 0.0, 0.8, 0.05, lead_days=days)
    for queue in ("calls", "chat")
    for method, wape in (("profile", 0.1), ("mean4", 0.2))
    for days in (1, 7, 28)
)


def test_each_method_is_a_line_over_the_leads_and_the_floor_lies_under_them():
    figure = accuracy_by_lead(LEADS, "calls")
    assert [(trace.name, list(trace.x), list(trace.y)) for trace in figure.data] == [
        ("profile", ["1 day", "7 days", "28 days"], [0.1] * 3),
        ("mean4", ["1 day", "7 days", "28 days"], [0.2] * 3),
        ("noise floor", ["1 day", "7 days", "28 days"], [0.05] * 3),
    ]


def test_a_queue_without_a_backtest_gives_an_empty_figure():
    assert [trace.name for trace in accuracy_by_lead(LEADS, "mail").data] == ["noise floor"]
    assert lead_name(1) == "1 day"


def test_the_report_draws_it_for_each_queue_that_was_measured():
    result = made.result()
    page = report_html(replace(result, forecast=replace(result.forecast, leads=LEADS)), {})
    assert 'id="accuracy-1"' in page
    assert "error by days ahead" in page
    assert 'id="accuracy-0"' not in report_html(result, {})

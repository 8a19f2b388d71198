import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.report.made import MAIL, contradiction, outcome, result, silent_outcome, solved
from tests.samples import AXIS, CALLS, flat_forecast
from wfm.model import Conflict, Reason, Result, TimeAxis
from wfm.report import report_html, summarise
from wfm.report.page import BY_QUEUE
from wfm.report.service import SUMS
from wfm.report.words import figure, headline, label, spread, stretches, verdict

MANIFEST = {"scenario": "Retail bank", "currency": "CHF", "seed": 7, "versions": {"numpy": "2.4"}, "created": "2026-03-01T08:00:00+00:00"}


def text_of(page: str) -> str:
    """What a reader sees: no scripts, no styles, no tags."""
    bare = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare))


@pytest.fixture(scope="module")
def page() -> str:
    return report_html(result(), MANIFEST)


def test_the_page_needs_nothing_else(page):
    own = re.sub(r"<script>.*?</script>", "", page, count=1, flags=re.S)  # plotly's code mentions addresses it never calls by itself
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", own)
    assert page.count("plotly.js v") == 1
    assert len(page.encode()) < 7_000_000


def test_the_share_button_and_the_logo_are_off_in_every_chart(page):
    assert page.count("Plotly.newPlot") >= 4
    assert page.count('"showSendToCloud": false') == page.count('"displaylogo": false') >= 4


def test_the_page_tells_every_key_figure_with_interval_and_definition(page):
    seen = text_of(page)
    told = result().summary.find("service_level", "calls")
    assert f"{told.value:.1%}" in seen
    assert spread(told) in seen
    assert "contacts answered within the target time ÷ contacts offered" in seen
    assert "1,500 CHF" in seen


def test_the_page_sets_the_accuracy_beside_the_planners_baseline_and_the_noise_floor(page):
    seen = text_of(page)
    assert "calls profile 4 21.0% 16.0% 8.0% 1.0% 79.0%" in seen
    assert "calls planner 4 27.0% 16.0% 11.0% -2.0% –" in seen


def test_the_page_tells_notes_seed_versions_and_the_solvers_gap(page):
    seen = text_of(page)
    for words in ("a forecast note", "Requirement, calls: flat", "a note", "Seed 7", "numpy 2.4", "Gap 5.0%", "feasible"):
        assert words in seen


def test_the_page_lists_the_largest_shortfalls_with_their_total(page):
    seen = text_of(page)
    assert "7.0 h of agents' time in 6 stretches" in seen
    assert "calls Tue 3 Mar 10:00 Tue 3 Mar 11:00 2.00 2.0" in seen


def test_the_page_shows_who_works_when_week_by_week(page):
    assert "Who works when" in text_of(page)
    assert re.findall(r'id="(roster-\d+)"', page) == ["roster-0"]  # one week is planned


def test_names_are_text_never_markup():
    evil = "</script><script>alert(1)</script>"
    told = outcome(queues=(replace(CALLS, name=evil),))
    answer = solved()
    required = replace(answer.required, queues=(evil,))
    answer = replace(answer, required=required)
    forecast = replace(flat_forecast(8.0), queues=(evil,), notes=(evil,))
    page = report_html(Result(forecast, required, answer, told, summarise(told, answer)), {"scenario": evil})
    assert "<script>alert" not in page


def test_a_contradiction_is_explained_instead_of_simulated():
    seen = text_of(report_html(contradiction(), MANIFEST))
    assert "the hard rules contradict each other" in seen
    assert "ann cannot rest 11 h and attend &lt;course&gt; on Tuesday" in seen
    assert "rest_hours, course" in seen
    assert "Key figures" not in seen


def test_a_search_that_found_nothing_is_told_as_that():
    nothing = contradiction()
    nothing = replace(nothing, solved=replace(nothing.solved, reason=Reason.NOTHING_FOUND, conflicts=()))
    assert "search ended without a roster" in text_of(report_html(nothing, {}))


def test_a_conflict_without_agent_or_day_is_told_too():
    told = contradiction()
    told = replace(told, solved=replace(told.solved, conflicts=(Conflict("", "", ("min_agents",), "too few people"),)))
    assert "too few people" in text_of(report_html(told, {}))


def test_a_plan_without_contacts_training_or_backtest_has_a_page():
    told, answer = silent_outcome(), solved()
    answer = replace(answer, workforce=replace(answer.workforce, activities=()))
    page = text_of(report_html(Result(flat_forecast(0.0), answer.required, answer, told, summarise(told, answer)), {}))
    assert "No backtest was made" in page
    assert "No training was demanded." in page


def half_silent() -> Result:
    """Two queues; nobody comes to the chats."""
    chats = replace(CALLS, name="chats")
    told = outcome(queues=(CALLS, chats))
    heard = np.array([1.0, 0.0])[None, :, None]
    told = replace(told, **{name: getattr(told, name) * heard for name in (*SUMS, "wait_counts")})
    base = solved()
    twice = {name: np.repeat(getattr(base.required, name), 2, axis=0) for name in ("present", "rostered", "paid", "service")}
    required = replace(base.required, queues=("calls", "chats"), definition=("flat", "flat"), **twice)
    answer = replace(base, required=required, present=np.repeat(base.present, 2, axis=0))
    return Result(flat_forecast(8.0), required, answer, told, summarise(told, answer))


def test_a_queue_without_contacts_has_no_service_level_no_wait_and_no_verdict_on_the_page():
    page = report_html(half_silent(), MANIFEST)
    (row,) = re.findall(r"<th>chats</th><td>80%.*?</tr>", page, re.S)
    assert text_of(row).count("no contacts") == len(BY_QUEUE)  # in all columns but the contacts themselves, and in the verdict
    assert "%" not in text_of(row).replace("80%", "")
    meanings = re.findall(r"<tr><th>chats</th><td>Service level.*?</tr>", page)
    assert len(meanings) == 5
    assert all(" – no contacts " in text_of(one) for one in meanings)


def test_the_headline_claims_no_target_of_a_queue_without_contacts():
    told = half_silent()
    assert "of 2 queues reach their target" in headline(told)[0]
    assert "chats: no contacts" in headline(told)[0]


def test_where_nobody_calls_the_headline_and_the_cards_say_so():
    told, answer = silent_outcome(), solved()
    found = Result(flat_forecast(0.0), answer.required, answer, told, summarise(told, answer))
    assert headline(found)[0] == "No contact came in any simulated run: there is no service to tell of."
    cards = text_of(report_html(found, {})).partition("Key figures")[2].partition("In brackets")[0]
    assert "100.0%" not in cards
    assert cards.count("no contacts") == 5  # service level, days, speed of answer, long waits, abandoned
    assert "Occupancy 0.0%" in cards


def test_a_page_over_the_clock_change_with_several_queues_can_be_made():
    axis = TimeAxis(date(2026, 10, 24), 2, 60, "Europe/Berlin")
    queues = (CALLS, MAIL)
    told = outcome(axis=axis, queues=queues)
    zeros = np.zeros((2, axis.n_intervals))
    base = solved()
    required = replace(base.required, axis=axis, queues=("calls", "mail"), present=zeros, rostered=zeros, paid=zeros, service=zeros)
    answer = replace(base, required=required, present=zeros, roster=replace(base.roster, axis=axis, shifts=()))
    forecast = replace(
        flat_forecast(8.0, axis), queues=("calls", "mail"), mean=zeros, handle_s=zeros, paths=zeros[None], quantiles=np.stack([zeros] * 3)
    )
    page = report_html(Result(forecast, required, answer, told, summarise(told, answer)), MANIFEST)
    assert "within due time" in text_of(page)


def test_the_headline_says_what_matters_in_plain_words():
    lines = headline(result())
    assert lines[0].startswith("calls: 75.2% (74.1% – 76.2%) against a target of 80% within 20 s (offered), missed")
    assert lines[1] == "Every activity demanded stands in the roster, all 2.0 hours of training and coaching among them."
    assert lines[2] == "7.0 agent-hours are missing, in 6 stretches of time."
    assert lines[3] == "The roster costs 1,500 EUR for 75 paid hours."


def test_a_target_inside_the_interval_is_too_close_to_call():
    told = result().summary.find("service_level", "calls")
    assert verdict(told, told.value) == "too close to call"
    assert verdict(told, 0.5) == "reached"
    assert verdict(told, 0.9) == "missed"


def test_mail_is_labelled_by_its_due_time():
    told = summarise(outcome(queues=(MAIL,)), replace(solved(), required=replace(solved().required, queues=("mail",))))
    assert label(told.find("service_level", "mail")) == "Within due time"
    assert AXIS.days == 7


def test_numbers_and_plurals_are_written_as_people_write_them():
    assert (figure(-0.0001, "share"), figure(-0.01, "h"), figure(-0.2, "EUR"), figure(-0.5, "h")) == ("0.0%", "0.0 h", "0 EUR", "-0.5 h")
    assert (figure(-0.01, "s"), figure(-0.4, "s")) == ("0.0 s", "-0.4 s")
    assert (stretches(1), stretches(1200)) == ("1 stretch", "1,200 stretches")

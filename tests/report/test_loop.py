"""The trace of the simulation in the loop in the report, and back from a run's summary."""

import json
from dataclasses import replace

import pytest

from tests.report.made import result
from wfm.model import Correction, LoopStep, Measure
from wfm.report import figures
from wfm.report.documents import loop_of, plain
from wfm.report.looped import loop_rows
from wfm.report.page import report_html


def service(value: float) -> tuple[Measure, ...]:
    return (Measure("service_level", "calls", value, value - 0.02, value + 0.01, "share", "offered"),)


MONDAY = Correction("calls", "2026-03-02T09:00+01:00", "2026-03-02T11:00+01:00", 2.0)
STEPS = (
    LoopStep(0, 900.0, 200.0, service(0.7), 2, 1, corrections=(MONDAY, replace(MONDAY, start="2026-03-03T12:00+01:00", agent_hours=-1.5))),
    LoopStep(1, 950.0, 210.5, service(0.85), 0, 0, chosen=True),
)


def test_each_roster_says_what_was_corrected_then() -> None:
    first, last = loop_rows(STEPS)
    assert first.then == ("calls: +2.0 and −1.5 agent-hours (Mon 2 Mar 09:00–11:00 +2.0, Tue 3 Mar 12:00–11:00 −1.5)",)
    assert last.then == ("nothing: the loop ends here",)


def test_of_many_stretches_the_largest_are_named() -> None:
    many = tuple(replace(MONDAY, start=f"2026-03-0{day}T09:00+01:00", agent_hours=float(day)) for day in range(2, 8))
    (told,) = loop_rows([replace(STEPS[0], corrections=many), STEPS[1]])[0].then
    assert told.startswith("calls: +27.0 agent-hours (Thu 5 Mar")
    assert told.endswith("and 3 more)")


def test_a_trace_of_before_corrections_were_told_still_says_how_much() -> None:
    assert loop_rows([replace(STEPS[0], corrections=()), STEPS[1]])[0].then == ("2 queue-hours raised, 1 lowered",)


def test_corrections_that_change_no_roster_are_said_to_end_the_loop() -> None:
    assert loop_rows(STEPS[:1])[0].then[-1] == "no better roster came of it: the loop ends here"


def test_a_trace_comes_back_from_a_summary() -> None:
    assert loop_of({"loop": json.loads(json.dumps(plain(STEPS)))}) == STEPS
    assert loop_of({}) == ()


def test_the_picture_shows_value_and_interval_of_every_roster_beside_the_target() -> None:
    figure = figures.loop_trace(STEPS, {"calls": 0.8})
    calls, target = figure.data
    assert list(calls.y) == [0.7, 0.85]
    assert list(calls.error_y.arrayminus) == pytest.approx([0.02, 0.02])
    assert list(calls.error_y.array) == pytest.approx([0.01, 0.01])
    assert list(target.y) == [0.8, 0.8]
    assert figure.layout.shapes[0].x0 == 1


def test_a_queue_to_which_nobody_came_has_no_line_in_the_picture() -> None:
    silent = tuple(replace(step, service=(*step.service, replace(step.service[0], queue="chats"))) for step in STEPS)
    figure = figures.loop_trace(silent, {"calls": 0.8, "chats": 0.8}, frozenset({"chats"}))
    assert [trace.name for trace in figure.data] == ["calls", "target of calls"]


def test_the_report_holds_the_trace_only_where_there_was_a_loop() -> None:
    made = result()
    assert "Simulation in the loop" not in report_html(made, {})
    page = report_html(replace(made, loop=STEPS), {})
    assert "Simulation in the loop" in page
    assert "Mon 2 Mar 09:00–11:00 +2.0" in page
    assert "loop-0" in page

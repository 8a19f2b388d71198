"""Rules of contracts, locks, wishes and shifts before the plan, as a scenario file says them."""

from datetime import date
from pathlib import Path

import pytest

from wfm.model import Agent, Contract, Lock, PastShift, Wish, WishKind
from wfm.scenario_file import Loaded, check, load

SOUND = Path(__file__).with_name("sound.toml")
RULES = """
[[contract]]
name = "full time"
min_hours_week = 30
max_days_week = 5
min_days_off = 2
weekends_off = "1 of 3"
max_nights = 0
days_off_after_nights = 2
forward_minutes = "1h"
forbidden_next = ["day > long", "long > day"]
start_spread = "90m"
average_weeks = 2
min_hours_average = 31
max_hours_average = 37.5
overtime_hours = 4
overtime_price = 12
leave_hours = 2
leave_price = 3
pattern = ["day, day, any, day, day, off, off", "any, any, any, any, any, off, off"]
fairness_price = 2

[[shift]]
name = "long"
start_from = "08:00"
lengths = ["9h"]
unpopular = true

[[agent]]
name = "Ann"
earliest = "08:30"
latest = "18:00"
pattern_week = 2
unpopular_before = 3
[[group]]
name = "team"
pattern_week = 2
"""


@pytest.fixture
def vary(tmp_path):
    """The sound scenario with other text and CSVs beside it."""

    def vary(text: str, **csvs: str) -> Loaded:
        for name, rows in csvs.items():
            (tmp_path / f"{name}.csv").write_text(rows, encoding="utf-8")
        beside = "".join(f'{name} = "{name}.csv"\n' for name in csvs)
        path = tmp_path / "variant.toml"
        path.write_text(f'base = "{SOUND.as_posix()}"\n[centre]\n{beside}\n{text}', encoding="utf-8")
        return load(path)

    return vary


def ann(loaded: Loaded) -> Agent:
    return next(agent for agent in loaded.scenario.workforce.agents if agent.name == "Ann")


def test_every_rule_of_a_contract_can_be_said(vary):
    text = RULES.replace('name = "full time"', 'name = "full time"\nshifts = ["day", "long"]')
    (contract,) = vary(text).scenario.workforce.contracts
    week = ("day", "day", "any", "day", "day", "off", "off")
    assert contract == Contract(
        "full time",
        ("day", "long"),
        min_hours_week=30,
        max_hours_week=40,
        min_days_off=2,
        weekends_off=1,
        weekends_of=3,
        max_nights=0,
        days_off_after_nights=2,
        forward_minutes=60,
        forbidden_next=(("day", "long"), ("long", "day")),
        start_spread=90,
        average_weeks=2,
        min_hours_average=31,
        max_hours_average=37.5,
        overtime_hours=4,
        overtime_price=12,
        leave_hours=2,
        leave_price=3,
        pattern=(week, ("any",) * 5 + ("off",) * 2),
        fairness_price=2,
    )


def test_a_person_has_hours_and_a_week_of_their_own_and_a_group_is_spread_over_the_pattern(vary):
    workforce = vary(RULES.replace('name = "full time"', 'name = "full time"\nshifts = ["day", "long"]')).scenario.workforce
    who = next(agent for agent in workforce.agents if agent.name == "Ann")
    assert (who.earliest, who.latest, who.pattern_week, who.unpopular_before) == (510, 1080, 1, 3)
    assert [agent.pattern_week for agent in workforce.agents if agent.name != "Ann"] == [1, 0, 1, 0]
    assert [shift.unpopular for shift in workforce.shifts] == [False, True]


@pytest.mark.parametrize(("day", "weeks"), [("2026-03-02", [0, 1]), ("2026-03-08", [0, 1]), ("2026-02-27", [1, 2]), ("2026-03-10", [2, 0])])
def test_a_pattern_goes_on_from_the_week_it_is_said_for(vary, day, weeks):
    week = '"day, day, any, day, day, off, off"'
    text = f'[[contract]]\nname = "full time"\npattern = [{week}, {week}, {week}]\npattern_from = {day}'
    people = vary(text).scenario.workforce.agents
    assert [agent.pattern_week for agent in people if agent.name in ("team 01", "team 02")] == weeks


def test_a_latest_end_before_the_earliest_start_is_one_of_the_next_day(vary):
    who = ann(vary('[[agent]]\nname = "Ann"\nearliest = "09:00"\nlatest = "06:00"'))
    assert (who.earliest, who.latest) == (540, 1800)


def test_locks_come_from_a_csv(vary):
    rows = "agent,day,shift,start,length\nAnn,2026-03-03,day,09:00,8h\nAnn,2026-03-04,off,,\nAnn,2026-03-05,,,\n"
    fast = (Lock(date(2026, 3, 3), "day", 540, 480), Lock(date(2026, 3, 4), off=True), Lock(date(2026, 3, 5)))
    assert ann(vary("", locks=rows)).locks == fast


def test_wishes_come_from_a_csv(vary):
    rows = 'agent;kind;price;from;to;weekdays;between\nAnn;off;"2,5";2026-03-06;2026-03-08;;\nAnn;start;;;;mon-fri;09:00-10:00\n'
    weekend, start = ann(vary("", wishes=rows)).wishes
    assert weekend == Wish(WishKind.OFF, 2.5, frozenset(date(2026, 3, day) for day in (6, 7, 8)))
    assert start == Wish(WishKind.START, 10.0, weekdays=(True,) * 5 + (False,) * 2, from_minute=540, to_minute=600)


def test_a_wish_for_weekdays_that_its_dates_do_not_have_is_none(vary):
    assert ann(vary('[[wish]]\nagent = "Ann"\nkind = "off"\nfrom = 2026-03-03\nweekdays = "sun"')).wishes == ()


def test_shifts_before_the_plan_come_from_a_csv_with_their_paid_hours(vary):
    rows = "agent,day,start,end\nAnn,2026-02-27,09:00,17:00\nAnn,2026-02-28,22:00,06:00\n"
    rows += "Ann,2026-03-03,09:00,17:00\nGone,2026-02-27,09:00,17:00\n"  # inside the plan, and of somebody who has left
    assert ann(vary("", worked=rows)).history == (
        PastShift(date(2026, 2, 27), 540, 1020, 450, "day"),
        PastShift(date(2026, 2, 28), 1320, 1800, 480, ""),
    )


def test_the_roster_of_the_run_before_is_a_history(vary):
    stamp = "2026-02-2{}T{}:00+01:00"
    parts = [(7, "09", "12", "work"), (7, "12", "13", "lunch"), (7, "13", "17", "work"), (8, "09", "10", "course"), (8, "10", "17", "work")]
    rows = "".join(f"Ann,2026-02-2{d},{stamp.format(d, a)},{stamp.format(d, b)},{what},calls\n" for d, a, b, what in parts)
    found = ann(vary("", worked="agent,day,start,end,activity,queue\n" + rows)).history
    assert found == (PastShift(date(2026, 2, 27), 540, 1020, 420, "day"), PastShift(date(2026, 2, 28), 540, 1020, 480, "day"))


def test_what_is_resolved_loads_to_the_same_people(vary, tmp_path):
    text = RULES.replace('name = "full time"', 'name = "full time"\nshifts = ["day", "long"]')
    known = {
        "locks": "agent,day,shift\nAnn,2026-03-03,day\nteam 01,2026-03-07,off\n",
        "wishes": "agent,kind,price,from,to,between\nAnn,start,4,2026-03-03,,09:00-10:00\nAnn,off,,,,\n",
        "worked": "agent,day,start,end\nAnn,2026-02-28,22:00,06:00\nAnn,2026-02-27,2026-02-27T09:00:00+01:00,2026-02-27T17:00:00+01:00\n",
    }
    first = vary(text, **known)
    copy = tmp_path / "elsewhere" / "scenario.toml"
    copy.parent.mkdir()
    copy.write_text(first.resolved, encoding="utf-8")
    assert load(copy).scenario == first.scenario
    assert load(copy).resolved == first.resolved


def faults(tmp_path, contract):
    """Of the sound scenario with a second shift and this contract."""
    path = tmp_path / "twisted.toml"
    base = SOUND.as_posix()
    shift = '[[shift]]\nname = "late"\nstart_from = "12:00"\nlengths = ["8h"]\n'
    path.write_text(f'base = "{base}"\n{shift}[[contract]]\nname = "twisted"\n{contract}\n', encoding="utf-8")
    return [(fault.place.rpartition(" (line")[0], fault.found, fault.hint) for fault in check(path)]


def test_one_wrong_name_among_the_shifts_of_a_contract_is_one_fault(tmp_path):
    text = 'shifts = ["day", "lte"]\nforbidden_next = ["late > day", "lte > day"]\npattern = ["day, late, lte, day, any, off, off"]'
    assert faults(tmp_path, text) == [("contract[1].shifts[1]", '"lte"', 'did you mean "late"?')]


def test_a_name_that_is_wrong_at_several_places_of_a_contract_is_told_once(tmp_path):
    week = "day, night, day, day, any, off, off"
    text = f'forbidden_next = ["night > day"]\npattern = ["{week}", "{week}"]'
    assert [fault[:2] for fault in faults(tmp_path, text)] == [("contract[1].forbidden_next", '"night"')]


def test_successions_that_are_no_pairs_are_told_one_by_one_as_they_stand_in_the_file(tmp_path):
    assert faults(tmp_path, 'forbidden_next = [["late", "day"], "late > day", "late"]') == [
        ("contract[1].forbidden_next[0]", '["late", "day"]', 'write "late > day"'),
        ("contract[1].forbidden_next[2]", '"late"', ""),
    ]

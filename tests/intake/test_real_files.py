"""Real histories; expected numbers are counted from the files by other means."""

import csv
import gzip
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from tests.intake.helpers import said
from wfm.errors import HistoryError
from wfm.intake import read_history
from wfm.model import Calendar, HistorySource, OpeningHours, Queue, State

CALLS = (Queue("calls"),)
BANK = (Queue("calls", hours=OpeningHours((((7 * 60, 21 * 60 + 5),),) * 5 + ((), ()))),)
DENVER_SPRING = frozenset(date(*d) for d in ((2011, 3, 13), (2012, 3, 11), (2013, 3, 10), (2014, 3, 9), (2015, 3, 8), (2016, 3, 13)))


def raw(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        return list(csv.DictReader(file))


def test_bank_in_five_minutes_and_in_quarters(shared_data: Path) -> None:
    file = shared_data / "bank_calls" / "bank_calls_5min.csv"
    with pytest.raises(HistoryError, match="676 open intervals without a row: 2003-04-04 07:00–21:05"):
        read_history(HistorySource(file), BANK, Calendar(), "America/New_York")
    fine = read_history(HistorySource(file, missing="closed"), BANK, Calendar(), "America/New_York")
    rolled = read_history(HistorySource(file, missing="closed", step_minutes=15), BANK, Calendar(), "America/New_York")
    total = sum(int(row["calls"]) for row in raw(file))
    assert np.nansum(fine.contacts) == np.nansum(rolled.contacts) == total
    assert (fine.axis.days, fine.axis.step_minutes, rolled.axis.step_minutes) == (138, 5, 15)
    assert (rolled.state[0] == State.OBSERVED).sum() == 96 * 57
    last = rolled.axis.wall_minute == 21 * 60  # holds the last five minutes
    assert (rolled.state[0, last] == State.OBSERVED).sum() == 96
    assert said(rolled, "96 intervals of 15 minutes are open only in part")
    assert (fine.state[0][fine.axis.day == fine.axis.day_index(date(2003, 5, 26))] == State.CLOSED).all()  # Memorial Day


def test_technion_arrivals_through_both_clock_changes(shared_data: Path) -> None:
    file = shared_data / "technion_bank" / "arrivals_6min.csv.gz"
    history = read_history(HistorySource(file, step_minutes=30), CALLS, Calendar(), "Asia/Jerusalem")
    assert np.nansum(history.contacts) == pytest.approx(sum(float(row["calls"]) for row in raw(file)))
    lengths = np.diff(history.axis.day_starts) // 60
    assert {str(history.axis.dates[i]): int(lengths[i]) for i in np.flatnonzero(lengths != 24)} == {"1999-04-02": 23, "1999-09-03": 25}
    assert (history.state == State.OBSERVED).all()
    wanted = [f"1999-06-07 10:{m:02d}:00" for m in range(0, 30, 6)]
    by_wall = sum(float(row["calls"]) for row in raw(file) if row["interval_start"] in wanted)
    index = history.axis.minute(history.axis.day_index(date(1999, 6, 7)), 600) // 30
    assert history.contacts[0, index] == pytest.approx(by_wall)


def test_technion_calls_as_a_log(shared_data: Path) -> None:
    file = shared_data / "technion_bank" / "calls_1999_02.csv.gz"
    source = HistorySource(file, step_minutes=30, columns=(("type", "ignore"),))
    history = read_history(source, CALLS, Calendar(), "Asia/Jerusalem")
    seeking = [r for r in raw(file) if r["outcome"] == "AGENT" or (r["outcome"] == "HANG" and int(r["q_time"]) > 0)]
    assert np.nansum(history.contacts) == len(seeking) == 31_094
    hours = Counter(datetime.strptime(f"{r['date']} {r['vru_entry']}", "%Y-%m-%d %H:%M:%S").replace(minute=0, second=0) for r in seeking)
    by_hour = history.contacts[0].reshape(-1, 2).sum(axis=1)
    assert [hours.get(datetime(1999, 2, 1 + i // 24, i % 24), 0) for i in range(28 * 24)] == by_hour.tolist()
    served = [int(r["ser_time"]) for r in seeking if r["outcome"] == "AGENT" and int(r["ser_time"]) > 0]
    answered = Counter(r["outcome"] for r in seeking)["AGENT"]
    assert 0.97 < len(served) / answered <= 1
    assert np.nanmin(history.handle_s) > 0


def test_technion_calls_by_type(shared_data: Path) -> None:
    file = shared_data / "technion_bank" / "calls_1999_02.csv.gz"
    types = ("PS", "NE", "NW", "IN", "PE", "TT")
    history = read_history(HistorySource(file, step_minutes=60), tuple(map(Queue, types)), Calendar(), "Asia/Jerusalem")
    seeking = Counter(r["type"] for r in raw(file) if r["outcome"] == "AGENT" or (r["outcome"] == "HANG" and int(r["q_time"]) > 0))
    assert dict(zip(types, history.contacts.sum(axis=1), strict=True)) == dict(seeking)


def test_service_desk_asks_about_its_quiet_hours(shared_data: Path) -> None:
    file = shared_data / "service_desk" / "service_desk_hourly.csv.gz"
    with pytest.raises(HistoryError, match='missing = "zero"'):
        read_history(HistorySource(file), CALLS, Calendar(), "Europe/Berlin")
    history = read_history(HistorySource(file, missing="zero"), CALLS, Calendar(), "Europe/Berlin")
    lines = raw(file)
    assert np.nansum(history.contacts) == sum(int(r["offered"]) for r in lines)
    at = history.axis.minute(history.axis.day_index(date(2014, 6, 10)), 600) // 60
    (line,) = [r for r in lines if r["hour_start"] == "2014-06-10 10:00:00"]
    assert (history.contacts[0, at], history.handle_s[0, at]) == (int(line["offered"]), int(line["aht_s"]))


def test_denver_hours_below_three_are_lost_and_the_skipped_hours_are_pointed_out(shared_data: Path) -> None:
    file = shared_data / "denver_911" / "denver_911_hourly.csv.gz"
    with pytest.raises(HistoryError, match="6 rows like this in all"):
        read_history(HistorySource(file, missing="lost"), CALLS, Calendar(), "America/Denver")
    history = read_history(HistorySource(file, missing="lost", lost=DENVER_SPRING), CALLS, Calendar(), "America/Denver")
    kept = [int(r["calls"]) for r in raw(file) if date.fromisoformat(r["hour_start"][:10]) not in DENVER_SPRING]
    assert np.nansum(history.contacts) == sum(kept)
    assert not (history.state == State.CLOSED).any()
    assert (history.state == State.LOST).sum() > 1_500

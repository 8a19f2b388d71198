"""Every layout from a few lines as the system writes them."""

from pathlib import Path

import numpy as np
import pytest

from tests.intake.helpers import TWO, faults, observed, office, read, said
from wfm.model import Queue

NINE_TO_TEN = office(9, 10)
TEN_TO_ELEVEN = office(10, 11)

GENESYS = """Interval Start UTC Date,Queue,Media Type,Skill Set,Language,Offered,Interactions Handled,Total Handle Time (Seconds)
2026-03-02T08:00:00Z,sales,Voice,,,10,8,1600
2026-03-02T08:15:00Z,sales,Voice,,,12,12,3000
2026-03-02T08:30:00.000Z,sales,Voice,,,0,0,0
2026-03-02T08:45:00Z,sales,Voice,,,5,5,500
"""


def test_genesys_is_utc_and_brings_totals(tmp_path: Path) -> None:
    history = read(tmp_path, GENESYS, NINE_TO_TEN)  # 08:00 UTC is 09:00 in Berlin
    assert observed(history).tolist() == [10, 12, 0, 5]
    assert history.handle_s[0, 36:40].tolist()[:2] == [200, 250]
    assert np.isnan(history.handle_s[0, 38])
    assert said(history, "Genesys")


def test_genesys_rows_of_other_skill_sets_are_added(tmp_path: Path) -> None:
    more = GENESYS + "2026-03-02T08:00:00Z,sales,Voice,a|||b,Spanish,6,4,400\n"
    history = read(tmp_path, more, NINE_TO_TEN)
    assert observed(history)[0] == 16
    assert history.handle_s[0, 36] == pytest.approx(2000 / 12)


def test_genesys_rows_of_another_medium_are_left_out_and_said(tmp_path: Path) -> None:
    more = GENESYS + "2026-03-02T08:00:00Z,sales,Chat,,,99,9,9\n"
    history = read(tmp_path, more, NINE_TO_TEN)
    assert observed(history)[0] == 10
    assert said(history, "1 rows of other media (chat)")


CALABRIO = """sales,20260302 09:00,20260302 09:15,16,135.46,490.74,16.85
sales,20260302 09:15,20260302 09:30,25,127.93,443.24,21.48
sales,20260302 09:30,20260302 09:45,36,136.78,407.05,28.43
sales,20260302 09:45,20260302 10:00,30.5,100,50,20
"""


def test_calabrio_has_no_header_and_two_averages(tmp_path: Path) -> None:
    history = read(tmp_path, CALABRIO, NINE_TO_TEN)
    assert observed(history).tolist() == [16, 25, 36, 30.5]
    assert history.handle_s[0, 36] == pytest.approx(135.46 + 490.74)


def test_calabrio_without_agents_and_with_semicolons(tmp_path: Path) -> None:
    text = "\n".join(line.rpartition(",")[0].replace(",", ";") for line in CALABRIO.splitlines())
    assert observed(read(tmp_path, text, NINE_TO_TEN)).sum() == 107.5


CONNECT = """Queue,Channel,StartInterval,EndInterval,Contacts queued,Contacts handled,Contacts abandoned,Average handle time
sales,VOICE,2026-03-02T09:00:00+01:00,2026-03-02T09:30:00+01:00,20,18,2,00:04:10
sales,VOICE,2026-03-02T09:30:00+01:00,2026-03-02T10:00:00+01:00,10,10,0,00:05:00
"""


def test_amazon_connect_console_report(tmp_path: Path) -> None:
    history = read(tmp_path, CONNECT, NINE_TO_TEN, zone="Europe/Athens", missing="closed")
    assert history.axis.local(int(np.flatnonzero(history.state[0] == 0)[0]) * 30).hour == 10  # one hour later in Athens
    assert observed(history).tolist() == [20, 10]
    assert np.nanmax(history.handle_s) == 300


def test_amazon_connect_handle_time_is_told_from_the_numbers(tmp_path: Path) -> None:
    counts = [4, 9, 20, 40]
    head = "QUEUE,INTERVAL_START,CONTACTS_QUEUED,CONTACTS_HANDLED,HANDLE_TIME\n"
    stamps = ["09:00", "09:15", "09:30", "09:45"]
    total = head + "".join(f"sales,2026-03-02 {t},{n},{n},{n * 200 + 7}\n" for t, n in zip(stamps, counts, strict=True))
    mean = head + "".join(f"sales,2026-03-02 {t},{n},{n},{200 + n}\n" for t, n in zip(stamps, counts, strict=True))
    assert read(tmp_path, total, NINE_TO_TEN).handle_s[0, 39] == pytest.approx(200, abs=1)
    history = read(tmp_path, mean, NINE_TO_TEN)
    assert history.handle_s[0, 39] == 240
    assert said(history, "look like an average")


UCCX = """Contact Service Queue Activity Report
From 3/13/2026 to 3/13/2026

CSQ Name,Interval Start Time,Interval End Time,Service Level (sec),Calls Presented,Calls Handled,Calls Abandoned,Avg Handle Time
sales,3/13/2026 9:00:00 AM,3/13/2026 9:30:00 AM,20,11,9,2,0:03:20
sales,3/13/2026 9:30:00 AM,3/13/2026 10:00:00 AM,20,7,7,0,0:03:00
Total,,,,18,16,2,
"""


def test_uccx_report_with_title_lines_and_a_total(tmp_path: Path) -> None:
    history = read(tmp_path, UCCX, NINE_TO_TEN)
    assert observed(history).tolist() == [11, 7]
    assert history.handle_s[0, 18] == 200
    assert str(history.axis.start) == "2026-03-13"
    assert said(history, "1 rows of totals")


AVAYA = """ROW_DATE,STARTTIME,INTRVL,SPLIT,ACDCALLS,ABNCALLS,ACDTIME,ACWTIME,HOLDTIME
03/13/2026,900,30,sales,10,2,1500,300,200
03/13/2026,930,30,sales,8,0,1200,160,80
03/14/2026,0,30,sales,1,0,50,0,0
03/14/2026,30,30,sales,3,1,300,30,0
"""


def test_avaya_start_time_is_a_number_and_times_are_totals(tmp_path: Path) -> None:
    history = read(tmp_path, AVAYA, missing="closed")
    assert observed(history).tolist() == [12, 8, 1, 4]
    assert history.handle_s[0, 18] == 200
    assert history.state[0, 48] == history.state[0, 49] == 0  # 00:00 and 00:30 of the second day
    assert said(history, "handled + abandoned")


NICE = """#fields|date|period|TZ|ctName|contactsReceived|contactsHandled|AHT
03022026|0900|Europe/Berlin|sales|14|12|180.5
03022026|0915|Europe/Berlin|sales|10|10|200
03022026|0930|Europe/Berlin|sales|9|9|210
03022026|0945|Europe/Berlin|sales|8|8|190
"""


@pytest.mark.parametrize("head", ["#fields|date", "#fields:date", "date"])
def test_nice_pipes_and_month_first_dates(tmp_path: Path, head: str) -> None:
    history = read(tmp_path, NICE.replace("#fields|date", head), NINE_TO_TEN, zone="Europe/Berlin")
    assert observed(history).tolist() == [14, 10, 9, 8]
    assert str(history.axis.start) == "2026-03-02"
    assert said(history, "time zone column")


def test_nice_zone_column_counts_more_than_the_centre(tmp_path: Path) -> None:
    assert observed(read(tmp_path, NICE, office(10, 11), zone="Europe/Athens")).sum() == 41


EXOTEL = """Interval Start Time,Interval End Time,Process Name,Campaign Name,Queue Name,Total Received Calls,Total Connected Calls,\
Total Abandoned Calls at ACD,Total Connected in Target
2026-03-02 09:00:00,2026-03-02 09:30:00,P,in,sales,30,25,5,20
2026-03-02 09:30:00,2026-03-02 10:00:00,P,in,sales,20,20,0,20
2026-03-02 09:00:00,2026-03-02 09:30:00,P,vip,sales,3,3,0,3
"""


def test_exotel_adds_the_campaigns_of_a_queue(tmp_path: Path) -> None:
    history = read(tmp_path, EXOTEL, NINE_TO_TEN)
    assert observed(history).tolist() == [33, 20]
    assert said(history, "no handle times")


LOG = """contact_id,arrival,queue,wait_s,handle_s,outcome
1,2026-03-02 09:01:10,sales,5,100,answered
2,2026-03-02 09:14:59,sales,0,200,answered
3,2026-03-02 09:15:00,sales,30,0,abandoned
4,2026-03-02 09:20:00,sales,0,0,hang
5,2026-03-02 09:25:00,sales,0,4,PHANTOM
6,2026-03-02 09:50:00,sales,10,60,answered
6,2026-03-02 09:52:00,sales,0,40,answered
"""


def test_log_of_contacts_is_counted_in_intervals(tmp_path: Path) -> None:
    history = read(tmp_path, LOG, NINE_TO_TEN, step_minutes=15)
    # 4 hung up before waiting, 5 is no contact, the second leg of 6 belongs to the first
    assert observed(history).tolist() == [2, 1, 0, 1]
    assert history.handle_s[0, 36] == 150
    assert history.handle_s[0, 39] == 100
    assert np.isnan(history.handle_s[0, 37])


def test_log_of_contacts_asks_for_the_step(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, LOG, NINE_TO_TEN)
    assert "step_minutes" in fault.expected


def test_log_days_without_any_contact_are_gaps_but_quiet_intervals_are_not(tmp_path: Path) -> None:
    text = LOG + "7,2026-03-04 09:30:00,sales,0,9,answered\n"
    (fault,) = faults(tmp_path, text, NINE_TO_TEN, step_minutes=15)
    assert "4 open intervals without a row: 2026-03-03 09:00–10:00" in fault.found


def test_columns_of_the_scenario_come_before_the_synonyms(tmp_path: Path) -> None:
    text = "Wann;Menge;calls;AHT (min)\n" + "".join(f"02.03.2026 09:{m:02d};{m};77;1,5\n" for m in (0, 15, 30, 45))
    history = read(tmp_path, text, NINE_TO_TEN, columns=(("Wann", "start"), ("Menge", "offered")))
    assert observed(history).tolist() == [0, 15, 30, 45]
    assert history.handle_s[0, 39] == 90
    assert said(history, "Column 'calls' was not used")


def test_layout_can_be_named(tmp_path: Path) -> None:
    text = "datum,period,calls\n" + "".join(f"03022026,{t},5\n" for t in ("0900", "0915", "0930", "0945"))
    history = read(tmp_path, text, NINE_TO_TEN, layout="nice_ct")
    assert str(history.axis.start) == "2026-03-02"


def test_several_queues_come_in_the_order_of_the_scenario(tmp_path: Path) -> None:
    lines = [f"2026-03-02 09:{m:02d},{q},{n}" for m in (0, 15, 30, 45) for q, n in (("service", 1), ("Sales", 2))]
    queues = (office(9, 10)[0], Queue("idle", contacts_per_hour=3.0), office(9, 10, name="service")[0])
    history = read(tmp_path, "start,queue,offered\n" + "\n".join(lines), queues)
    assert history.queues == ("sales", "service")  # the queue with a constant volume has no history
    assert history.contacts[:, 36].tolist() == [2, 1]


def test_file_without_queue_column_belongs_to_the_queue_that_is_named(tmp_path: Path) -> None:
    text = "start,offered\n" + "".join(f"2026-03-02 10:{m:02d},5\n" for m in (0, 15, 30, 45))
    both = (*TEN_TO_ELEVEN, Queue("other", contacts_per_hour=1.0))
    assert read(tmp_path, text, both).queues == ("sales",)
    (fault,) = faults(tmp_path, text, TWO)
    assert "2 queues that need a history" in fault.found

"""The same four numbers in the ways in which people write tables."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from tests.intake.helpers import faults, observed, office, read, said, table

MINUTES = (0, 15, 30, 45)
NINE = office(9, 10)


def lines(stamp: str = "2026-03-02 09:{m:02d}", separator: str = ",", aht: str = "200") -> list[str]:
    return [separator.join((stamp.format(m=m), str(n), aht)) for m, n in zip(MINUTES, (1, 2, 3, 4), strict=True)]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(tmp_path: Path, separator: str) -> None:
    text = table(lines(separator=separator), separator.join(("start", "calls", "aht")))
    assert observed(read(tmp_path, text, NINE)).tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = table([f"{line};Grüße" for line in lines(separator=";")], "Intervall;Anrufe;AHT;Bemerkung für später")
    assert observed(read(tmp_path, text.encode(encoding), NINE)).tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_blank_lines_and_excel_hints(tmp_path: Path, newline: str) -> None:
    text = "sep=;\n\nstart;calls;aht;;\n\n" + "\n\n".join(line + ";;" for line in lines(separator=";")) + "\n\n\x1a"
    assert observed(read(tmp_path, text.replace("\n", newline), NINE)).tolist() == [1, 2, 3, 4]


def test_gzip_is_seen_by_its_content(tmp_path: Path) -> None:
    data = gzip.compress(table(lines(), "start,calls,aht").encode())
    assert observed(read(tmp_path, data, NINE, name="history.csv.gz")).sum() == 10
    assert observed(read(tmp_path, data, NINE, name="history.csv")).sum() == 10


@pytest.mark.parametrize(
    "stamp",
    [
        "2026-03-02 09:{m:02d}",
        "2026-03-02T09:{m:02d}:00",
        "2026-03-02T09:{m:02d}:00.000",
        "2026/03/02 09:{m:02d}",
        "20260302 09:{m:02d}",
        "202603020900",
        "02.03.2026 09:{m:02d}",
        "02.03.26 9:{m:02d}:00",
        "2-Mar-2026 09:{m:02d}",
        "Mar 2, 2026 9:{m:02d}:00 AM",
        "2026-03-02 08:{m:02d}Z",
        "2026-03-02T08:{m:02d}:00+00:00",
        "2026-03-02 03:{m:02d} -05:00",
        "2026-03-02T03:{m:02d}-05:00",
        "2026-03-02 08:{m:02d} UTC",
    ],
)
def test_stamps(tmp_path: Path, stamp: str) -> None:
    if "{m" not in stamp:
        text = table([f"2026030209{m:02d};{n};9" for m, n in zip(MINUTES, (1, 2, 3, 4), strict=True)], "start;calls;aht")
    else:
        text = table(lines(stamp, ";"), "start;calls;aht")
    history = read(tmp_path, text, NINE)
    assert str(history.axis.start) == "2026-03-02"
    assert history.contacts[0, 36:40].tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("clock", "header"),
    [
        ("09:{m:02d}", "time"),
        ("9:{m:02d}:00", "time"),
        ("9:{m:02d} AM", "time"),
        ("9{m:02d}", "time"),
        ("09:{m:02d}-09:59", "interval"),
        ("09:{m:02d} - 09:59", "interval"),
    ],
)
def test_date_and_time_in_two_columns(tmp_path: Path, clock: str, header: str) -> None:
    text = table([f"2026-03-02;{clock.format(m=m)};{n}" for m, n in zip(MINUTES, (1, 2, 3, 4), strict=True)], f"date;{header};calls")
    assert read(tmp_path, text, NINE).contacts[0, 36:40].tolist() == [1, 2, 3, 4]


def test_seconds_since_1970_and_a_header_that_says_utc(tmp_path: Path) -> None:
    epoch = table([f"{1772438400 + 900 * i},{i}" for i in range(4)], "timestamp,calls")  # 2026-03-02 08:00 UTC
    named = table([f"2026-03-02 08:{m:02d},{i}" for i, m in enumerate(MINUTES)], "timestamp_utc,calls")
    for text in (epoch, epoch.replace("00,", "00000,"), named):
        assert observed(read(tmp_path, text, NINE)).tolist() == [0, 1, 2, 3]


def test_hours_as_plain_numbers(tmp_path: Path) -> None:
    text = table([f"2026-03-02;{h};{h}" for h in range(24)], "Datum;Stunde;Anrufe")
    assert read(tmp_path, text).contacts[0].tolist() == list(range(24))


def test_range_with_its_date_is_labelled_by_its_start(tmp_path: Path) -> None:
    ends = [f"2026-03-02 {m // 60:02d}:{m % 60:02d}-{(m + 15) // 60:02d}:{(m + 15) % 60:02d},1" for m in range(540, 660, 15)]
    for lines_of_file in (ends, ends[:4]):
        assert observed(read(tmp_path, table(lines_of_file), office(9, 11), missing="closed")).sum() == len(lines_of_file)
    history = read(tmp_path, table(ends), office(9, 11))
    assert np.flatnonzero(history.state[0] == 0).tolist() == list(range(36, 44))


@pytest.mark.parametrize("order", ["%d/%m/%Y", "%m/%d/%Y"])
def test_day_and_month_are_told_apart_by_a_day_above_twelve(tmp_path: Path, order: str) -> None:
    import datetime as dt

    days = [dt.date(2026, 3, d) for d in (12, 13)]
    text = table([f"{d.strftime(order)} {h:02d}:00,1" for d in days for h in range(24)])
    assert str(read(tmp_path, text).axis.start) == "2026-03-12"


def test_day_and_month_are_told_apart_by_days_that_lie_together(tmp_path: Path) -> None:
    text = table([f"0{d}/03/2026 {h:02d}:00,1" for d in (4, 5, 6) for h in range(24)])
    history = read(tmp_path, text)
    assert str(history.axis.start) == "2026-03-04"
    assert said(history, "read as day/month/year")


def test_single_ambiguous_day_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, table([f"04/05/2026 {h:02d}:00,1" for h in range(24)]))
    assert "month/day/year" in fault.found
    assert "2026-03-02" in fault.hint


@pytest.mark.parametrize(
    ("aht", "seconds"),
    [("200", 200), ("200.5", 200.5), ("3:20", 200), ("03:20", 200), ("0:03:20", 200), ("00:03:20.5", 200.5), ("200 s", 200), ("1e2", 100)],
)
def test_handle_times(tmp_path: Path, aht: str, seconds: float) -> None:
    assert read(tmp_path, table(lines(aht=aht), "start,calls,aht"), NINE).handle_s[0, 36] == seconds


@pytest.mark.parametrize(
    ("header", "seconds"), [("aht_s", 2.5), ("AHT (min)", 150), ("AHT [ms]", 0.0025), ("Average Handle Time (Minutes)", 150)]
)
def test_units_in_the_header(tmp_path: Path, header: str, seconds: float) -> None:
    assert read(tmp_path, table(lines(aht="2.5"), f"start,calls,{header}"), NINE).handle_s[0, 36] == pytest.approx(seconds)


def test_handle_times_may_be_unknown(tmp_path: Path) -> None:
    history = read(tmp_path, table(lines(aht="")[:2] + lines(aht="n/a")[2:3] + lines()[3:], "start,calls,aht"), NINE)
    assert np.isnan(history.handle_s[0, 36:39]).all()
    assert history.handle_s[0, 39] == 200


@pytest.mark.parametrize(
    ("number", "separator", "value"),
    [
        ("1234", ";", 1234),
        ("1234,5", ";", 1234.5),
        ("1.234,5", ";", 1234.5),
        ("1.234", ";", 1234),
        ("1 234", ";", 1234),
        ("1'234", ";", 1234),
        ("1,234.5", "\t", 1234.5),
        ('"1,234"', ",", 1234),
        ('"12,5"', ",", 12.5),
        ("1234.0", ",", 1234),
    ],
)
def test_numbers_with_marks(tmp_path: Path, number: str, separator: str, value: float) -> None:
    text = table([separator.join((f"2026-03-02 09:{m:02d}", number)) for m in MINUTES], separator.join(("start", "calls")))
    assert observed(read(tmp_path, text, NINE)).tolist() == [value] * 4


def test_unsorted_and_newest_first_files_are_sorted(tmp_path: Path) -> None:
    straight = lines()
    for order in (straight[::-1], [straight[i] for i in (2, 0, 3, 1)]):
        assert observed(read(tmp_path, table(order, "start,calls,aht"), NINE)).tolist() == [1, 2, 3, 4]


def test_finer_rows_are_rolled_up_and_handle_times_weighted(tmp_path: Path) -> None:
    text = "start,calls,aht\n2026-03-02 09:00,1,100\n2026-03-02 09:15,3,200\n2026-03-02 09:30,0,\n2026-03-02 09:45,2,50\n"
    history = read(tmp_path, text, NINE, step_minutes=30)
    assert observed(history).tolist() == [4, 2]
    assert history.handle_s[0, 18:20].tolist() == [175, 50]


def test_german_headers_are_known(tmp_path: Path) -> None:
    rows = [f"02.03.2026;09:{m:02d};sales;{n};200" for m, n in zip(MINUTES, (1, 2, 3, 4), strict=True)]
    for calls, aht in (("Angebotene Anrufe", "Durchschn. Bearbeitungszeit"), ("Angebotene Kontakte", "AHT (s)")):
        history = read(tmp_path, table(rows, f"Datum;Uhrzeit;Warteschlange;{calls};{aht}"), NINE)
        assert observed(history).tolist() == [1, 2, 3, 4]
        assert history.handle_s[0, 36:40].tolist() == [200] * 4
        assert not said(history, "not used")


def test_columns_that_nobody_knows_are_named_unless_they_are_to_be_ignored(tmp_path: Path) -> None:
    text = table(lines(), "start,calls,Gesprächsdauer")
    assert said(read(tmp_path, text, NINE), "Columns not used: 'Gesprächsdauer'; name them under [history.columns]")
    assert not said(read(tmp_path, text, NINE, columns=(("Gesprächsdauer", "ignore"),)), "not used")

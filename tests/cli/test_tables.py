"""Every table can be read: no word, figure or range is split, no line is wider than the screen, nothing is told of nobody."""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.calibration.made import AXIS as LOG_AXIS
from tests.calibration.made import made_log
from wfm.cli import main
from wfm.cli.tables import base
from wfm.cli.tables.layout import blocks, laid_out
from wfm.cli.tables.run import show_measures, show_shortfalls
from wfm.model import Measure, Shortfall

TABLES = Path(base.__file__).parent
RANGE = re.compile(r"[^\s(]+ [–…→] [^\s,)]+")
CENTRE = """
[centre]
name = "Three ways in"
timezone = "Europe/Berlin"
[plan]
start = 2026-03-02
days = 2
step_minutes = 30
[run]
replications = 2
effort = 0.05
[[queue]]
name = "customer service"
open = {{mon-fri = "09:00-17:00"}}
target = "80/20"
contacts_per_hour = {volume}
handle = "4m"
patience = "2m"
redial_share = 0.2
[[queue]]
name = "web chat"
channel = "chat"
concurrency = 2
open = {{mon-fri = "09:00-17:00"}}
target = "80/60"
contacts_per_hour = 0
handle = "6m"
[[queue]]
name = "mail"
channel = "email"
target = "90/24h"
open = {{mon-fri = "09:00-17:00"}}
contacts_per_hour = 10
handle = "5m"
[[contract]]
name = "full time"
shifts = ["day"]
cost_per_hour = 20
[[shift]]
name = "day"
start_from = "09:00"
lengths = ["8h"]
breaks = [{{name="lunch", minutes=30, earliest="3h", latest="5h"}}]
[[group]]
name = "team"
count = 6
contract = "full time"
skills = ["customer service", "web chat", "mail"]
[[activity]]
name = "product training"
kind = "training"
minutes = 60
attendees = ["team"]
"""
COMMANDS = (
    ("plan", "centre.toml", "--out", "run", "--loop", "1", "--quiet"),
    ("report", "run"),
    ("compare", "run", "other.toml"),
    ("staff", "centre.toml"),
    ("staff", "--calls", "1000"),
    ("hire", "centre.toml", "--contract", "full time", "--count", "1"),
    ("forecast", "centre.toml"),
    ("forecast", "history.csv", "--days", "3"),
    ("forecast", "two.csv", "--days", "2"),
    ("forecast", "with_history.toml", "--today", "today.csv"),
    ("backtest", "history.csv", "--origins", "1", "--lead", "1"),
    ("backtest", "with_history.toml", "--origins", "1", "--lead", "1"),
    ("calibrate", "log.csv", "--timezone", "UTC", "--replications", "2"),
)


@dataclass(frozen=True)
class Printed:
    """What was handed to `table`, and by which function."""

    maker: tuple[str, str]
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def written(folder: Path) -> None:
    """The inputs of the commands."""
    (folder / "centre.toml").write_text(CENTRE.format(volume=900))
    (folder / "other.toml").write_text(CENTRE.format(volume=1000).replace("Three ways in", "A busier Monday morning"))
    stamps = [
        f"2026-{1 if day < 31 else 2:02d}-{day % 31 + 1:02d} {hour:02d}:{half}"
        for day in range(59)
        for hour in range(24)
        for half in ("00", "30")
    ]
    (folder / "history.csv").write_text("interval_start,contacts\n" + "".join(f"{stamp},{4 + n % 5}\n" for n, stamp in enumerate(stamps)))
    rows = [f"{stamp},{name},{4 + n % 5}\n" for name in ("sales", "service") for n, stamp in enumerate(stamps)]
    (folder / "two.csv").write_text("interval_start,queue,contacts\n" + "".join(rows))
    text = CENTRE.format(volume=900).split("[[queue]]")
    queue = '[[queue]]\nname = "calls"\nopen = "24/7"\nhandle = "4m"\n[history]\nfile = "history.csv"\nqueue = "calls"\n'
    rest = text[3][text[3].index("[[contract]]") :].replace('"customer service", "web chat", "mail"', '"calls"')
    (folder / "with_history.toml").write_text(text[0] + queue + rest)
    today = "".join(f"2026-03-02 {hour:02d}:{half},6,calls\n" for hour in range(10) for half in ("00", "30"))
    (folder / "today.csv").write_text("interval_start,contacts,queue\n" + today)
    log(folder / "log.csv")


def log(file: Path) -> None:
    """A made log of calls as `wfm calibrate` reads it."""
    known, lines = made_log(), ["arrival,agent,priority,wait time,handle time,outcome"]
    for i in range(len(known)):
        when = f"{LOG_AXIS.local(float(known.asked_s[i]) / 60):%Y-%m-%d %H:%M:%S}"
        who = known.agents[known.agent[i]] if known.served[i] else ""
        outcome = "answered" if known.served[i] else "abandoned"
        lines.append(f"{when},{who},{known.classes[known.rank[i]]},{int(known.wait_s[i])},{int(known.service_s[i])},{outcome}")
    file.write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Printed]]:
    """Every table of every command."""
    folder, found = tmp_path_factory.mktemp("tables"), []
    written(folder)
    real = base.laid_out

    def seen(columns, rows):
        caller = next(frame for frame in inspect.stack()[1:] if frame.function not in ("table", "seen"))
        told = tuple(tuple(row) for row in rows)
        title = caller_title(inspect.currentframe())
        found.append(Printed((Path(caller.filename).name, caller.function), title, tuple(columns), told))
        return real(columns, told)

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(base, "laid_out", seen)
        for arguments in COMMANDS:
            patch.setattr("sys.argv", ["wfm", *arguments])
            with pytest.raises(SystemExit) as done:
                main()
            assert not done.value.code, arguments
    return found


def caller_title(frame) -> str:
    return frame.f_back.f_locals["title"]


def makers() -> set[tuple[str, str]]:
    """Every function under `wfm/cli` that calls `table`."""
    found = set()
    for file in TABLES.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any(
                isinstance(call, ast.Call) and getattr(call.func, "id", "") == "table" for call in ast.walk(node)
            ):
                found.add((file.name, node.name))
    return found


def test_the_commands_print_a_table_of_every_maker(printed: list[Printed]) -> None:
    assert {one.maker for one in printed} == makers()


@pytest.mark.parametrize("tight", [False, True])
@pytest.mark.parametrize("width", [80, 100])
def test_no_table_splits_a_word_a_figure_or_a_range(
    printed: list[Printed], width: int, tight: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for one in printed:
        base.table(one.title, one.columns, one.rows, tight=tight)
        out = capsys.readouterr().out
        lines = [line.rstrip() for line in out.splitlines()]
        assert max(map(len, lines)) <= width, one.title
        words = {word for line in lines for word in line.split()}
        for text in (*one.columns, *(cell for row in one.rows for cell in row)):
            assert set(text.split()) <= words, (one.title, text)
            for between in RANGE.findall(text.replace("\n", " \n ")):
                assert "\n" in between or any(between in line for line in lines), (one.title, between)


def test_wide_signs_count_as_the_two_columns_they_take() -> None:
    (block,) = blocks(laid_out(["queue", "share"], [["電話窓口", "82.0%"]]), 20, 3)
    assert [column.width for column in block] == [8, 5]
    (block,) = blocks(laid_out(["queue", "share"], [["電話窓口の長い長い長い名前です", "82.0%"]]), 20, 3)
    assert block[0].width == 12
    assert block[0].cells[0].split("\n")[0] == "電話窓口の長"


TEXTS = st.text(st.sampled_from("ab1 –\n"), max_size=12)


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.lists(TEXTS, min_size=n, max_size=n), min_size=1, max_size=3)), st.integers(40, 80))
@settings(max_examples=50, deadline=None)
def test_columns_side_by_side_fit_and_none_is_lost(rows: list[list[str]], width: int) -> None:
    found = list(blocks(laid_out(rows[0], rows), width, 3))
    assert sum(len(block) - 1 for block in found) == len(rows[0]) - 1
    for block in found:
        assert sum(column.width for column in block) + 3 * (len(block) - 1) <= width
        assert all(len(line) <= column.width for column in block for text in column.cells for line in text.split("\n"))
    whole = "".join("".join(text.split()) for column in [found[0][0], *(c for block in found for c in block[1:])] for text in column.cells)
    assert whole == "".join("".join(row[i].split()) for i in range(len(rows[0])) for row in rows)


def test_a_queue_without_contacts_has_no_service_level_anywhere(printed: list[Printed]) -> None:
    rows = [row for one in printed if one.maker == ("run.py", "show_measures") and "simulated" in one.title for row in one.rows]
    empty = next(row for row in rows if row[0] == "web chat")
    assert set(empty[1:-1]) == {"–"}
    assert empty[-1].startswith("0\n")
    compared = next(one for one in printed if one.maker == ("comparison.py", "show_comparison"))
    assert next(row for row in compared.rows if row[0].endswith("web chat"))[1:] == ("–", "–")
    loop = next(one for one in printed if one.maker == ("run.py", "show_loop"))
    assert loop.rows[0][loop.columns.index("web chat")] == "–"


@pytest.mark.parametrize(
    ("number", "title", "more"),
    [
        (1, "1.5 agent-hours in 1 stretch\n", ""),
        (2, "3.0 agent-hours in 2 stretches, the largest first\n", ""),
        (9, "13.5 agent-hours in 9 stretches, the 8 largest first\n", "and 1 stretch more, 1.5 agent-hours together"),
        (12, "18.0 agent-hours in 12 stretches, the 8 largest first\n", "and 4 stretches more, 6.0 agent-hours together"),
    ],
)
def test_stretches_that_are_not_listed_are_counted(number: int, title: str, more: str, capsys: pytest.CaptureFixture[str]) -> None:
    show_shortfalls(
        [Shortfall("calls", f"2026-03-02T{hour + 8:02d}:00", f"2026-03-02T{hour + 9:02d}:00", 1.5, 2) for hour in range(number)]
    )
    out = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
    assert title in out
    assert more in out
    assert ("more," in out) == bool(more)


@pytest.mark.parametrize(("definition", "told"), [("within due time: target 90 %", True), ("target 80 %", False)])
def test_what_the_row_of_all_leaves_out_is_said_where_there_is_e_mail(
    definition: str, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    levels = [("calls", "target 80 %"), ("mail", definition), ("", "all")]
    show_measures([Measure("service_level", queue, 0.8, 0.7, 0.9, "share", words) for queue, words in levels])
    assert ("count e-mail too" in capsys.readouterr().out) == told

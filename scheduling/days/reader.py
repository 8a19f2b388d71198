"""Reads the text layout of the Curtois–Qu staff scheduling instances, every fault at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from scheduling.days.problem import DayShift, DaysProblem, Person
from wfm.errors import Fault, InputError

STAFF = ("max minutes", "min minutes", "max run", "min run", "min days off", "max weekends")
MOST_DAYS = 3660  # ten years; more is a slip of the keyboard and would only fill the memory


@dataclass
class _Text:
    """What is known so far: where we are, what was found, and what is wrong."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    line: int = 0
    days: int = 0
    shifts: dict[str, DayShift] = field(default_factory=dict)
    staff: dict[str, tuple[dict[str, int], list[int]]] = field(default_factory=dict)
    off: dict[str, set[int]] = field(default_factory=dict)
    requests: list[tuple[str, str, int, str, float]] = field(default_factory=list)
    cover: dict[tuple[int, str], tuple[int, float, float]] = field(default_factory=dict)

    def wrong(self, found: str, expected: str, hint: str = "") -> None:
        self.faults.append(Fault(self.file, f"line {self.line}" if self.line else "", found, expected, hint))

    def whole(self, text: str, what: str, low: int = 0) -> int:
        """A whole number of at least `low`; what is no such number becomes a fault and `low`."""
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if value < low:
            self.wrong(f"{what} {text!r}", f"a whole number of at least {low}")
        return max(value, low)

    def price(self, text: str, what: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 <= value < 1e9:
            self.wrong(f"{what} {text!r}", "a number from 0 to 1e9")
            return 0.0
        return value

    def known(self, name: str, names: dict, what: str) -> bool:
        if name not in names:
            near = get_close_matches(name, list(names), 1)
            self.wrong(f"{what} {name!r}", f"a {what} of this file", f"did you mean {near[0]!r}?" if near else "")
        return name in names

    def day(self, text: str) -> int:
        """A day index; a day outside the horizon becomes a fault and 0."""
        value = self.whole(text, "day")
        if value >= self.days > 0:
            self.wrong(f"day {value}", f"a day from 0 to {self.days - 1}")
            return 0
        return value


def read_problem(path: Path | str) -> DaysProblem:
    """Read one instance. Raises InputError with every fault, each with its line."""
    path = Path(path)
    text = _Text(str(path))
    for section, fields in _rows(path, text):
        READERS[section](text, fields)
    text.line = 0
    for what, there in (("SECTION_HORIZON", text.days), ("SECTION_SHIFTS", text.shifts), ("SECTION_STAFF", text.staff)):
        if not there:
            text.wrong(f"no {what}", f"a {what} with at least one line")
    if not text.faults:
        _check_names(text)
    if text.faults:
        raise InputError(text.faults)
    return _build(text)


def _rows(path: Path, text: _Text) -> Iterator[tuple[str, list[str]]]:
    """(section, fields) of each line that says something."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(Fault(str(path), "", error.strerror or str(error), "a file that can be read")) from error
    except UnicodeDecodeError as error:
        raise InputError(Fault(str(path), "", "bytes that are no text", "a text file in UTF-8")) from error
    section = ""
    for text.line, raw in enumerate(lines, 1):
        line = raw.split("#", 1)[0].strip()
        if line.startswith("SECTION"):
            section = line if text.known(line, READERS, "section") else ""
        elif line and section:
            yield section, [part.strip() for part in line.split(",")]
        elif line and not text.faults:
            text.wrong(repr(line[:40]), "a line inside a SECTION_…", "is this a staff scheduling instance?")


def _horizon(text: _Text, fields: list[str]) -> None:
    if text.days:
        text.wrong("a second horizon", "one number of days")
    text.days = text.whole(fields[0], "days", 1)
    if text.days > MOST_DAYS:
        text.wrong(f"{text.days} days", f"at most {MOST_DAYS}")


def _shift(text: _Text, fields: list[str]) -> None:
    if _count(text, fields, 2, 3, "shift, minutes, shifts that cannot follow"):
        name, after = fields[0], fields[2] if len(fields) > 2 else ""
        _new(text, name, text.shifts, "shift")
        text.shifts[name] = DayShift(name, text.whole(fields[1], "minutes", 1), tuple(part for part in after.split("|") if part))


def _person(text: _Text, fields: list[str]) -> None:
    if not _count(text, fields, 8, 8, "person, most of each shift, " + ", ".join(STAFF)):
        return
    _new(text, fields[0], text.staff, "person")
    most = {}
    for part in fields[1].split("|"):
        name, _, number = part.partition("=")
        if text.known(name, text.shifts, "shift"):
            most[name] = text.whole(number, f"most of shift {name}")
    rules = [text.whole(value, what, 1 if what in STAFF[2:5] else 0) for what, value in zip(STAFF, fields[2:], strict=True)]
    if rules[1] > rules[0]:
        text.wrong(f"min minutes {rules[1]}", f"at most the max minutes {rules[0]}")
    if rules[3] > rules[2]:
        text.wrong(f"min run {rules[3]}", f"at most the max run {rules[2]}")
    text.staff[fields[0]] = (most, rules)


def _days_off(text: _Text, fields: list[str]) -> None:
    if text.known(fields[0], text.staff, "person"):
        text.off.setdefault(fields[0], set()).update(text.day(value) for value in fields[1:] if value)


def _request(kind: str) -> Callable[[_Text, list[str]], None]:
    def read(text: _Text, fields: list[str]) -> None:
        if not _count(text, fields, 4, 4, "person, day, shift, weight"):
            return
        names = text.known(fields[0], text.staff, "person") & text.known(fields[2], text.shifts, "shift")
        day, weight = text.day(fields[1]), text.price(fields[3], "weight")
        if names:
            text.requests.append((kind, fields[0], day, fields[2], weight))

    return read


def _cover(text: _Text, fields: list[str]) -> None:
    if not _count(text, fields, 5, 5, "day, shift, requirement, weight under, weight over"):
        return
    day, known = text.day(fields[0]), text.known(fields[1], text.shifts, "shift")
    values = text.whole(fields[2], "requirement"), text.price(fields[3], "weight"), text.price(fields[4], "weight")
    if known:
        if (day, fields[1]) in text.cover:
            text.wrong(f"day {day}, shift {fields[1]} a second time", "one requirement for a day and shift")
        text.cover[day, fields[1]] = values


def _count(text: _Text, fields: list[str], least: int, most: int, what: str) -> bool:
    if not least <= len(fields) <= most:
        text.wrong(f"{len(fields)} fields", f"{least if least == most else f'{least} to {most}'}: {what}")
        return False
    return True


def _new(text: _Text, name: str, names: dict, what: str) -> None:
    if not name or name in names:
        text.wrong(f"{what} {name!r} a second time" if name else f"a {what} without name", f"a name of its own for each {what}")


READERS: dict[str, Callable[[_Text, list[str]], None]] = {
    "SECTION_HORIZON": _horizon,
    "SECTION_SHIFTS": _shift,
    "SECTION_STAFF": _person,
    "SECTION_DAYS_OFF": _days_off,
    "SECTION_SHIFT_ON_REQUESTS": _request("on"),
    "SECTION_SHIFT_OFF_REQUESTS": _request("off"),
    "SECTION_COVER": _cover,
}


def _check_names(text: _Text) -> None:
    """What can only be seen once all shifts are known."""
    for shift in text.shifts.values():
        for name in shift.not_before:
            text.known(name, text.shifts, "shift")


def _build(text: _Text) -> DaysProblem:
    shifts = {name: index for index, name in enumerate(text.shifts)}
    people = {name: index for index, name in enumerate(text.staff)}
    wishes = {kind: np.zeros((len(people), text.days, len(shifts))) for kind in ("on", "off")}
    for kind, person, day, shift, weight in text.requests:
        wishes[kind][people[person], day, shifts[shift]] += weight
    cover = np.zeros((3, text.days, len(shifts)))
    for (day, shift), values in text.cover.items():
        cover[:, day, shifts[shift]] = values
    staff = tuple(
        Person(name, tuple(most.get(shift, text.days) for shift in shifts), *rules, frozenset(text.off.get(name, ())))
        for name, (most, rules) in text.staff.items()
    )
    return DaysProblem(text.days, tuple(text.shifts.values()), staff, wishes["on"], wishes["off"], cover[0], cover[1], cover[2])

"""Rotas as text: the printed grid of the benchmark (two characters a day), or CSV `person,day,shift` where the name ends in .csv."""

from __future__ import annotations

import csv
import io
from difflib import get_close_matches
from pathlib import Path

from scheduling.days.evaluate import cost_of
from scheduling.days.problem import OFF, DaysProblem, Rota
from wfm.errors import Fault, InputError

HEAD = ["person", "day", "shift"]
FREE = " ."


def rota_csv(problem: DaysProblem, rota: Rota) -> str:
    """One line for every worked day, days counted from 0."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(HEAD)
    for person, row in zip(problem.people, rota, strict=True):
        write.writerows([person.name, day, problem.shifts[shift].name] for day, shift in enumerate(row) if shift != OFF)
    return out.getvalue()


def rota_grid(problem: DaysProblem, rota: Rota) -> str:
    """The printed grid, its cost below. Raises ValueError where a shift's name is longer than two characters: use CSV."""
    if long := [shift.name for shift in problem.shifts if len(shift.name) > 2]:
        raise ValueError(f"the grid has two characters for a shift, too few for {', '.join(long)}")
    width = max(3, *(len(person.name) for person in problem.people))
    names = [shift.name.ljust(2, "=") for shift in problem.shifts]
    lines = [
        f"{person.name:>{width}}: " + "".join(FREE if shift == OFF else names[shift] for shift in row)
        for person, row in zip(problem.people, rota, strict=True)
    ]
    cost = cost_of(problem, rota)
    tail = [f"Final solution (checked for feasibility): {cost.total:g}"]
    return "\n".join([*lines, *tail, f"-- Cover costs  : {cost.cover:g}", f"-- Roster costs : {cost.wishes:g}"]) + "\n"


def read_rotas(path: Path, problem: DaysProblem) -> list[Rota]:
    """All rotas of a file. Raises InputError with every fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Fault(str(path), "", str(error), "a text file that can be read")) from error
    faults: list[Fault] = []
    rotas = [_from_csv(text, problem, str(path), faults)] if path.suffix == ".csv" else _from_grid(text, problem, str(path), faults)
    if faults:
        raise InputError(faults)
    return rotas


def _from_csv(text: str, problem: DaysProblem, file: str, faults: list[Fault]) -> Rota:
    rota = problem.all_off()
    people = {person.name: index for index, person in enumerate(problem.people)}
    shifts = {shift.name: index for index, shift in enumerate(problem.shifts)}
    for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
        if number == 1 and row == HEAD:
            continue
        place = f"line {number}"
        if len(row) != 3 or not row[1].isdigit() or int(row[1]) >= problem.days:
            faults.append(Fault(file, place, ",".join(row), f"person, day from 0 to {problem.days - 1}, shift"))
        elif row[0] not in people or row[2] not in shifts:
            name, names = (row[0], people) if row[0] not in people else (row[2], shifts)
            faults.append(Fault(file, place, repr(name), "a name of the problem", _near(name, names)))
        elif rota[people[row[0]], int(row[1])] != OFF:
            faults.append(Fault(file, place, f"a second shift of {row[0]} on day {row[1]}", "one shift a day"))
        else:
            rota[people[row[0]], int(row[1])] = shifts[row[2]]
    return rota


def _from_grid(text: str, problem: DaysProblem, file: str, faults: list[Fault]) -> list[Rota]:
    people = {person.name: index for index, person in enumerate(problem.people)}
    cells = {shift.name.ljust(2, "="): index for index, shift in enumerate(problem.shifts)} | {FREE: OFF}
    rotas, seen = [problem.all_off()], set()
    for number, line in enumerate(text.splitlines(), 1):
        name, _, days = line.partition(": ")
        if not line.strip() or name.startswith(("--", "Final solution")):
            continue
        place, name = f"line {number}", name.strip()
        found = [days[at : at + 2].ljust(2) for at in range(0, len(days), 2)]
        if wrong := sorted({cell for cell in found if cell not in cells}):
            faults.append(Fault(file, place, ", ".join(map(repr, wrong)), "shifts of the problem, two characters a day"))
        elif name not in people or len(found) != problem.days:
            faults.append(Fault(file, place, f"{len(found)} days of {name!r}", f"{problem.days} days of a person", _near(name, people)))
        else:
            if name in seen:  # the next rota begins
                rotas.append(problem.all_off())
                seen.clear()
            seen.add(name)
            rotas[-1][people[name]] = [cells[cell] for cell in found]
    return rotas


def _near(name: str, names: dict[str, int]) -> str:
    near = get_close_matches(name, list(names), 1)
    return f"did you mean {near[0]!r}?" if near and near[0] != name else ""
